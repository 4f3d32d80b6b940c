import { z } from 'zod';
import { CANCEL_REASONS, PRIORITIES } from '#domain/incident/incident.ts';
import { contentReader } from '#renderer/drafts/read-content.ts';

const text = z.string().catch('');

/** What a dialog that only stands over an incident holds, as its draft keeps it; `{}` is the empty one. */
const reopenSchema = z.object({ reason: text });
const cancelSchema = z.object({ reason: z.enum(CANCEL_REASONS).nullable().catch(null), detail: text });
const overrideSchema = z.object({
  value: z.literal(PRIORITIES).nullable().catch(null),
  why: text,
  mode: z.enum(['corrected', 'situationChanged']).catch('corrected'),
});

export type OverrideContent = z.infer<typeof overrideSchema>;

export const readReopen = contentReader(reopenSchema);
export const readCancel = contentReader(cancelSchema);
export const readOverride = contentReader(overrideSchema);
