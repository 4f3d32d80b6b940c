import { Dexie, type Table } from 'dexie';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isOpen } from '#domain/queue/membership.ts';

/**
 * An incident as one would store it in Dexie to query it well: IndexedDB leaves rows with a null out of an index, so
 * "nobody" is the empty text, and what a queue asks is kept beside the row as 0 or 1.
 */
export interface PeerRow extends Omit<Incident, 'assignedToId' | 'assignmentGroupId' | 'categoryId' | 'siteId'> {
  readonly assignedToId: Id;
  readonly assignmentGroupId: Id;
  readonly categoryId: Id;
  readonly siteId: Id;
  readonly open: 0 | 1;
  readonly unowned: 0 | 1;
  readonly triage: 0 | 1;
}

const flag = (is: boolean): 0 | 1 => (is ? 1 : 0);

export const peerRow = (incident: Incident): PeerRow => ({
  ...incident,
  assignedToId: incident.assignedToId ?? '',
  assignmentGroupId: incident.assignmentGroupId ?? '',
  categoryId: incident.categoryId ?? '',
  siteId: incident.siteId ?? '',
  open: flag(isOpen(incident.state)),
  unowned: flag(incident.assignedToId === null),
  triage: flag(isOpen(incident.state) && (incident.assumed || incident.assignmentGroupId === null)),
});

/** The three filters of each planned list; each has a compound index that ends in the sort key. */
export const PLANNED = [
  ['state', 'priority', 'assignmentGroupId'],
  ['state', 'assignmentGroupId', 'categoryId'],
  ['priority', 'assignmentGroupId', 'siteId'],
  ['state', 'categoryId', 'siteId'],
] as const;
export type PlannedField = (typeof PLANNED)[number][number];

/** The indexes that the four lists and the eight counts want, and the single ones an unplanned question falls back on. */
const PLAN = [
  'id',
  'openedAt',
  'state',
  'priority',
  'assignmentGroupId',
  'categoryId',
  'siteId',
  ...PLANNED.map((fields) => `[${fields.join('+')}+openedAt]`),
  '[assignedToId+open]',
  '[unowned+open+assignmentGroupId]',
  '[open+assignmentGroupId]',
  'open',
  'triage',
].join(', ');

export class DeskPeer extends Dexie {
  declare readonly incidents: Table<PeerRow, Id>;

  constructor(durability: 'strict' | 'relaxed', name = 'desk') {
    super(name, { chromeTransactionDurability: durability });
    this.version(1).stores({ incidents: PLAN });
  }
}

/** For the bulk write: the few indexes a desk can't do without. */
export class ImportPeer extends Dexie {
  declare readonly incidents: Table<Incident, Id>;
  declare readonly activities: Table<Activity, Id>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({
      incidents: 'id, number, [state+openedAt], assignmentGroupId',
      activities: 'id, subject.id',
    });
  }
}
