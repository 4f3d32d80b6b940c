import type { Id, Instant } from '#domain/activity/activity.ts';
import type { ObservedValues } from '#domain/incident/activities/observed-values.schema.ts';
import type { IncidentState } from '#domain/incident/incident.ts';
import type { DirectoryNames } from './directory-ids.ts';
import type { SourceRow, SourceRules, SourceValue } from './source-row.ts';
import { sourceChannel, sourceLevel, sourcePriority, sourceResolutionCode, sourceState } from './source-values.ts';

/** A cell that could not be used as it stands. The row itself is kept. */
export interface ValueNote {
  readonly line: number;
  readonly code: 'unknownState' | 'unknownPriority' | 'unknownImpact' | 'unknownUrgency' | 'unknownChannel' | 'badDate';
  readonly column: SourceValue;
  readonly value: string;
}

export interface RowReading {
  readonly rules: SourceRules;
  readonly names: DirectoryNames;
  readonly readDate: (text: string) => Instant | undefined;
  readonly note: (note: ValueNote) => void;
}

const OVER: readonly IncidentState[] = ['resolved', 'closed'];
const SHORT_DESCRIPTION_FROM_TEXT = 120;

/**
 * A row as fields of ours. `before` is what the row before left, for cells that say nothing we understand; a field
 * that no row has named yet is absent.
 */
export function observedFieldsOfRow(
  row: SourceRow,
  before: ObservedValues | null,
  reading: RowReading,
): ObservedValues {
  const { names, rules } = reading;
  const value = (name: SourceValue): string | undefined => row.values[name];
  const understood = <T>(
    name: SourceValue,
    code: ValueNote['code'],
    read: (text: string) => T | undefined,
  ): T | undefined => {
    const text = value(name);
    if (text === undefined) return undefined;
    const result = read(text);
    if (result === undefined) reading.note({ line: row.line, code, column: name, value: text });
    return result;
  };
  const state = understood('state', 'unknownState', (text) => sourceState(text, rules.states));
  const stateNow = state?.state ?? before?.state ?? 'new';
  // Outcome labels that the source repeats on every row are believed only once the incident is that far.
  // A row of an incident that was resolved more than once names the last resolving: what lies after the row is not
  // known in it either, nor are the code and the person that belong to that.
  const aheadOf = (name: 'resolvedAt' | 'closedAt'): boolean => {
    const [told, then] = [value(name), value('updatedAt')].map((text) => text && reading.readDate(text));
    return typeof told === 'number' && typeof then === 'number' && told > then;
  };
  const known = (name: SourceValue, over: readonly IncidentState[] = OVER): boolean =>
    !rules.hindsight.includes(name) ||
    (over.includes(stateNow) && !aheadOf(name === 'closedAt' ? 'closedAt' : 'resolvedAt'));
  const date = (name: SourceValue): Instant | null => understood(name, 'badDate', reading.readDate) ?? null;
  const impact = understood('impact', 'unknownImpact', sourceLevel);
  const urgency = understood('urgency', 'unknownUrgency', sourceLevel);
  const siteId = orNull(value('siteName'), names.site);
  const groupId = orNull(value('assignmentGroupName'), names.team);
  const code = known('resolutionCode') ? value('resolutionCode') : undefined;
  const channel = understood('channel', 'unknownChannel', (text) => sourceChannel(text, rules.channels));
  const values: Record<string, unknown> = {
    state: stateNow,
    holdReason: state ? state.holdReason : (before?.holdReason ?? null),
    shortDescription: shortDescriptionOf(row, rules) ?? rules.untitled,
    description: value('description') ?? '',
    channel: channel ?? before?.channel ?? 'phone',
    sourceChannel: value('channel') ?? null,
    callerId: orNull(value('callerName'), (name) => names.person(name, 'requester', siteId)),
    openedById: orNull(value('openedByName'), (name) => names.person(name, 'agent')),
    siteId,
    categoryId: categoryOf(row, names),
    serviceId: orNull(value('serviceName'), names.service),
    configurationItemIds: listOf(value('configurationItemName'), names.configurationItem),
    impact: impact ?? before?.impact,
    urgency: urgency ?? before?.urgency,
    priority: understood('priority', 'unknownPriority', sourcePriority) ?? before?.priority,
    assignmentGroupId: groupId,
    assignedToId: orNull(value('assignedToName'), (name) => names.person(name, 'agent', null, groupId)),
    problemRef: value('problemRef') ?? null,
    changeRefs: listOf(value('changeRef'), (text) => text),
    vendor: row.values.vendor === undefined ? null : { name: row.values.vendor, reference: null },
    tags: row.tags,
    watcherIds: row.watchers.map((name) => names.person(name, 'agent')),
    resolutionCode: code === undefined ? null : (sourceResolutionCode(code) ?? null),
    sourceResolutionCode: code ?? null,
    resolutionNotes: value('resolutionNotes') ?? '',
    resolvedAt: known('resolvedAt') ? date('resolvedAt') : null,
    resolvedById: known('resolvedByName')
      ? orNull(value('resolvedByName'), (name) => names.person(name, 'agent'))
      : null,
    closedAt: known('closedAt', ['closed']) ? date('closedAt') : null,
    reopenCount: countOf(value('reopenCount')),
    reassignmentCount: countOf(value('reassignmentCount')),
    modificationCount: countOf(value('modificationCount') ?? value('rowVersion')),
  };
  for (const field of Object.keys(values)) if (values[field] === undefined) delete values[field];
  return values as ObservedValues;
}

/** The row's own text, else what its source composes it of, else the beginning of the description, else its number. */
export function shortDescriptionOf(row: SourceRow, rules: SourceRules): string | undefined {
  if (row.values.shortDescription !== undefined) return row.values.shortDescription;
  const composed = rules.shortDescriptionFrom.map((name) => row.values[name]).filter((part) => part !== undefined);
  if (composed.length > 0) return composed.join(', ');
  const firstLine = row.values.description?.split(/\r?\n/, 1)[0]?.trim();
  return firstLine ? firstLine.slice(0, SHORT_DESCRIPTION_FROM_TEXT) : row.values.number;
}

function categoryOf(row: SourceRow, names: DirectoryNames): Id | null {
  const parent = orNull(row.values.categoryName, (name) => names.category(name));
  return row.values.subcategoryName === undefined ? parent : names.category(row.values.subcategoryName, parent);
}

const orNull = (text: string | undefined, use: (text: string) => Id): Id | null =>
  text === undefined ? null : use(text);
const listOf = (text: string | undefined, use: (text: string) => Id): readonly Id[] =>
  text === undefined ? [] : [use(text)];
const countOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
