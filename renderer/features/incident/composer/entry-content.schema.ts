import { z } from 'zod';
import { contentReader } from '#renderer/drafts/read-content.ts';

const text = z.string().catch('');

const entryContentSchema = z.object({
  body: text,
  /** A date-and-time field's text in the reader's zone; '' is now. */
  happenedAt: text,
  lateReason: text,
  /** A work note that was a telephone call with the caller. */
  byCall: z.boolean().catch(false),
});

/** The two voices one writes in: to the desk only, or to the caller. */
export type ComposerTab = 'note' | 'reply';

/** A half-written note or reply as its draft keeps it. */
export type EntryContent = z.infer<typeof entryContentSchema>;

export const readEntry = contentReader(entryContentSchema);
