import { z } from 'zod';
import type { Activity } from '#domain/activity/activity.ts';
import { DIRECTORY_KINDS, type DirectoryKind, type DirectoryRecords } from '#domain/directory/directory.ts';
import { recordSchemas } from '#domain/directory/records.schema.ts';
import { anyText } from '#domain/incident/fields.schema.ts';

export const DIRECTORY_SAVED = 'directory.saved';

/** A saved entry of the directory: the whole record as it is from now on, and as it was before. */
export type DirectorySaved = {
  [K in DirectoryKind]: {
    readonly kind: K;
    readonly record: DirectoryRecords[K];
    readonly previous: DirectoryRecords[K] | null;
  };
}[DirectoryKind];

const shapes = recordSchemas(anyText);

/** directory.saved: one schema per kind; fields of a newer build are kept. */
export const directorySavedSchema = z.union(
  DIRECTORY_KINDS.map((kind) => {
    const record = z.looseObject(shapes[kind]);
    return z.looseObject({ kind: z.literal(kind), record, previous: record.nullable() });
  }),
) as unknown as z.ZodType<DirectorySaved>;

/** The record this entry says; null when it is no directory entry that this build can read. */
export function directoryRecordOf(activity: Activity): DirectorySaved | null {
  if (activity.type !== DIRECTORY_SAVED) return null;
  const parsed = directorySavedSchema.safeParse(activity.payload);
  return parsed.success ? parsed.data : null;
}
