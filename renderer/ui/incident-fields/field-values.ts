import type { Id, Instant } from '#domain/activity/activity.ts';
import type { EditableField } from '#domain/command/command.ts';
import type { WordKey, Words } from '#renderer/words/areas.ts';

/** Everything a sentence about a change needs: words, names of ids, and the reader's way to write an instant. */
export interface Teller {
  readonly say: Words<'incident'>;
  readonly common: Words<'common'>;
  readonly nameOf: (id: Id) => string;
  readonly when: (at: Instant) => string;
}

/** Fields an entry may speak of: those a person edits, and those only a source states. */
export type ToldField =
  | EditableField
  | 'state'
  | 'holdReason'
  | 'holdUntil'
  | 'priority'
  | 'assignmentGroupId'
  | 'assignedToId'
  | 'openedById'
  | 'sourceChannel'
  | 'organisation'
  | 'resolutionCode'
  | 'sourceResolutionCode'
  | 'resolutionNotes'
  | 'resolvedAt'
  | 'resolvedById'
  | 'closedAt'
  | 'closedById'
  | 'cancelReason'
  | 'reopenCount'
  | 'reassignmentCount'
  | 'modificationCount';

type Kind =
  | 'text'
  | 'name'
  | 'names'
  | 'words'
  | 'instant'
  | 'level'
  | 'priority'
  | 'parts'
  | 'yesNo'
  | 'plain'
  | keyof typeof ENUMS;

const ENUMS = {
  kind: 'kind',
  channel: 'channel',
  state: 'state',
  holdReason: 'holdReason',
  resolutionCode: 'resolutionCode',
  cancelReason: 'cancelReason',
  impact: 'impact',
  urgency: 'urgency',
} as const;

/** Each field's label in the catalogue and how its values are written. */
const FIELDS: Readonly<Record<ToldField, readonly [label: WordKey<'incident'>, kind: Kind]>> = {
  shortDescription: ['field.shortDescription', 'text'],
  description: ['field.description', 'text'],
  kind: ['field.kind', 'kind'],
  channel: ['field.channel', 'channel'],
  callerId: ['field.caller', 'name'],
  affectedId: ['field.affected', 'name'],
  contact: ['field.contact', 'parts'],
  siteId: ['field.site', 'name'],
  location: ['field.room', 'parts'],
  categoryId: ['field.category', 'name'],
  serviceId: ['field.service', 'name'],
  configurationItemIds: ['field.configurationItem', 'names'],
  impact: ['field.impact', 'impact'],
  urgency: ['field.urgency', 'urgency'],
  vendor: ['field.vendor', 'parts'],
  tags: ['field.tags', 'words'],
  watcherIds: ['field.watchers', 'names'],
  problemRef: ['field.problem', 'text'],
  knownErrorRef: ['field.knownError', 'text'],
  changeRefs: ['field.changes', 'words'],
  parentId: ['field.parent', 'name'],
  confidential: ['field.confidential', 'yesNo'],
  state: ['field.state', 'state'],
  holdReason: ['field.hold', 'holdReason'],
  holdUntil: ['field.holdUntil', 'instant'],
  priority: ['field.priority', 'priority'],
  assignmentGroupId: ['field.assignmentGroup', 'name'],
  assignedToId: ['field.assignedTo', 'name'],
  openedById: ['side.openedBy', 'name'],
  sourceChannel: ['field.channel', 'text'],
  organisation: ['side.organisation', 'text'],
  resolutionCode: ['field.resolutionCode', 'resolutionCode'],
  sourceResolutionCode: ['field.resolutionCode', 'text'],
  resolutionNotes: ['field.resolutionNotes', 'text'],
  resolvedAt: ['field.resolvedAt', 'instant'],
  resolvedById: ['side.resolvedBy', 'name'],
  closedAt: ['field.closedAt', 'instant'],
  closedById: ['side.closedBy', 'name'],
  cancelReason: ['side.canceled', 'cancelReason'],
  reopenCount: ['side.reopened', 'plain'],
  reassignmentCount: ['side.reassignments', 'plain'],
  modificationCount: ['side.modifications', 'plain'],
};

export const isToldField = (field: string): field is ToldField => Object.hasOwn(FIELDS, field);

/** A text longer than this is not repeated inside a sentence. */
const LONGEST_QUOTE = 160;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const parts = (value: unknown) =>
  typeof value === 'object' && value !== null
    ? Object.values(value).filter((part) => part !== null && part !== '')
    : [];

/** A value in words; '' for an empty one. */
export function valueWords(field: ToldField, value: unknown, teller: Teller): string {
  if (value === null || value === undefined || value === '') return '';
  const [, kind] = FIELDS[field];
  switch (kind) {
    case 'name':
      return teller.nameOf(String(value));
    case 'names':
      return list(value)
        .map((id) => teller.nameOf(String(id)))
        .join(', ');
    case 'words':
      return list(value).join(', ');
    case 'parts':
      return parts(value).join(', ');
    case 'instant':
      return teller.when(Number(value));
    case 'priority':
      return teller.common('priority.long', {
        priority: Number(value),
        name: teller.common(`priority.${value}` as WordKey<'common'>),
      });
    case 'yesNo':
      return teller.say(value === true ? 'yes' : 'no');
    case 'impact':
    case 'urgency':
    case 'kind':
    case 'channel':
    case 'state':
    case 'holdReason':
    case 'resolutionCode':
    case 'cancelReason':
      return teller.common(`${ENUMS[kind]}.${value}` as WordKey<'common'>);
    default:
      return String(value);
  }
}

export const fieldLabel = (field: ToldField, teller: Pick<Teller, 'say'>): string => teller.say(FIELDS[field][0]);

/** "Impact: One person to A site or a service"; a long text is only said to have changed. */
export function changeSentence(field: ToldField, from: unknown, to: unknown, teller: Teller): string {
  const label = fieldLabel(field, teller);
  const before = valueWords(field, from, teller);
  const after = valueWords(field, to, teller);
  if (before.length > LONGEST_QUOTE || after.length > LONGEST_QUOTE)
    return teller.say('timeline.fieldText', { field: label });
  if (before === '' && after === '') return teller.say('timeline.fieldText', { field: label });
  if (before === '') return teller.say('timeline.fieldSet', { field: label, to: after });
  if (after === '') return teller.say('timeline.fieldCleared', { field: label, from: before });
  return teller.say('timeline.field', { field: label, from: before, to: after });
}
