import { z } from 'zod';
import type { EditableField, EditableFields } from '#domain/command/command.ts';
import {
  CANCEL_REASONS,
  CHANNELS,
  HOLD_REASONS,
  INCIDENT_KINDS,
  INCIDENT_STATES,
  LEVELS,
  PRIORITIES,
  RESOLUTION_CODES,
} from '#domain/incident/incident.ts';

/** Whole milliseconds since 1970; any sign, because clocks may be wrong by years and nothing may be refused for it. */
export const instantSchema = z.int();
export const idSchema = z.string().min(1).max(128);
/** Of a file's content, in lower-case hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const idOrNull = idSchema.nullable();

export const stateSchema = z.enum(INCIDENT_STATES);
export const kindSchema = z.enum(INCIDENT_KINDS);
export const channelSchema = z.enum(CHANNELS);
export const levelSchema = z.literal(LEVELS);
export const prioritySchema = z.literal(PRIORITIES);
export const holdReasonSchema = z.enum(HOLD_REASONS);
export const resolutionCodeSchema = z.enum(RESOLUTION_CODES);
export const cancelReasonSchema = z.enum(CANCEL_REASONS);

/** Makes the schema of a text that a person may make at most `limit` characters long. */
export type TextSchema = (limit: number) => z.ZodType<string>;

/** Longest texts of commands, in UTF-16 units. Stored activities have no limit: a source may hold more. */
export const TEXT_LIMITS = {
  shortDescription: 255,
  text: 100_000,
  name: 200,
  word: 100,
} as const;
/** Longest lists of commands: tags, watchers, items. */
export const LIST_LIMIT = 500;

export const contactSchema = (text: TextSchema) =>
  z.strictObject({
    number: text(TEXT_LIMITS.name).nullable(),
    mail: text(TEXT_LIMITS.name).nullable(),
    bestTime: text(TEXT_LIMITS.name).nullable(),
  });
export const locationSchema = (text: TextSchema) =>
  z.strictObject({ room: text(TEXT_LIMITS.name).nullable(), accessNotes: text(TEXT_LIMITS.text).nullable() });
export const vendorSchema = (text: TextSchema) =>
  z.strictObject({ name: text(TEXT_LIMITS.name), reference: text(TEXT_LIMITS.name).nullable() });

/** One schema per field that `incident.update` may change, with texts as the caller of this function wants them. */
export const editableFields = (text: TextSchema, shortText: TextSchema = text) =>
  ({
    shortDescription: shortText(TEXT_LIMITS.shortDescription),
    description: text(TEXT_LIMITS.text),
    kind: kindSchema,
    channel: channelSchema,
    callerId: idOrNull,
    affectedId: idOrNull,
    contact: contactSchema(text).nullable(),
    siteId: idOrNull,
    location: locationSchema(text).nullable(),
    categoryId: idOrNull,
    serviceId: idOrNull,
    configurationItemIds: z.array(idSchema).max(LIST_LIMIT),
    impact: levelSchema,
    urgency: levelSchema,
    vendor: vendorSchema(text).nullable(),
    tags: z.array(text(TEXT_LIMITS.word)).max(LIST_LIMIT),
    watcherIds: z.array(idSchema).max(LIST_LIMIT),
    problemRef: text(TEXT_LIMITS.name).nullable(),
    knownErrorRef: text(TEXT_LIMITS.name).nullable(),
    changeRefs: z.array(text(TEXT_LIMITS.name)).max(LIST_LIMIT),
    parentId: idOrNull,
    confidential: z.boolean(),
  }) satisfies { [F in EditableField]: z.ZodType<EditableFields[F]> };

/** Texts as stored: anything. */
export const anyText: TextSchema = () => z.string();

export const storedFields = editableFields(anyText);

export const EDITABLE_FIELDS = Object.keys(storedFields) as EditableField[];

export const holdSchema = z.strictObject({
  reason: holdReasonSchema.nullable(),
  until: instantSchema.nullable(),
  since: instantSchema,
  from: z.enum(['new', 'inProgress']),
  vendor: vendorSchema(anyText).nullable(),
  approver: z.string().nullable(),
});

export const overrideSchema = z.strictObject({
  value: prioritySchema,
  reason: z.string(),
  by: idSchema,
  at: instantSchema,
});

export const ownerChangeSchema = z.strictObject({ from: idOrNull, to: idOrNull });

/** Whose assignment, and of when, somebody who did not know of it put another in the place of. */
export const replacedSchema = z.strictObject({ by: idSchema, at: instantSchema });

export type Change<T> = { readonly from: T; readonly to: T };
/** An object of which only the fields present are checked: far cheaper than a shape of fifty mostly absent ones. */
const sparse = (fields: Readonly<Record<string, z.ZodType>>) =>
  z.record(z.string(), z.unknown()).superRefine((value, context) => {
    for (const field in value) {
      const schema = Object.hasOwn(fields, field) ? fields[field] : undefined;
      if (schema === undefined || value[field] === undefined) continue;
      const issues = schema.safeParse(value[field]).error?.issues ?? [];
      for (const { message, path } of issues) context.addIssue({ code: 'custom', message, path: [field, ...path] });
    }
  });

type Shape = Readonly<Record<string, z.ZodType>>;

/** Values of some fields of a shape. Fields of a newer build are kept as they are. */
export const valuesOf = <S extends Shape>(shape: S) =>
  sparse(shape) as unknown as z.ZodType<{ [F in keyof S]?: z.output<S[F]> }>;

/** A field's way from one value to another, for some fields of a shape. */
export const changesOf = <S extends Shape>(shape: S) =>
  sparse(
    Object.fromEntries(Object.entries(shape).map(([field, of]) => [field, z.strictObject({ from: of, to: of })])),
  ) as unknown as z.ZodType<{ [F in keyof S]?: Change<z.output<S[F]>> }>;
