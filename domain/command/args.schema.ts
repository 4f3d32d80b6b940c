import { z } from 'zod';
import { activitySchema } from '#domain/activity/activity.schema.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { recordSchemas } from '#domain/directory/records.schema.ts';
import {
  anyText,
  cancelReasonSchema,
  contactSchema,
  editableFields,
  holdReasonSchema,
  idSchema,
  instantSchema,
  LIST_LIMIT,
  locationSchema,
  prioritySchema,
  resolutionCodeSchema,
  sha256Schema,
  TEXT_LIMITS,
  type TextSchema,
  vendorSchema,
} from '#domain/incident/fields.schema.ts';
import { HIGHEST_ADOPTED, parseBlockNumber } from '#domain/incident/numbering.ts';
import { matrixSchema } from '#domain/priority/matrix-set.schema.ts';

const opt = z.exactOptional;
const text: TextSchema = (limit) => z.string().max(limit);
const trimmed: TextSchema = (limit) => z.string().trim().min(1).max(limit);
const body = z.string().max(TEXT_LIMITS.text);
const entryBody = body.refine((value) => value.trim() !== '');
const name = text(TEXT_LIMITS.name);

const fields = editableFields(text, trimmed);
const found = editableFields(anyText);
const incidentId = idSchema;

/** `from` is whatever was on the screen, so it has no limits; `to` is what a person wants stored. */
const changesSchema = z.strictObject(
  Object.fromEntries(
    (Object.keys(fields) as (keyof typeof fields)[]).map((field) => [
      field,
      opt(z.strictObject({ from: found[field], to: fields[field] })),
    ]),
  ),
) as unknown as z.ZodType<CommandArgs['incident.update']['changes']>;

const savedSchema = (() => {
  const records = recordSchemas(trimmedName());
  const one = <K extends keyof typeof records>(kind: K) =>
    z.strictObject({ kind: z.literal(kind), record: z.strictObject(records[kind]) });
  return z.discriminatedUnion('kind', [
    one('person'),
    one('team'),
    one('category'),
    one('service'),
    one('configurationItem'),
    one('site'),
  ]);
})();

/** Directory texts: ends trimmed, but an optional one may be empty. */
function trimmedName(): TextSchema {
  return (limit) => z.string().trim().max(limit);
}

const recordSchema = z.strictObject({
  incidentId,
  provisionalNumber: opt(z.string().refine((number) => parseBlockNumber(number) !== null)),
  shortDescription: fields.shortDescription,
  description: opt(fields.description),
  kind: opt(fields.kind),
  channel: fields.channel,
  callerId: opt(idSchema),
  affectedId: opt(idSchema),
  contact: opt(contactSchema(text)),
  siteId: opt(idSchema),
  location: opt(locationSchema(text)),
  categoryId: opt(idSchema),
  serviceId: opt(idSchema),
  configurationItemIds: opt(fields.configurationItemIds),
  impact: fields.impact,
  urgency: fields.urgency,
  assumed: opt(z.boolean()),
  assignmentGroupId: opt(idSchema),
  assignedToId: opt(idSchema),
  tags: opt(z.array(text(TEXT_LIMITS.word)).max(LIST_LIMIT)),
  parentId: opt(idSchema),
  modelId: opt(idSchema),
  confidential: opt(z.boolean()),
  newCaller: opt(z.strictObject({ personId: idSchema, name: trimmed(TEXT_LIMITS.name), phone: name.nullable() })),
  resolve: opt(z.strictObject({ resolutionCode: resolutionCodeSchema, resolutionNotes: body, confirmedBy: opt(name) })),
});

/** One strict schema per command: an argument it does not name is refused. */
export const ARGS_SCHEMAS: { readonly [N in CommandName]: z.ZodType<CommandArgs[N]> } = {
  'incident.record': recordSchema,
  'incident.update': z.strictObject({ incidentId, changes: changesSchema }),
  'incident.assign': z.strictObject({
    incidentId,
    assignedToId: idSchema.nullable(),
    from: opt(idSchema.nullable()),
  }),
  'incident.transfer': z.strictObject({
    incidentId,
    assignmentGroupId: idSchema,
    assignedToId: opt(idSchema),
    note: body,
    warm: opt(z.boolean()),
    sendBack: opt(z.boolean()),
    from: opt(z.strictObject({ assignmentGroupId: idSchema.nullable(), assignedToId: idSchema.nullable() })),
  }),
  'incident.start': z.strictObject({ incidentId }),
  'incident.hold': z.strictObject({
    incidentId,
    reason: holdReasonSchema,
    until: opt(instantSchema),
    reply: opt(z.strictObject({ entryId: idSchema, body })),
    callEntryId: opt(idSchema),
    vendor: opt(vendorSchema(text)),
    approver: opt(name),
  }),
  'incident.resume': z.strictObject({ incidentId }),
  'incident.resolve': z.strictObject({
    incidentId,
    resolutionCode: resolutionCodeSchema,
    resolutionNotes: body,
    duplicateOfId: opt(idSchema),
    confirmedBy: opt(name),
  }),
  'incident.close': z.strictObject({ incidentId, confirmation: opt(body) }),
  'incident.reopen': z.strictObject({ incidentId, reason: body }),
  'incident.cancel': z.strictObject({ incidentId, reason: cancelReasonSchema, detail: opt(body) }),
  'incident.prioritise': z.strictObject({
    incidentId,
    value: prioritySchema.nullable(),
    why: body,
    mode: z.enum(['corrected', 'situationChanged']),
  }),
  'incident.note': z.strictObject({ incidentId, entryId: idSchema, body: entryBody }),
  'incident.reply': z.strictObject({ incidentId, entryId: idSchema, body: entryBody, releaseAt: instantSchema }),
  'incident.logCall': z.strictObject({ incidentId, entryId: idSchema, body: entryBody }),
  'incident.attach': z.strictObject({
    incidentId,
    attachmentId: idSchema,
    sha256: sha256Schema,
    // As long as a name that is safe to save under may be, in characters of two units each.
    name: trimmed(2 * TEXT_LIMITS.name),
    bytes: z.int().nonnegative(),
    mediaType: trimmed(TEXT_LIMITS.word),
    visibility: z.enum(['internal', 'public']),
  }),
  'incident.detach': z.strictObject({ incidentId, attachmentId: idSchema }),
  'command.undo': z.strictObject({ commandId: idSchema }),
  'directory.save': savedSchema,
  'configuration.setMatrix': z.strictObject({ matrix: matrixSchema }),
  'history.adopt': z.strictObject({
    subject: z.strictObject({ kind: z.literal('incident'), id: idSchema }),
    source: z.string().min(1).max(TEXT_LIMITS.name),
    activities: z.array(activitySchema),
    above: opt(z.int().min(0).max(HIGHEST_ADOPTED)),
  }),
};
