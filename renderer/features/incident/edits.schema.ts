import { z } from 'zod';
import { contentReader } from '#renderer/drafts/read-content.ts';

const text = z.string().optional().catch(undefined);

/** Texts of an incident edited in place and not saved yet, as their one draft keeps them; `{}` is none. */
const editsSchema = z.object({
  shortDescription: text,
  description: text,
  room: text,
  callback: text,
  tags: text,
  problem: text,
  knownError: text,
  changes: text,
  vendor: text,
});

export type Edits = z.infer<typeof editsSchema>;
export type EditedText = keyof Edits;

export const readEdits = contentReader(editsSchema);
