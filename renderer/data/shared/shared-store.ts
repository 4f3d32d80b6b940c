import { Dexie } from 'dexie';
import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { parseNumber } from '#domain/incident/numbering.ts';
import { AbortedWrite } from '#renderer/data/open-failure.ts';
import type { ClientStore, Held, HeldMatrix, HeldTimeline, LocalChange, Position } from '#sync/client/ports.ts';
import { NOWHERE } from '#sync/client/ports.ts';
import { type CommandPlace, CommandPlaces, hashesAt, placeKey } from './command-places.ts';
import type { CommandHashesRow, SharedDb, SharedMeta, SharedTimeline } from './shared-db.ts';
import { type Afterwards, Shelf } from './shelf.ts';

/** What a change did beyond what it says itself. */
export interface Applied {
  /** Rows as they were, of those that it changed or removed; none while a first load goes on. */
  readonly before: ReadonlyMap<Id, Incident>;
  /** Incidents that went with an earlier first load. */
  readonly dropped: readonly Id[];
  readonly droppedRecords: readonly { readonly kind: DirectoryKind; readonly id: Id }[];
  /** As they are now. */
  readonly matrix: Held<HeldMatrix> | null;
  readonly highestNumber: number;
}

/** What is confirmed of a shared log, in Dexie: all but the outbox of a `ClientStore`. */
export class SharedStore implements Omit<ClientStore, 'frames' | 'append' | 'apply'> {
  private readonly db: SharedDb;
  private readonly rows: Shelf<Incident>;
  private readonly histories: Shelf<SharedTimeline>;
  private readonly commands: CommandPlaces;
  /** The number of the next block. */
  private next: number;

  private constructor(
    db: SharedDb,
    shelves: { rows: Shelf<Incident>; histories: Shelf<SharedTimeline> },
    commands: CommandPlaces,
    next: number,
  ) {
    this.db = db;
    this.rows = shelves.rows;
    this.histories = shelves.histories;
    this.commands = commands;
    this.next = next;
  }

  /** The database is open. Errors of it are thrown as they are. */
  static async open(db: SharedDb): Promise<SharedStore> {
    const [blocks, hashes] = await Promise.all([db.blocks.toArray(), db.commandHashes.toArray()]);
    const rows = await Shelf.open(db, 'incidents', db.incidents, blocks);
    const histories = await Shelf.open(db, 'timelines', db.timelines, blocks);
    const next = (blocks.at(-1)?.block ?? 0) + 1;
    return new SharedStore(db, { rows, histories }, CommandPlaces.of(hashes), next);
  }

  async position(): Promise<Position> {
    return (await this.meta('position')) ?? NOWHERE;
  }

  incidents(ids: readonly Id[]): Promise<ReadonlyMap<Id, Held<Incident>>> {
    return this.rows.get(ids);
  }

  async timelines(ids: readonly Id[]): Promise<ReadonlyMap<Id, HeldTimeline>> {
    const held = await this.histories.get(ids.filter((id) => this.isTold(id)));
    return new Map([...held].map(([id, { load, value }]) => [id, { load, ...value }]));
  }

  /** Those of these incidents whose whole timeline is here. */
  async withWholeTimeline(ids: readonly Id[]): Promise<ReadonlySet<Id>> {
    const held = await this.timelines(ids);
    return new Set([...held].flatMap(([id, { whole }]) => (whole ? [id] : [])));
  }

  /** A timeline of an earlier first load than its row's is not that row's. */
  private isTold(id: Id): boolean {
    return this.rows.has(id) && this.rows.load(id) === this.histories.load(id);
  }

  async incidentsOf(commandIds: readonly Id[]): Promise<ReadonlyMap<Id, readonly Id[]>> {
    const found = new Map<Id, readonly Id[]>();
    const said = new Map<number, Promise<ReadonlyMap<Id, string>>>();
    const linesOf = (block: number) => {
      const lines = said.get(block) ?? this.histories.linesOf(block);
      said.set(block, lines);
      return lines;
    };
    for (const commandId of new Set(commandIds)) {
      const mayName = new Set<Id>();
      for (const place of this.commands.naming(commandId)) {
        if ('incident' in place) mayName.add(place.incident);
        else
          for (const [id, line] of await linesOf(place.block)) {
            if (line.includes(JSON.stringify(commandId))) mayName.add(id);
          }
      }
      const held = await this.timelines([...mayName]);
      const acted = [...held].filter(([, { entries }]) => entries.some(({ cause }) => cause?.commandId === commandId));
      if (acted.length > 0)
        found.set(
          commandId,
          acted.map(([id]) => id),
        );
    }
    return found;
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
  incidentBatches(): AsyncGenerator<readonly Incident[]> {
    return this.rows.all();
  }

  /** One transaction: rows and cursor, or neither. Errors of the database are thrown as they are. */
  async apply(change: LocalChange): Promise<Applied> {
    const { db } = this;
    let given: IDBTransaction | undefined;
    const afterwards: Afterwards[] = [];
    const writing = db.transaction('rw', db.tables, async ({ idbtrans }) => {
      given = idbtrans;
      afterwards.length = 0;
      const before = await this.replacedBy(change);
      afterwards.push(await this.rows.remove(change.removed), await this.histories.remove(change.removed));
      await this.forgetCommands(change.removed.map((incident) => ({ incident })));
      afterwards.push(...(isOfLoad(change) ? await this.putBlocks(change) : await this.putLoose(change)));
      await db.records.bulkPut(
        change.records.map(({ load, value }) => ({ kind: value.kind, id: value.record.id, load, value })),
      );
      if (change.matrix) await db.meta.put({ key: 'matrix', value: change.matrix });
      await this.raiseNumber(change);
      const gone = change.dropBefore === null ? NOTHING_GONE : await this.dropBefore(change, change.dropBefore);
      afterwards.push(...gone.afterwards);
      await db.meta.put({ key: 'position', value: change.position });
      const { dropped, droppedRecords } = gone;
      const [matrix, highestNumber] = [await this.matrix(), await this.highestNumber()];
      return { before, dropped, droppedRecords, matrix, highestNumber };
    });
    const applied = await writing.catch((cause: unknown) => {
      throw given?.error ? new AbortedWrite(given.error) : cause;
    });
    for (const then of afterwards) then();
    return applied;
  }

  /** See `SharedDb.onDamaged`. */
  onDamaged(listener: () => void): void {
    this.db.onDamaged(listener);
  }

  async isDamaged(): Promise<boolean> {
    return (await this.meta('damaged')) ?? false;
  }

  /** Durable: whoever opens it next knows. A write in which it was found is given up, and this is none of it. */
  async markDamaged(): Promise<void> {
    await Dexie.ignoreTransaction(() => this.db.meta.put({ key: 'damaged', value: true }));
  }

  close(): void {
    this.db.close();
  }

  private async meta<K extends keyof SharedMeta>(key: K): Promise<SharedMeta[K] | undefined> {
    return (await this.db.meta.get(key))?.value as SharedMeta[K] | undefined;
  }

  private async replacedBy(change: LocalChange): Promise<ReadonlyMap<Id, Incident>> {
    if (isOfLoad(change)) return new Map();
    const touched = [...change.removed, ...change.incidents.map(({ value }) => value.id), ...change.timelines.keys()];
    const held = await this.rows.get([...new Set(touched)]);
    return new Map([...held].map(([id, { value }]) => [id, value]));
  }

  /** A page of a first load: hundreds of rows, of which few are here. */
  private async putBlocks(change: LocalChange): Promise<readonly Afterwards[]> {
    const { load } = change.position;
    const incidents = change.incidents.map(({ value }) => [value.id, value] as const);
    const rows = await this.rows.putBlocks(this.next, load, incidents);
    const told = this.timelinesIn(change).map(([id, { whole, entries }]) => [id, { whole, entries }] as const);
    const histories = await this.histories.putBlocks(this.next + rows.blocks.length, load, told);
    const hashes = histories.blocks.map(({ block, ids }) =>
      hashesAt(
        { block },
        ids.flatMap((id) => commandsIn(change.timelines.get(id)?.entries ?? [])),
      ),
    );
    await this.db.commandHashes.bulkPut(hashes);
    const next = this.next + rows.blocks.length + histories.blocks.length;
    const noted = () => {
      this.next = next;
      this.noteCommands(hashes);
    };
    return [rows.afterwards, histories.afterwards, noted];
  }

  private async putLoose(change: LocalChange): Promise<readonly Afterwards[]> {
    const rows = await this.rows.put(change.incidents.map((held) => [held.value.id, held] as const));
    const told = this.timelinesIn(change);
    const histories = await this.histories.put(
      told.map(([id, { load, whole, entries }]) => [id, { load, value: { whole, entries } }] as const),
    );
    const hashes = told.map(([incident, { entries }]) => hashesAt({ incident }, commandsIn(entries)));
    await this.db.commandHashes.bulkPut(hashes);
    return [rows, histories, () => this.noteCommands(hashes)];
  }

  private async forgetCommands(places: readonly CommandPlace[]): Promise<void> {
    await this.db.commandHashes.bulkDelete(places.map(placeKey));
  }

  private noteCommands(hashes: readonly CommandHashesRow[]): void {
    for (const row of hashes) this.commands.note(row);
  }

  /** Timelines of what is here once the change is. */
  private timelinesIn({ incidents, timelines }: LocalChange): readonly (readonly [Id, HeldTimeline])[] {
    const arrived = new Set(incidents.map(({ value }) => value.id));
    return [...timelines].filter(([id]) => arrived.has(id) || this.rows.has(id));
  }

  private async raiseNumber({ incidents }: LocalChange): Promise<void> {
    const known = (await this.meta('highestNumber')) ?? 0;
    const highest = incidents.reduce((most, { value }) => Math.max(most, parseNumber(value.number) ?? 0), known);
    if (highest > known) await this.db.meta.put({ key: 'highestNumber', value: highest });
  }

  private async dropBefore(change: LocalChange, load: number) {
    const { db } = this;
    const arrived = new Set(change.incidents.map(({ value }) => value.id));
    const rows = await this.rows.dropBefore(load, arrived);
    const histories = await this.histories.dropBefore(load, new Set(change.timelines.keys()));
    await this.forgetCommands(histories.blocks.map((block) => ({ block })));
    await this.forgetCommands(histories.ids.map((incident) => ({ incident })));
    const records = (await db.records.toArray()).filter((row) => row.load < load);
    await db.records.bulkDelete(records.map(({ kind, id }): [DirectoryKind, Id] => [kind, id]));
    const matrix = await this.meta('matrix');
    if (matrix && matrix.load < load) await db.meta.delete('matrix');
    const droppedRecords = records.map(({ kind, id }) => ({ kind, id }));
    return { dropped: rows.ids, droppedRecords, afterwards: [rows.afterwards, histories.afterwards] };
  }
}

const NOTHING_GONE = { dropped: [], droppedRecords: [], afterwards: [] } as const;

const isOfLoad = ({ position, dropBefore }: LocalChange): boolean => position.loading !== null || dropBefore !== null;

const commandsIn = (entries: readonly Activity[]): readonly Id[] =>
  entries.flatMap(({ cause }) => (cause === null ? [] : [cause.commandId]));
