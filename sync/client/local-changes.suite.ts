import type { Activity, Id } from '#domain/activity/activity.ts';
import { blankIncident } from '#domain/incident/blank.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { LocalChange, Position } from './ports.ts';

/** A note on this incident. */
export const entry = (id: Id, subjectId: Id, seq: number, commandId: Id = `command ${id}`): Activity => ({
  id,
  subject: { kind: 'incident', id: subjectId },
  type: 'incident.note',
  payload: { entryId: id, body: `text of ${id}` },
  actor: 'ann',
  device: 'd',
  seq,
  occurredAt: seq,
  recordedAt: seq,
  syncedAt: seq,
  visibility: 'internal',
  origin: 'command',
  cause: { commandId, index: 0 },
});
export const incident = (id: Id, throughSeq: number, number = `INC000000${throughSeq}`): Incident => ({
  ...blankIncident(entry('first', id, throughSeq)),
  number,
  throughSeq,
});
export const positionAt = (cursor: string, load: number, over: Partial<Position> = {}): Position => ({
  cursor,
  throughSeq: 0,
  load,
  loading: null,
  ...over,
});
/** What one page changes: nothing but the position, unless it is said. */
export const localChange = (position: Position, over: Partial<LocalChange> = {}): LocalChange => ({
  position,
  removed: [],
  incidents: [],
  timelines: new Map(),
  records: [],
  matrix: null,
  dropBefore: null,
  ...over,
});
export const held = (load: number, ...incidents: Incident[]) => incidents.map((value) => ({ load, value }));
export const timeline = (load: number, whole: boolean, ...entries: Activity[]) => ({ load, whole, entries });
