import { z } from 'zod';
import { CONFLICT_DECISIONS } from '#contracts/engine/agreement.ts';
import type { CallName, Calls, SubmitArgs } from '#contracts/engine/protocol.ts';
import type { Draft } from '#contracts/host/engine-host.ts';
import type { ColumnMapping, ImportFormat } from '#contracts/import/import.ts';
import type { FileBytes } from '#contracts/platform.ts';
import { scope } from '#contracts/sync/scope.ts';
import { DIRECTORY_KINDS, ROLES } from '#domain/directory/directory.ts';

const id = z.string().min(1).max(128);
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const instant = z.int();
const name = z.string().trim().min(1).max(200);
const nothing = z.strictObject({});
const commandIds = z.array(id).min(1).max(100_000);

/** A command's own arguments are the process's to judge: `decide` parses them by name and says what is missing. */
const submit = z.strictObject({
  commandId: uuid,
  name: z.string().max(64),
  args: z.unknown(),
  personId: id,
  occurredAt: z.exactOptional(instant),
  lateReason: z.exactOptional(z.string().max(2_000)),
  draftId: z.exactOptional(uuid),
}) as unknown as z.ZodType<SubmitArgs>;

const draft = z.strictObject({
  id: uuid,
  person: id,
  kind: z.enum(['newIncident', 'note', 'reply', 'dialog'] satisfies Draft['kind'][]),
  incidentId: id.nullable(),
  content: z.unknown(),
  updatedAt: instant,
}) as unknown as z.ZodType<Draft>;

const file = z.custom<FileBytes>(
  (value) =>
    value instanceof Object &&
    'size' in value &&
    typeof value.size === 'number' &&
    'slice' in value &&
    'arrayBuffer' in value,
);
const format = z.enum(['uciEventLog', 'serviceNowList', 'jiraAllFields', 'generic'] satisfies ImportFormat[]);
const zone = z.string().min(1).max(64);
const columns = z.array(
  z.strictObject({ index: z.int().nonnegative(), header: z.string(), target: z.string().max(64) }),
);
const mapping = z.strictObject({
  source: z.string().trim().min(1).max(200),
  columns: columns.max(2_000),
  delimiter: z.string().min(1).max(4),
  encoding: z.string().max(40),
  hasHeader: z.boolean(),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']),
}) as unknown as z.ZodType<ColumnMapping>;

/** Arguments of every call, read strictly: an unknown key is refused. */
export const CALL_ARGUMENTS: { readonly [N in CallName]: z.ZodType<Calls[N]['args']> } = {
  submit,
  saveDraft: z.strictObject({ draft }),
  removeDraft: z.strictObject({ draftId: uuid }),
  introduce: z.strictObject({ name, teamName: name, role: z.enum(ROLES) }),
  switchPerson: z.strictObject({ personId: id }),
  loadSample: z.strictObject({ seed: z.int(), incidents: z.int().min(1).max(500_000) }),
  acknowledgeAlert: z.strictObject({ alertId: id }),
  snoozeAlert: z.strictObject({ alertId: id, until: instant }),
  testNotification: z.strictObject({ title: z.string().min(1).max(200), body: z.string().max(500) }),
  previewImport: z.strictObject({ file, name: z.string().max(1_000), format: format.nullable(), zone }),
  startImport: z.strictObject({
    importId: uuid,
    file,
    name: z.string().max(1_000),
    format,
    mapping,
    zone,
    dryRun: z.boolean(),
  }),
  stopImport: z.strictObject({ importId: uuid }),
  retry: nothing,
  findServer: z.strictObject({ address: z.string().trim().min(1).max(2_000) }),
  signIn: z.strictObject({ email: z.string().trim().min(1).max(320), password: z.string().min(1).max(1_000) }),
  signInByBrowser: nothing,
  cancelSignIn: nothing,
  signOut: z.strictObject({ personId: id }),
  previewJoin: z.strictObject({ personId: id }),
  join: z.strictObject({
    personId: id,
    mapping: z
      .array(z.strictObject({ kind: z.enum(DIRECTORY_KINDS), localId: id, serverId: id.nullable() }))
      .max(1_000_000),
  }),
  leave: nothing,
  syncNow: nothing,
  exportOutbox: nothing,
  decideConflicts: z.strictObject({ personId: id, commandIds, decision: z.enum(CONFLICT_DECISIONS) }),
  undoDecision: z.strictObject({ personId: id, commandIds }),
  sizeOfScope: z.strictObject({ personId: id, scope: scope.nullable() }),
  keepScope: z.strictObject({ scope: scope.nullable() }),
  bringHere: z.strictObject({ personId: id, number: z.string().min(1).max(128) }),
  prepareForRoad: z.strictObject({ personId: id }),
  look: z.strictObject({ personId: id, incidentId: id, here: z.boolean(), typing: z.boolean() }),
};
