import { z } from 'zod';
import { LEVELS, PRIORITIES } from '#domain/incident/incident.ts';
import { contentReader } from '#renderer/drafts/read-content.ts';

const level = z.literal(LEVELS);
const cell = z.object({ impact: level, urgency: level, priority: z.literal(PRIORITIES) });
const matrixEditsSchema = z.object({
  /** Cells changed and not saved yet, in the order of the changes; of the same cell the last one holds. */
  cells: z.array(cell).catch([]),
});

/** What was changed in the priority matrix and is not saved yet, as its draft keeps it. */
export type MatrixEdits = z.infer<typeof matrixEditsSchema>;

export const readMatrixEdits = contentReader(matrixEditsSchema);
