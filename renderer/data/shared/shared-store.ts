import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { parseNumber } from '#domain/incident/numbering.ts';
import { AbortedWrite } from '#renderer/data/open-failure.ts';
import type { ClientStore, Held, HeldMatrix, HeldTimeline, LocalChange, Position } from '#sync/client/ports.ts';
import { NOWHERE } from '#sync/client/ports.ts';
import type { SharedActivityRow, SharedCommandRow, SharedDb, SharedIncidentRow, SharedMeta } from './shared-db.ts';

/** What a change did beyond what it says itself. */
export interface Applied {
  /** Rows as they were, of those that it changed or removed. */
  readonly before: ReadonlyMap<Id, Incident>;
  /** Incidents that went with an earlier first load. */
  readonly dropped: readonly Id[];
  readonly droppedRecords: readonly { readonly kind: DirectoryKind; readonly id: Id }[];
  /** As they are now. */
  readonly matrix: Held<HeldMatrix> | null;
  readonly highestNumber: number;
}

const LAST = Number.MAX_SAFE_INTEGER;
const ROWS_AT_ONCE = 2_000;

/** What is confirmed of a shared log, in Dexie: all but the outbox of a `ClientStore`. */
export class SharedStore implements Omit<ClientStore, 'frames' | 'append' | 'apply'> {
  private readonly db: SharedDb;

  constructor(db: SharedDb) {
    this.db = db;
  }

  async position(): Promise<Position> {
    return (await this.meta('position')) ?? NOWHERE;
  }

  async incidents(ids: readonly Id[]): Promise<ReadonlyMap<Id, Held<Incident>>> {
    const rows = await this.db.incidents.bulkGet([...ids]);
    return new Map(rows.flatMap((row) => (row ? [[row.id, { load: row.load, value: row.incident }] as const] : [])));
  }

  async timelines(ids: readonly Id[]): Promise<ReadonlyMap<Id, HeldTimeline>> {
    const { db } = this;
    return db.transaction('r', db.incidents, db.activities, async () => {
      const rows = await db.incidents.bulkGet([...new Set(ids)]);
      const held = await Promise.all(
        rows.map(async (row): Promise<[Id, HeldTimeline][]> => {
          if (!row?.timeline) return [];
          return [[row.id, { ...row.timeline, entries: await this.entriesOf(row.id) }]];
        }),
      );
      return new Map(held.flat());
    });
  }

  /** Those of these incidents whose whole timeline is here. */
  async withWholeTimeline(ids: readonly Id[]): Promise<ReadonlySet<Id>> {
    const rows = await this.db.incidents.bulkGet([...ids]);
    return new Set(rows.flatMap((row) => (row?.timeline?.whole ? [row.id] : [])));
  }

  private async entriesOf(id: Id): Promise<readonly Activity[]> {
    const rows = await this.db.activities.where(':id').between([id, 0, 0], [id, LAST, LAST]).toArray();
    return rows.map((row) => row.activity);
  }

  async incidentsOf(commandIds: readonly Id[]): Promise<ReadonlyMap<Id, readonly Id[]>> {
    const rows = await this.db.commands.bulkGet([...new Set(commandIds)]);
    return new Map(rows.flatMap((row) => (row ? [[row.id, row.subjectIds] as const] : [])));
  }

  async records(): Promise<readonly Held<WireRecord>[]> {
    return (await this.db.records.toArray()).map(({ load, value }) => ({ load, value }));
  }

  async matrix(): Promise<Held<HeldMatrix> | null> {
    return (await this.meta('matrix')) ?? null;
  }

  async highestNumber(): Promise<number> {
    return (await this.meta('highestNumber')) ?? 0;
  }

  /** Every incident held, in batches. */
  async *incidentBatches(): AsyncGenerator<readonly Incident[]> {
    for (let after = ''; ; ) {
      const rows = await this.db.incidents.where(':id').above(after).limit(ROWS_AT_ONCE).toArray();
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map((row) => row.incident);
      after = last.id;
    }
  }

  /** One transaction: rows and cursor, or neither. Errors of the database are thrown as they are. */
  async apply(change: LocalChange): Promise<Applied> {
    const { db } = this;
    let given: IDBTransaction | undefined;
    const tables = [db.incidents, db.activities, db.commands, db.records, db.meta];
    const writing = db.transaction('rw', tables, async ({ idbtrans }) => {
      given = idbtrans;
      const touched = [
        ...new Set([...change.removed, ...change.incidents.map(({ value }) => value.id), ...change.timelines.keys()]),
      ];
      const known = new Map<Id, SharedIncidentRow>();
      for (const row of await db.incidents.bulkGet(touched)) if (row) known.set(row.id, row);
      await this.remove(change.removed.filter((id) => known.has(id)));
      await this.putIncidents(change, known);
      await db.records.bulkPut(
        change.records.map(({ load, value }) => ({ kind: value.kind, id: value.record.id, load, value })),
      );
      if (change.matrix) await db.meta.put({ key: 'matrix', value: change.matrix });
      await this.raiseNumber(change);
      const gone = change.dropBefore === null ? NOTHING_GONE : await this.dropBefore(change.dropBefore);
      await db.meta.put({ key: 'position', value: change.position });
      const [matrix, highestNumber] = [await this.matrix(), await this.highestNumber()];
      return { before: new Map([...known].map(([id, row]) => [id, row.incident])), ...gone, matrix, highestNumber };
    });
    return writing.catch((cause: unknown) => {
      throw given?.error ? new AbortedWrite(given.error) : cause;
    });
  }

  close(): void {
    this.db.close();
  }

  private async meta<K extends keyof SharedMeta>(key: K): Promise<SharedMeta[K] | undefined> {
    return (await this.db.meta.get(key))?.value as SharedMeta[K] | undefined;
  }

  private async remove(ids: readonly Id[]): Promise<void> {
    await this.db.incidents.bulkDelete([...ids]);
    for (const id of ids) await this.removeEntries(id);
  }

  private async removeEntries(id: Id): Promise<void> {
    await this.db.activities.where(':id').between([id, 0, 0], [id, LAST, LAST]).delete();
  }

  private async putIncidents(change: LocalChange, known: ReadonlyMap<Id, SharedIncidentRow>): Promise<void> {
    const { db } = this;
    const arrived = new Map(change.incidents.map((held) => [held.value.id, held]));
    const rows: SharedIncidentRow[] = [];
    const entries: SharedActivityRow[] = [];
    for (const id of new Set([...arrived.keys(), ...change.timelines.keys()])) {
      const before = change.removed.includes(id) ? undefined : known.get(id);
      const held = arrived.get(id) ?? (before && { load: before.load, value: before.incident });
      if (!held) continue;
      const timeline = change.timelines.get(id);
      const kept = timeline ?? before?.timeline ?? null;
      // A timeline of an earlier first load than its row's is not that row's.
      const mine = kept !== null && kept.load === held.load ? { load: kept.load, whole: kept.whole } : null;
      rows.push({ id, load: held.load, incident: held.value, timeline: mine });
      if (before?.timeline && (timeline || !mine)) await this.removeEntries(id);
      if (timeline && mine) entries.push(...entryRows(id, timeline.entries));
    }
    await db.incidents.bulkPut(rows);
    await db.activities.bulkPut(entries);
    await this.noteCommands(entries);
  }

  private async noteCommands(entries: readonly SharedActivityRow[]): Promise<void> {
    const found = new Map<Id, Set<Id>>();
    for (const { subjectId, activity } of entries) {
      if (activity.cause === null) continue;
      const known = found.get(activity.cause.commandId);
      if (known) known.add(subjectId);
      else found.set(activity.cause.commandId, new Set([subjectId]));
    }
    const ids = [...found.keys()];
    const before = await this.db.commands.bulkGet(ids);
    await this.db.commands.bulkPut(
      ids.map((id, at): SharedCommandRow => {
        return { id, subjectIds: [...new Set([...(before[at]?.subjectIds ?? []), ...(found.get(id) ?? [])])] };
      }),
    );
  }

  private async raiseNumber({ incidents }: LocalChange): Promise<void> {
    const known = (await this.meta('highestNumber')) ?? 0;
    const highest = incidents.reduce((most, { value }) => Math.max(most, parseNumber(value.number) ?? 0), known);
    if (highest > known) await this.db.meta.put({ key: 'highestNumber', value: highest });
  }

  private async dropBefore(load: number): Promise<Pick<Applied, 'dropped' | 'droppedRecords'>> {
    const { db } = this;
    const dropped = await db.incidents.where('load').below(load).primaryKeys();
    await this.remove(dropped);
    const records = (await db.records.toArray()).filter((row) => row.load < load);
    await db.records.bulkDelete(records.map(({ kind, id }): [DirectoryKind, Id] => [kind, id]));
    const matrix = await this.meta('matrix');
    if (matrix && matrix.load < load) await db.meta.delete('matrix');
    return { dropped, droppedRecords: records.map(({ kind, id }) => ({ kind, id })) };
  }
}

const NOTHING_GONE = { dropped: [], droppedRecords: [] } as const;

/** Entries come in the log's order; those that share a seq are told apart by their place among each other. */
function entryRows(subjectId: Id, entries: readonly Activity[]): SharedActivityRow[] {
  const places = new Map<number, number>();
  return entries.map((activity) => {
    const seq = activity.seq ?? 0;
    const index = places.get(seq) ?? 0;
    places.set(seq, index + 1);
    return { subjectId, seq, index, activity };
  });
}
