import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { DEFAULT_MATRIX, type PriorityMatrix } from '#domain/priority/matrix.ts';
import { err, ok } from '#domain/result.ts';
import type { AcceptedCommand, AuthorityStore, Batch, Gathered, RecordAt, StoreFault } from './store.ts';

export interface MemoryAuthorityStore extends AuthorityStore {
  /** While set, nothing is kept and every commit answers with it. */
  fail(fault: StoreFault | null): void;
}

/** The authority's store in its simplest form: maps. For tests and simulations. */
export function createMemoryStore(): MemoryAuthorityStore {
  const incidents = new Map<Id, Incident>();
  const timelines = new Map<Id, Activity[]>();
  const records = new Map<string, RecordAt>();
  const commands = new Map<Id, AcceptedCommand>();
  const counters = new Map<Id, number>();
  let matrix: PriorityMatrix = DEFAULT_MATRIX;
  let lsn = 0;
  let fault: StoreFault | null = null;

  const keep = (batch: Batch): void => {
    for (const { seq, submission, accepted, activities } of batch.confirmed) {
      lsn = accepted.lsn;
      commands.set(accepted.id, accepted);
      counters.set(submission.command.actor, seq);
      for (const activity of activities) {
        timelines.set(activity.subject.id, [...(timelines.get(activity.subject.id) ?? []), activity]);
      }
    }
    for (const incident of batch.effects.incidents) incidents.set(incident.id, incident);
    for (const record of batch.effects.records) records.set(`${record.kind} ${record.id}`, record);
    matrix = batch.effects.matrix?.value ?? matrix;
  };

  const gathered = (incidentIds: readonly Id[], commandIds: readonly Id[]): Gathered => {
    const found = new Map(commandIds.flatMap((id) => entryOf(commands, id)));
    const ids = [...incidentIds, ...[...found.values()].flatMap((command) => command.subjectIds)];
    const names = [...incidents.values()].flatMap((one) => [one.number, ...one.aliases.map((alias) => alias.value)]);
    const taken = new Set(names.map(numberKey));
    return {
      incidents: new Map(ids.flatMap((id) => entryOf(incidents, id))),
      timelines: new Map(ids.flatMap((id) => entryOf(timelines, id))),
      commands: found,
      record: (kind, id) => recordOf(records.get(`${kind} ${id}`)),
      records: (kind) => [...records.values()].flatMap((one) => (one.kind === kind ? [recordOf(one)] : [])),
      matrix,
      highestNumber: Math.max(0, ...names.map((name) => parseNumber(name) ?? 0)),
      isNumberTaken: (number) => taken.has(numberKey(number)),
    };
  };

  return {
    head: () => ({ lsn, counterOf: (person) => counters.get(person) ?? 0 }),
    gather: async (wanted) => gathered(wanted.incidentIds, wanted.commandIds),
    commit: async (batch) => {
      if (fault !== null) return err(fault);
      keep(batch);
      return ok(null);
    },
    fail: (next) => {
      fault = next;
    },
  };
}

const entryOf = <Value>(map: ReadonlyMap<Id, Value>, id: Id): [Id, Value][] => {
  const value = map.get(id);
  return value === undefined ? [] : [[id, value]];
};

/** Stored under its kind, so a look-up by kind finds a record of that kind. */
const recordOf = (found: RecordAt | undefined) => (found?.record ?? null) as never;
