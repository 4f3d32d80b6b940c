import type { Table } from 'dexie';
import type { Id } from '#domain/activity/activity.ts';
import type { Held } from '#sync/client/ports.ts';
import { BlockCache, type BlockSaid } from './block-cache.ts';
import type { BlockRow, LooseRow, SharedDb, ShelfName } from './shared-db.ts';

/** Few enough that one row of a list costs little to read, and enough that a first load is hundreds of writes. */
const PER_BLOCK = 64;
const KEPT_BLOCKS = 64;
/** Timelines may be long. */
const KEPT_CHARACTERS = 8_000_000;

/** Looked up again when it was moved while it was read; more often than this it is gone. */
const LOOKS = 3;

/** Done once the transaction that it belongs to is complete. */
export type Afterwards = () => void;

/**
 * Things of one kind by their id. A first load brings them by the hundred and they are stored so, in blocks that stay
 * as they are; what changes later lies by itself. Which place is the newest of each is kept at hand, so that what is
 * not here is known without a look into the database. Writes belong into a transaction of the caller's.
 */
export class Shelf<T> {
  private readonly db: SharedDb;
  private readonly name: ShelfName;
  private readonly loose: Table<LooseRow<T>, Id>;
  /** Above 0: the number of the block. Below: it lies by itself, under the first load `-1 - place`. */
  private readonly places = new Map<Id, number>();
  private readonly loadOf = new Map<number, number>();
  private readonly read = new BlockCache(KEPT_BLOCKS, KEPT_CHARACTERS);

  private constructor(db: SharedDb, name: ShelfName, loose: Table<LooseRow<T>, Id>) {
    this.db = db;
    this.name = name;
    this.loose = loose;
  }

  static async open<T>(
    db: SharedDb,
    name: ShelfName,
    loose: Table<LooseRow<T>, Id>,
    blocks: readonly BlockRow[],
  ): Promise<Shelf<T>> {
    const shelf = new Shelf(db, name, loose);
    for (const row of blocks) if (row.shelf === name) shelf.noteBlock(row);
    const byLoad = loose.orderBy('load');
    const [loads, ids] = await Promise.all([byLoad.keys(), byLoad.primaryKeys()]);
    for (const [at, id] of ids.entries()) shelf.places.set(id, looseUnder(Number(loads[at])));
    return shelf;
  }

  has(id: Id): boolean {
    return this.places.has(id);
  }

  /** The first load under which it came; undefined: it is not here. */
  load(id: Id): number | undefined {
    const place = this.places.get(id);
    if (place === undefined) return undefined;
    return place > 0 ? this.loadOf.get(place) : -1 - place;
  }

  async get(ids: readonly Id[]): Promise<ReadonlyMap<Id, Held<T>>> {
    const found = new Map<Id, Held<T>>();
    for (let look = 0; look < LOOKS; look += 1) {
      const missing = ids.filter((id) => !found.has(id) && this.places.has(id));
      if (missing.length === 0) break;
      await this.lookUp(missing, found);
    }
    return found;
  }

  /** Everything, a block or a few hundred at a time. */
  async *all(): AsyncGenerator<readonly T[]> {
    const inBlocks = new Map<number, Id[]>();
    const alone: Id[] = [];
    for (const [id, place] of this.places) {
      if (place < 0) alone.push(id);
      else {
        const known = inBlocks.get(place);
        if (known) known.push(id);
        else inBlocks.set(place, [id]);
      }
    }
    const parts = [...inBlocks.values()];
    for (let at = 0; at < alone.length; at += PER_BLOCK) parts.push(alone.slice(at, at + PER_BLOCK));
    for (const part of parts) yield [...(await this.get(part)).values()].map(({ value }) => value);
  }

  /** Each by itself. */
  async put(rows: readonly (readonly [Id, Held<T>])[]): Promise<Afterwards> {
    await this.loose.bulkPut(rows.map(([id, { load, value }]) => ({ id, load, value })));
    return () => {
      for (const [id, { load }] of rows) this.places.set(id, looseUnder(load));
    };
  }

  /** In blocks from this number on; answers those besides. */
  async putBlocks(
    first: number,
    load: number,
    rows: readonly (readonly [Id, T])[],
  ): Promise<{ readonly blocks: readonly BlockRow[]; readonly afterwards: Afterwards }> {
    const blocks: BlockRow[] = [];
    const lines: { block: number; lines: readonly string[] }[] = [];
    for (let at = 0; at < rows.length; at += PER_BLOCK) {
      const part = rows.slice(at, at + PER_BLOCK);
      const block = first + blocks.length;
      blocks.push({ block, shelf: this.name, load, ids: part.map(([id]) => id) });
      lines.push({ block, lines: part.map(([, value]) => JSON.stringify(value)) });
    }
    await this.loose.bulkDelete(rows.flatMap(([id]) => ((this.places.get(id) ?? 0) < 0 ? [id] : [])));
    await this.db.blocks.bulkPut(blocks);
    await this.db.blockLines.bulkPut(lines);
    const afterwards = () => {
      for (const row of blocks) this.noteBlock(row);
    };
    return { blocks, afterwards };
  }

  /** Nothing of them stays, in no block either. */
  async remove(ids: readonly Id[]): Promise<Afterwards> {
    const gone = new Set(ids.filter((id) => this.has(id)));
    if (gone.size === 0) return () => undefined;
    await this.loose.bulkDelete([...gone]);
    const blocks = await this.db.blocks.toArray();
    const holding = blocks.filter((row) => row.shelf === this.name && row.ids.some((id) => gone.has(id)));
    for (const row of holding) await this.takeOut(row, gone);
    return () => {
      for (const id of gone) this.places.delete(id);
      for (const { block } of holding) this.read.delete(block);
    };
  }

  /**
   * Lets go of what came under an earlier first load than this, but for those `arrived` in the same transaction;
   * answers what is not here any more.
   */
  async dropBefore(
    load: number,
    arrived: ReadonlySet<Id>,
  ): Promise<{ readonly ids: readonly Id[]; readonly blocks: readonly number[]; readonly afterwards: Afterwards }> {
    const ids = [...this.places.keys()].filter((id) => !arrived.has(id) && (this.load(id) ?? 0) < load);
    const blocks = [...this.loadOf].filter(([, under]) => under < load).map(([block]) => block);
    await this.db.blocks.bulkDelete(blocks);
    await this.db.blockLines.bulkDelete(blocks);
    await this.loose.where('load').below(load).delete();
    const afterwards = () => {
      for (const id of ids) this.places.delete(id);
      for (const block of blocks) {
        this.loadOf.delete(block);
        this.read.delete(block);
      }
    };
    return { ids, blocks, afterwards };
  }

  /** Everything that a block says, by id: also what is said anew elsewhere. */
  async linesOf(block: number): Promise<BlockSaid> {
    return (await this.stored([block])).get(block) ?? new Map();
  }

  private noteBlock({ block, load, ids }: BlockRow): void {
    this.loadOf.set(block, load);
    for (const id of ids) if (id !== '') this.places.set(id, block);
  }

  private async lookUp(ids: readonly Id[], found: Map<Id, Held<T>>): Promise<void> {
    const alone = ids.filter((id) => (this.places.get(id) ?? 0) < 0);
    const inBlocks = ids.filter((id) => (this.places.get(id) ?? 0) > 0);
    const [rows, blocks] = await Promise.all([
      alone.length > 0 ? this.loose.bulkGet([...alone]) : [],
      this.readBlocks(new Set(inBlocks.map((id) => this.places.get(id) ?? 0))),
    ]);
    for (const row of rows) if (row) found.set(row.id, { load: row.load, value: row.value });
    for (const id of inBlocks) {
      const place = this.places.get(id) ?? 0;
      const value = this.parsed(place, blocks.get(place)?.get(id));
      if (value !== undefined) found.set(id, { load: this.loadOf.get(place) ?? 0, value });
    }
  }

  private parsed(block: number, line: string | undefined): T | undefined {
    if (line === undefined) return undefined;
    try {
      return JSON.parse(line);
    } catch {
      this.db.foundDamaged(block);
      return undefined;
    }
  }

  private async readBlocks(blocks: ReadonlySet<number>): Promise<ReadonlyMap<number, BlockSaid>> {
    const wanted = new Map<number, BlockSaid>();
    for (const block of blocks) {
      const kept = this.read.get(block);
      if (kept) wanted.set(block, kept);
    }
    const missing = [...blocks].filter((block) => !wanted.has(block));
    if (missing.length === 0) return wanted;
    for (const [block, said] of await this.stored(missing)) {
      wanted.set(block, said);
      // It may have gone while it was read.
      if (this.loadOf.has(block)) this.read.set(block, said);
    }
    return wanted;
  }

  /** What these blocks say, heads and lines of one moment; those that have gone are not among it. */
  private async stored(blocks: readonly number[]): Promise<ReadonlyMap<number, BlockSaid>> {
    const { db } = this;
    const [heads, all] = await db.transaction('r', db.blocks, db.blockLines, () =>
      Promise.all([db.blocks.bulkGet([...blocks]), db.blockLines.bulkGet([...blocks])]),
    );
    const found = new Map<number, BlockSaid>();
    for (const [index, block] of blocks.entries()) {
      const ids = heads[index]?.ids;
      if (ids === undefined) continue;
      const lines = all[index]?.lines ?? [];
      if (lines.length !== ids.length) db.foundDamaged(block);
      found.set(block, new Map(ids.flatMap((id, at) => (id === '' ? [] : [[id, lines[at] ?? ''] as const]))));
    }
    return found;
  }

  private async takeOut(row: BlockRow, gone: ReadonlySet<Id>): Promise<void> {
    const said = await this.linesOf(row.block);
    const ids = row.ids.map((id) => (gone.has(id) ? '' : id));
    await this.db.blocks.put({ ...row, ids });
    await this.db.blockLines.put({ block: row.block, lines: ids.map((id) => said.get(id) ?? '') });
  }
}

const looseUnder = (load: number): number => -1 - load;
