import { type Activity, type Id, type Instant, SOURCE_ACTOR } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import type { ObservedValues } from '#domain/incident/activities/observed-values.schema.ts';
import { EMPTIABLE } from '#domain/incident/told-again.ts';
import { observedFieldsOfRow, type RowReading } from './observed-fields-of-row.ts';
import type { SourceRow } from './source-row.ts';

export interface ObserveContext extends RowReading {
  readonly device: Id;
  readonly importedAt: Instant;
  /** What the file has columns for: `SourceValue`s, `tags`, `watchers` … */
  readonly named: ReadonlySet<string>;
}

/** The incident an external number stands for: the same on every desk that reads this source. */
export const observedIncidentId = (source: string, externalNumber: string): Id =>
  nameBasedId('incident', source, 'number', externalNumber);

/** Rows without a number are known by their content and their ordinal among equal rows of the file. */
export const observedIncidentIdByContent = (source: string, content: string, ordinal: number): Id =>
  nameBasedId('incident', source, 'content', content, ordinal);

/** Everything a row says, in one text: equal rows have equal contents. */
export const contentOf = (row: SourceRow): string =>
  JSON.stringify([row.values, row.tags, row.watchers, row.comments, row.extra]);

/**
 * The history that the rows of one incident tell, in the file's order: `incident.recorded` from the first row, one
 * `incident.observed` with the differences from each further row (also when nothing we know has changed: the source
 * says that something happened), and one `incident.note` for each comment. Never judged, never refused.
 */
export function observeHistory(
  incidentId: Id,
  rows: readonly SourceRow[],
  context: ObserveContext,
): readonly Activity[] {
  const activities: Activity[] = [];
  const seen = new Map<string, number>();
  const commentsSeen = new Set<string>();
  let before: Step | null = null;
  for (const row of rows) {
    const now: Step = { values: observedFieldsOfRow(row, before?.values ?? null, context), extra: extraOf(row) };
    const key = row.values.rowVersion === undefined ? `content ${contentOf(row)}` : `version ${row.values.rowVersion}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const id = nameBasedId('observed', incidentId, key, ordinal);
    activities.push(activityOfRow(id, incidentId, row, before, now, context));
    for (const comment of row.comments) {
      const note = noteOf(incidentId, comment, row, context);
      if (commentsSeen.has(note.id)) continue;
      commentsSeen.add(note.id);
      activities.push(note);
    }
    before = now;
  }
  return activities;
}

const extraOf = (row: SourceRow): Extra =>
  row.values.causedBy === undefined ? row.extra : { ...row.extra, caused_by: row.values.causedBy };

type Extra = Readonly<Record<string, string>>;
interface Step {
  readonly values: ObservedValues;
  readonly extra: Extra;
}

function activityOfRow(
  id: Id,
  incidentId: Id,
  row: SourceRow,
  before: Step | null,
  now: Step,
  context: ObserveContext,
): Activity {
  const opened = notedDate('openedAt', row, context);
  const updated = notedDate('updatedAt', row, context);
  const at = (before === null ? (opened ?? updated) : (updated ?? opened)) ?? context.importedAt;
  const actorName = before === null ? (row.values.openedByName ?? row.values.updatedByName) : row.values.updatedByName;
  return envelope(id, incidentId, context, {
    type: before === null ? 'incident.recorded' : 'incident.observed',
    payload: before === null ? recordedPayload(row, now, context) : observedPayload(row, before, now, context),
    actor: actorName === undefined ? SOURCE_ACTOR : context.names.person(actorName, 'agent'),
    occurredAt: at,
    recordedAt: updated ?? at,
  });
}

const versionOf = (row: SourceRow) => row.values.rowVersion ?? null;

function recordedPayload(row: SourceRow, now: Step, context: ObserveContext): unknown {
  const { values, extra } = now;
  const number = row.values.number ?? null;
  return {
    number,
    shortDescription: values.shortDescription ?? '',
    description: values.description ?? '',
    kind: 'incident',
    channel: values.channel ?? 'phone',
    sourceChannel: values.sourceChannel ?? null,
    callerId: values.callerId ?? null,
    affectedId: null,
    contact: null,
    openedById: values.openedById ?? null,
    organisation: null,
    siteId: values.siteId ?? null,
    location: null,
    categoryId: values.categoryId ?? null,
    serviceId: values.serviceId ?? null,
    configurationItemIds: values.configurationItemIds ?? [],
    impact: values.impact ?? 3,
    urgency: values.urgency ?? 2,
    assumed: values.impact === undefined && values.urgency === undefined,
    assignmentGroupId: values.assignmentGroupId ?? null,
    assignedToId: values.assignedToId ?? null,
    tags: values.tags ?? [],
    parentId: null,
    modelId: null,
    confidential: false,
    observed: {
      source: context.rules.source,
      number,
      rowVersion: versionOf(row),
      values: beyondRecording(values),
      extra,
      ...emptiedBy(row, values, context),
    },
  };
}

/** Fields whose column this row leaves empty. Only where a row is all a source says of an incident. */
function emptiedBy(row: SourceRow, values: ObservedValues, { named }: ObserveContext): { emptied?: readonly string[] } {
  if (row.values.rowVersion !== undefined) return {};
  const emptied = EMPTIABLE.filter((field) => {
    const value = values[field];
    const empty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    return empty && COLUMNS_OF[field].some((column) => named.has(column));
  });
  return emptied.length === 0 ? {} : { emptied };
}

const COLUMNS_OF: Readonly<Record<(typeof EMPTIABLE)[number], readonly string[]>> = {
  description: ['description'],
  callerId: ['callerName'],
  siteId: ['siteName'],
  categoryId: ['categoryName', 'subcategoryName'],
  serviceId: ['serviceName'],
  configurationItemIds: ['configurationItemName'],
  assignmentGroupId: ['assignmentGroupName'],
  assignedToId: ['assignedToName'],
  problemRef: ['problemRef'],
  changeRefs: ['changeRef'],
  vendor: ['vendor'],
  tags: ['tags'],
};

/** What the entry itself does not already say; a field without a value is left out. */
function beyondRecording(values: ObservedValues): ObservedValues {
  const told: Record<string, unknown> = {};
  for (const field of BEYOND_RECORDING) {
    const value = values[field];
    if (value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)) {
      told[field] = value;
    }
  }
  return told as ObservedValues;
}

const BEYOND_RECORDING = [
  'state',
  'holdReason',
  'priority',
  'resolutionCode',
  'sourceResolutionCode',
  'resolutionNotes',
  'resolvedAt',
  'resolvedById',
  'closedAt',
  'reopenCount',
  'reassignmentCount',
  'modificationCount',
  'problemRef',
  'changeRefs',
  'vendor',
  'watcherIds',
] as const satisfies readonly (keyof ObservedValues)[];

const observedPayload = (row: SourceRow, before: Step, now: Step, context: ObserveContext) => ({
  source: context.rules.source,
  rowVersion: versionOf(row),
  changes: differences(before.values, now.values),
  extra: extraDifferences(before.extra, now.extra),
});

type Told = Pick<Activity, 'type' | 'payload' | 'actor' | 'occurredAt' | 'recordedAt'>;

const envelope = (id: Id, incidentId: Id, context: ObserveContext, told: Told): Activity => ({
  id,
  subject: { kind: 'incident', id: incidentId },
  ...told,
  device: context.device,
  seq: null,
  syncedAt: null,
  visibility: 'internal',
  origin: 'observed',
  cause: null,
});

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

function differences(before: ObservedValues, after: ObservedValues): Record<string, { from: unknown; to: unknown }> {
  const changes: Record<string, { from: unknown; to: unknown }> = {};
  for (const [field, to] of Object.entries(after)) {
    const from = before[field as keyof ObservedValues];
    // A field the source names for the first time has no value to come from: it is stated as unchanged.
    if (!same(from, to)) changes[field] = { from: from === undefined ? to : from, to };
  }
  return changes;
}

function extraDifferences(before: Extra, after: Extra): Record<string, string | null> {
  const changed: Record<string, string | null> = {};
  for (const [column, value] of Object.entries(after)) if (before[column] !== value) changed[column] = value;
  for (const column of Object.keys(before)) if (after[column] === undefined) changed[column] = null;
  return changed;
}

const dateOf = (text: string | undefined, context: ObserveContext): Instant | undefined =>
  text === undefined ? undefined : context.readDate(text);

/** A date the row's own entry is put at: where it cannot be read another stands in for it, and that is said. */
function notedDate(column: 'openedAt' | 'updatedAt', { line, values }: SourceRow, context: ObserveContext) {
  const value = values[column];
  const at = dateOf(value, context);
  if (value !== undefined && at === undefined) context.note({ line, code: 'badDate', column, value });
  return at;
}

/** A comment cell: `date;author;text` as Jira writes it, or the bare text. */
function noteOf(incidentId: Id, cell: string, row: SourceRow, context: ObserveContext): Activity {
  const match = /^([^;\n]{6,40});([^;\n]*);([\s\S]*)$/.exec(cell);
  const at = dateOf(match?.[1], context);
  const author = at === undefined ? '' : (match?.[2] ?? '');
  const id = nameBasedId('observedNote', incidentId, cell);
  return envelope(id, incidentId, context, {
    type: 'incident.note',
    payload: { entryId: id, body: at === undefined ? cell : (match?.[3] ?? '') },
    actor: author === '' ? SOURCE_ACTOR : context.names.person(author, 'agent'),
    occurredAt: at ?? dateOf(row.values.updatedAt, context) ?? context.importedAt,
    recordedAt: at ?? dateOf(row.values.updatedAt, context) ?? context.importedAt,
  });
}
