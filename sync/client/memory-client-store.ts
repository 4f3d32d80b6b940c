import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { parseNumber } from '#domain/incident/numbering.ts';
import { recordKey } from './incoming.ts';
import { Outbox } from './outbox.ts';
import type { OutboxFrame } from './outbox-frames.ts';
import { type ClientStore, type Held, type HeldMatrix, type HeldTimeline, type LocalChange, NOWHERE } from './ports.ts';

interface Rows {
  readonly position: LocalChange['position'];
  readonly incidents: ReadonlyMap<Id, Held<Incident>>;
  readonly timelines: ReadonlyMap<Id, HeldTimeline>;
  readonly records: ReadonlyMap<string, Held<WireRecord>>;
  readonly matrix: Held<HeldMatrix> | null;
}

export interface MemoryClientStore extends ClientStore {
  /** Ids of everything held. */
  held(): readonly Id[];
  /** As somebody finds it who copies the folder. */
  copy(): MemoryClientStore;
  /** Tells the outbox anew, in place of the frames it came of. */
  retell(): void;
}

/** A device's store in its simplest form: maps, replaced whole by every change. For tests and simulations. */
export const createMemoryClientStore = (): MemoryClientStore => storeOf([], EMPTY);

const EMPTY: Rows = {
  position: NOWHERE,
  incidents: new Map(),
  timelines: new Map(),
  records: new Map(),
  matrix: null,
};

function storeOf(frames: readonly OutboxFrame[], before: Rows): MemoryClientStore {
  const journal: OutboxFrame[] = [...frames];
  let rows = before;
  return {
    frames: async () => [...journal],
    append: async (frames) => {
      journal.push(...structured(frames));
    },
    position: async () => rows.position,
    incidents: async (ids) => some(rows.incidents, ids),
    timelines: async (ids) => some(rows.timelines, ids),
    incidentsOf: async (commandIds) => {
      const found = new Map<Id, Id[]>();
      for (const [id, { entries }] of rows.timelines) {
        const causes = new Set(entries.map(({ cause }) => cause?.commandId));
        for (const commandId of commandIds) {
          if (causes.has(commandId)) found.set(commandId, [...(found.get(commandId) ?? []), id]);
        }
      }
      return found;
    },
    records: async () => [...rows.records.values()],
    matrix: async () => rows.matrix,
    highestNumber: async () =>
      Math.max(0, ...[...rows.incidents.values()].map(({ value }) => parseNumber(value.number) ?? 0)),
    apply: async (change) => {
      rows = after(rows, change);
    },
    held: () => [...rows.incidents.keys()],
    copy: () => storeOf(journal, rows),
    retell: () => {
      journal.splice(0, journal.length, ...structured(Outbox.of(journal).retold()));
    },
  };
}

/** As it would come back from a disk. */
const structured = (frames: readonly OutboxFrame[]): OutboxFrame[] => JSON.parse(JSON.stringify(frames));

const some = <T>(all: ReadonlyMap<Id, T>, ids: readonly Id[]): ReadonlyMap<Id, T> =>
  new Map(
    ids.flatMap((id): [Id, T][] => {
      const found = all.get(id);
      return found === undefined ? [] : [[id, found]];
    }),
  );

function after(rows: Rows, change: LocalChange): Rows {
  const { removed, dropBefore } = change;
  const gone = new Set(removed);
  const stays = ({ load }: { readonly load: number }) => dropBefore === null || load >= dropBefore;
  const incidents = new Map([...rows.incidents].filter(([id]) => !gone.has(id)));
  for (const row of change.incidents) incidents.set(row.value.id, row);
  const kept = new Map([...incidents].filter(([, row]) => stays(row)));
  const timelines = new Map([...rows.timelines, ...change.timelines]);
  const records = new Map([...rows.records, ...change.records.map((one) => [recordKey(one.value), one] as const)]);
  const matrix = change.matrix ?? rows.matrix;
  return {
    position: change.position,
    incidents: kept,
    // A timeline of an earlier load than its row's is not that row's.
    timelines: new Map([...timelines].filter(([id, timeline]) => kept.get(id)?.load === timeline.load)),
    records: new Map([...records].filter(([, record]) => stays(record))),
    matrix: matrix !== null && stays(matrix) ? matrix : null,
  };
}
