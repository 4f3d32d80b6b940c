import { z } from 'zod';
import { type DirectoryKind, type DirectoryRecords, ROLES } from '#domain/directory/directory.ts';
import { idSchema, TEXT_LIMITS, type TextSchema } from '#domain/incident/fields.schema.ts';

const idOrNull = idSchema.nullable();

/** One schema per kind of directory record, with texts as the caller wants them. */
export const recordSchemas = (text: TextSchema) => {
  const named = {
    id: idSchema,
    name: text(TEXT_LIMITS.name),
    active: z.boolean(),
    source: text(TEXT_LIMITS.name).nullable(),
  };
  const grouped = { ...named, assignmentGroupId: idOrNull };
  return {
    person: {
      ...named,
      role: z.enum(ROLES),
      teamIds: z.array(idSchema).max(200),
      mail: text(TEXT_LIMITS.name).nullable(),
      phone: text(TEXT_LIMITS.name).nullable(),
      siteId: idOrNull,
      room: text(TEXT_LIMITS.name).nullable(),
      organisation: text(TEXT_LIMITS.name).nullable(),
      vip: z.boolean(),
      handlingNotes: text(TEXT_LIMITS.text).nullable(),
    },
    team: named,
    category: { ...grouped, parentId: idOrNull },
    service: grouped,
    configurationItem: grouped,
    site: named,
  } satisfies {
    [K in DirectoryKind]: { [F in keyof DirectoryRecords[K]]: z.ZodType<DirectoryRecords[K][F]> };
  };
};
