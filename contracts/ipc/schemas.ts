/** Shapes that cross the IPC boundary. Types come from contracts/host; what must agree is checked by the compiler. */
import { z } from 'zod';
import type { Boot, DeskRequest, DeskRoute, DeskSettings, FirstPage } from '#contracts/host/desk-host.ts';
import type {
  Draft,
  Frame,
  JournalOpening,
  NotificationOutcome,
  NotificationRequest,
  SnapshotManifest,
} from '#contracts/host/engine-host.ts';
import { HOST_LIMITS } from '#contracts/host/host-limits.ts';
import { boundedJson, boundedJsonArray, boundedJsonObject } from '#contracts/ipc/bounded-json.ts';
import { parseLink } from '#contracts/ipc/deep-link.ts';
import { isDeskSettings, isDeskSettingsChange } from '#contracts/ipc/desk-settings.ts';
import type { Activity } from '#domain/activity/activity.ts';
import type { Command } from '#domain/command/command.ts';
import type { Person } from '#domain/directory/directory.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';

export const nothing = z.strictObject({});
/** What a call answers that has nothing to say. */
export const done = z.null();

export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$/);
export const whole = z.int().nonnegative();
/** A page's content hash, as the storage made it. */
export const hash = z.string().regex(/^[A-Za-z0-9_-]{16,128}$/);
export const readBytes = z.int().positive().max(HOST_LIMITS.stageChunk);
const instant = z.int();
const words = (most: number) => z.string().max(most);

const FRAME_KINDS = ['command', 'adoptBegin', 'adoptCommit', 'ledger', 'settings', 'sync'] as const;

/** The header is checked field by field; what a person said and what follows from it is carried as it is. */
export const frame = z.strictObject({
  formatVersion: z.int().positive(),
  keyId: z.string().min(1).max(40),
  lsn: z.int().positive(),
  device: id,
  person: id,
  seq: whole,
  kind: z.enum(FRAME_KINDS),
  command: boundedJsonObject<Command>(HOST_LIMITS.frame).nullable(),
  activities: boundedJsonArray<Activity>(HOST_LIMITS.frame),
  draftId: id.exactOptional(),
  body: boundedJson(HOST_LIMITS.frame).exactOptional(),
}) satisfies z.ZodType<Frame>;

export const frames = z.array(frame).max(HOST_LIMITS.framesPerBatch);

export const journalOpening = z.object({
  fence: whole,
  journalId: id,
  device: id,
  deviceIsNew: z.boolean(),
  lastLsn: whole,
  firstLsn: whole,
  counters: z.record(z.string(), whole),
  quarantined: z.array(z.object({ segment: z.string(), offset: whole, reason: z.string() })),
  tornTail: z.boolean(),
  openStages: z.array(id),
}) satisfies z.ZodType<JournalOpening>;

const lineTotal = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length, 0);
export const stageLines = z
  .array(words(HOST_LIMITS.stageLine))
  .max(1_000_000)
  .refine((lines) => lineTotal(lines) <= HOST_LIMITS.stageChunk, { params: { tooLarge: true } });
export const pageText = words(HOST_LIMITS.page);

export const snapshotManifest = z.strictObject({
  formatVersion: z.literal(1),
  snapshotId: id,
  journalId: id,
  startLsn: whole,
  takenAt: instant,
  pages: z
    .array(z.strictObject({ name: z.string().min(1).max(200), hash, throughLsn: whole }))
    .max(HOST_LIMITS.pagesPerSnapshot),
}) satisfies z.ZodType<SnapshotManifest>;

export const draft = z.strictObject({
  id,
  person: id,
  kind: z.enum(['newIncident', 'note', 'reply', 'dialog']),
  incidentId: id.nullable(),
  content: boundedJson(HOST_LIMITS.draft),
  updatedAt: instant,
}) satisfies z.ZodType<Draft>;

export const deviceValues = boundedJsonObject<Readonly<Record<string, unknown>>>(HOST_LIMITS.settings);

export const notificationRequest = z.strictObject({
  alertId: id,
  title: words(300),
  body: words(2_000),
  urgency: z.enum(['low', 'normal', 'critical']),
  link: words(200).refine((link) => parseLink(link) !== null),
  tag: words(200),
}) satisfies z.ZodType<NotificationRequest>;

export const notificationOutcome = z.discriminatedUnion('shown', [
  z.object({ shown: z.literal(true) }),
  z.object({
    shown: z.literal(false),
    reason: z.enum(['notSupported', 'noDaemon', 'permissionDenied', 'failed']),
    detail: z.string().exactOptional(),
  }),
]) satisfies z.ZodType<NotificationOutcome>;

const logField = z.union([words(200), z.number(), z.boolean()]);
/** Ids and codes only: names are words, and texts are too short to hold an incident's. */
export const logLine = z.strictObject({
  level: z.enum(['info', 'warn', 'error']),
  event: z.string().regex(/^[A-Za-z][A-Za-z0-9.:_-]{0,79}$/),
  fields: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/), logField)
    .refine((fields) => Object.keys(fields).length <= 20)
    .exactOptional(),
});

export const route = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('queue'), queue: z.enum(QUEUE_IDS) }),
  z.strictObject({ name: z.literal('incident'), idOrNumber: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:#/-]{0,99}$/) }),
  z.strictObject({ name: z.literal('settings') }),
  z.strictObject({ name: z.literal('directory') }),
]) satisfies z.ZodType<DeskRoute>;

export const deskSettings = z.custom<DeskSettings>(isDeskSettings);
export const deskSettingsChanges = z.custom<Partial<DeskSettings>>(isDeskSettingsChange);

const firstPage = z.object({
  queue: z.enum(QUEUE_IDS),
  personId: id,
  total: whole,
  counts: z.record(z.enum(QUEUE_IDS), whole.nullable()),
  rows: boundedJsonArray<FirstPage['rows'][number]>(1024 * 1024),
  lsn: whole,
}) satisfies z.ZodType<FirstPage>;

const person = z.looseObject({ id, name: words(500), role: z.string(), teamIds: z.array(id) });

/** The keys of the device's small values that main itself reads for `boot`; the engine writes them. */
export const bootValues = z.object({
  firstPage: firstPage.nullable().catch(null).default(null),
  person: person
    .transform((value) => value as unknown as Person)
    .nullable()
    .catch(null)
    .default(null),
});
export type BootValues = z.infer<typeof bootValues>;

export const boot = z.object({
  platform: z.enum(['electron', 'browser']),
  version: z.string(),
  windowId: z.string(),
  route,
  settings: deskSettings,
  person: z.custom<Person>().nullable(),
  firstPage: firstPage.nullable(),
  language: z.string(),
  zone: z.string(),
}) satisfies z.ZodType<Boot>;

export const diagnosticsOutcome = z.discriminatedUnion('saved', [
  z.object({ saved: z.literal(true), path: z.string() }),
  z.object({ saved: z.literal(false) }),
]);

const DESK_ACTIONS = [
  'newIncident',
  'importIncidents',
  'search',
  'keyboard',
  'commands',
  'switchPerson',
  'alerts',
  'settings',
] as const;

export const deskRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('navigate'), route }),
  z.object({ type: z.literal('action'), action: z.enum(DESK_ACTIONS) }),
  z.object({ type: z.literal('settingsChanged'), settings: deskSettings }),
]) satisfies z.ZodType<DeskRequest>;
