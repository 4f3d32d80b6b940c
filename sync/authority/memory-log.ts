import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { isOpen } from '#domain/incident/settle.ts';
import { mayRead } from '#domain/permissions/permissions.ts';
import { DEFAULT_MATRIX, type PriorityMatrix } from '#domain/priority/matrix.ts';
import { pureHash } from './chain.ts';
import { type ChainHead, type Chaining, chainOn, type SaltedLink } from './chaining.ts';
import { keeps } from './keeping.ts';
import type {
  DecidedCommand,
  IncidentFilter,
  IncidentKey,
  Lane,
  LogReader,
  PushBatch,
  PushTransaction,
  SharedLog,
} from './shared-log.ts';
import type { AcceptedCommand, Gathered, RecordAt } from './store.ts';

/** Everything a log holds; replaced whole by a commit, so a copy of it is a backup. */
export interface MemoryLogState {
  readonly epoch: Id;
  readonly seq: number;
  readonly activities: readonly Activity[];
  /** Of the activities, at the same places. */
  readonly links: readonly SaltedLink[];
  readonly chainHeads: ReadonlyMap<string, ChainHead>;
  readonly incidents: ReadonlyMap<Id, { readonly firstSeq: number; readonly incident: Incident }>;
  readonly records: ReadonlyMap<string, RecordAt>;
  readonly matrix: { readonly seq: number; readonly value: PriorityMatrix } | null;
  readonly decided: readonly DecidedCommand[];
  readonly lanes: ReadonlyMap<string, number>;
}

export interface MemoryLog extends SharedLog {
  /** As a backup would hold it. */
  backup(): MemoryLogState;
  /** The log as it was then, its epoch included: nobody is told. */
  restore(state: MemoryLogState): void;
}

const laneKey = ({ device, person }: Lane): string => JSON.stringify([device, person]);

/** Salts that repeat from run to run: here is nothing to hide. */
const countedSalts = (): Chaining => {
  let salts = 0;
  const newSalt = () => {
    salts += 1;
    return `salt ${salts}`;
  };
  return { hash: pureHash, newSalt };
};

/** The shared log in its simplest form. For tests and simulations. */
export function createMemoryLog(epoch: Id): MemoryLog {
  const chaining = countedSalts();
  let state: MemoryLogState = {
    epoch,
    seq: 0,
    activities: [],
    links: [],
    chainHeads: new Map(),
    incidents: new Map(),
    records: new Map(),
    matrix: null,
    decided: [],
    lanes: new Map(),
  };
  let turn: Promise<unknown> = Promise.resolve();

  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  return {
    push: (work) =>
      alone(async () => {
        const before = state;
        let after = before;
        const result = await work(
          transactionOn(before, (batch) => {
            after = written(after, batch, chaining);
          }),
        );
        state = after;
        return result;
      }),
    read: (work) => work(readerOf(state)),
    backup: () => state,
    restore: (earlier) => {
      state = earlier;
    },
  };
}

function transactionOn(state: MemoryLogState, write: (batch: PushBatch) => void): PushTransaction {
  const firstById = (id: Id) => state.decided.find((decided) => decided.id === id);
  return {
    head: { epoch: state.epoch, seq: state.seq },
    expected: async (lanes) => lanes.map((lane) => state.lanes.get(laneKey(lane)) ?? 1),
    decidedById: async (ids) => new Map(ids.flatMap((id) => entry(id, firstById(id)))),
    decidedAt: async (lane, seqs) => {
      const key = laneKey(lane);
      const mine = state.decided.filter((decided) => laneKey(decided) === key && seqs.includes(decided.seq));
      return new Map(mine.map((decided) => [decided.seq, decided]));
    },
    gather: async (wanted) => gathered(state, wanted.incidentIds, wanted.commandIds),
    write: async (batch) => write(batch),
  };
}

function written(state: MemoryLogState, batch: PushBatch, chaining: Chaining): MemoryLogState {
  const chained = chainOn(state.chainHeads, batch.activities, chaining);
  const incidents = new Map(state.incidents);
  for (const incident of batch.effects.incidents) {
    const firstSeq = incidents.get(incident.id)?.firstSeq ?? firstSeqOf(incident.id, batch.activities) ?? batch.head;
    incidents.set(incident.id, { firstSeq, incident });
  }
  const records = new Map(state.records);
  for (const record of batch.effects.records) records.set(`${record.kind} ${record.id}`, record);
  const { matrix } = batch.effects;
  return {
    epoch: state.epoch,
    seq: batch.head,
    activities: [...state.activities, ...batch.activities],
    links: [...state.links, ...chained.links],
    chainHeads: new Map([...state.chainHeads, ...chained.heads]),
    incidents,
    records,
    matrix: matrix === null ? state.matrix : { seq: matrix.lsn, value: matrix.value },
    decided: [...state.decided, ...batch.decided],
    lanes: new Map([...state.lanes, ...batch.lanes.map((lane) => [laneKey(lane), lane.expected] as const)]),
  };
}

const firstSeqOf = (id: Id, activities: readonly Activity[]) =>
  activities.find((activity) => activity.subject.id === id)?.seq;

function gathered(state: MemoryLogState, incidentIds: readonly Id[], commandIds: readonly Id[]): Gathered {
  const accepted = state.decided.filter((decided) => decided.outcome === 'accepted' && commandIds.includes(decided.id));
  const commands = new Map(accepted.map((decided) => [decided.id, acceptedOf(decided)]));
  const ids = [...new Set([...incidentIds, ...[...commands.values()].flatMap((command) => command.subjectIds)])];
  const rows = [...state.incidents.values()].map(({ incident }) => incident);
  const names = rows.flatMap((one) => [one.number, ...one.aliases.map((alias) => alias.value)]);
  const taken = new Set(names.map(numberKey));
  return {
    incidents: new Map(ids.flatMap((id) => entry(id, state.incidents.get(id)?.incident))),
    timelines: timelinesOf(state, ids),
    commands,
    record: (kind, id) => recordOf(state.records.get(`${kind} ${id}`)),
    records: (kind) => [...state.records.values()].flatMap((one) => (one.kind === kind ? [recordOf(one)] : [])),
    matrix: state.matrix?.value ?? DEFAULT_MATRIX,
    highestNumber: Math.max(0, ...names.map((name) => parseNumber(name) ?? 0)),
    isNumberTaken: (number) => taken.has(numberKey(number)),
  };
}

const acceptedOf = ({ id, decidedAt, name, person, number, subjectIds }: DecidedCommand): AcceptedCommand => ({
  id,
  lsn: decidedAt,
  name: name as AcceptedCommand['name'],
  actor: person,
  number,
  subjectIds,
});

function readerOf(state: MemoryLogState): LogReader {
  return {
    head: { epoch: state.epoch, seq: state.seq },
    expected: async (lane) => state.lanes.get(laneKey(lane)) ?? 1,
    activityIdAt: async (seq) => state.activities.find((activity) => activity.seq === seq)?.id ?? null,
    activitiesAfter: async (afterSeq, throughSeq, limit) => activitiesAfter(state, afterSeq, throughSeq, limit),
    incidents: async (ids) => new Map(ids.flatMap((id) => entry(id, state.incidents.get(id)?.incident))),
    incidentsBefore: async (before, limit, only = {}) =>
      [...state.incidents.values()]
        .filter(({ incident }) => passes(incident, only))
        .map(({ firstSeq, incident }) => ({ key: { firstSeq, id: incident.id }, incident }))
        .filter(({ key }) => before === null || newestFirst(before, key) < 0)
        .sort((one, other) => newestFirst(one.key, other.key))
        .slice(0, limit),
    incidentCount: async (only = {}) =>
      [...state.incidents.values()].filter(({ incident }) => passes(incident, only)).length,
    incidentOfNumber: async (number) => bearerOf(state, numberKey(number)),
    person: async (id) => recordOf(state.records.get(`person ${id}`)),
    records: async () =>
      [...state.records.values()].map(({ kind, lsn, record }): WireRecord => ({ kind, seq: lsn, record })),
    matrix: async () => state.matrix,
    timelines: async (ids) => timelinesOf(state, ids),
    chained: async (afterSeq, limit) => {
      const linkOf = new Map(state.activities.map(({ id }, at) => [id, state.links[at]]));
      return activitiesAfter(state, afterSeq, state.seq, limit).flatMap((activity) => {
        const linked = linkOf.get(activity.id);
        return linked === undefined
          ? []
          : [{ seq: activity.seq ?? 0, chained: { activity, ...linked }, misfiled: false }];
      });
    },
    chainHeads: async () => state.chainHeads,
  };
}

/** As SQL's table of numbers has it: who bore a number first bears it. */
function bearerOf({ incidents }: MemoryLogState, key: string): Id | null {
  const bears = ({ number, aliases }: Incident) => [number, ...aliases.map(({ value }) => value)].map(numberKey);
  const found = [...incidents.values()].find(({ incident }) => bears(incident).includes(key));
  return found?.incident.id ?? null;
}

/** Whole commands, about so many entries. */
function activitiesAfter({ activities }: MemoryLogState, afterSeq: number, throughSeq: number, limit: number) {
  const later = activities.filter(({ seq }) => seq !== null && seq > afterSeq && seq <= throughSeq);
  const end = later[limit - 1]?.seq;
  return end === undefined || end === null ? later : later.filter(({ seq }) => seq !== null && seq <= end);
}

const passes = (incident: Incident, { concerning, openOrAfter, readableBy, kept }: IncidentFilter): boolean =>
  (readableBy === undefined || mayRead(readableBy, incident)) &&
  (kept === undefined || keeps(kept, incident)) &&
  (concerning === undefined || incident.callerId === concerning || incident.affectedId === concerning) &&
  (openOrAfter === undefined || isOpen(incident) || incident.throughSeq > openOrAfter);

/** The order of a first load. */
const newestFirst = (one: IncidentKey, other: IncidentKey): number => {
  if (one.firstSeq !== other.firstSeq) return other.firstSeq - one.firstSeq;
  if (one.id === other.id) return 0;
  return one.id > other.id ? -1 : 1;
};

function timelinesOf(state: MemoryLogState, ids: readonly Id[]): ReadonlyMap<Id, readonly Activity[]> {
  const wanted = new Map<Id, Activity[]>(ids.map((id) => [id, []]));
  for (const activity of state.activities) wanted.get(activity.subject.id)?.push(activity);
  return new Map([...wanted].filter(([, timeline]) => timeline.length > 0));
}

const entry = <Value>(id: Id, value: Value | undefined): [Id, Value][] => (value === undefined ? [] : [[id, value]]);

/** Stored under its kind, so a look-up by kind finds a record of that kind. */
const recordOf = (found: RecordAt | undefined) => (found?.record ?? null) as never;
