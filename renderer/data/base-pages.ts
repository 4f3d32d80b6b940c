import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { BaseLocator } from './base-locator.ts';
import type { DeskDb } from './desk-db.ts';
import { idHash } from './id-hash.ts';
import { packLines, unpackLines } from './packed-lines.ts';
import type { BaseHashRow, BaseHistoryRow, BasePageRow } from './rows.ts';

/** A page as a stage line and a snapshot page carry it: everything an import knows about some incidents. */
export interface BasePage {
  readonly page: BasePageRow;
  readonly history: BaseHistoryRow;
}

export const hashRow = (page: BasePageRow): BaseHashRow => ({
  page: page.page,
  hashes: Uint32Array.from(page.ids, idHash),
});

/** Few enough that one incident of a list costs little to unpack. Stored in the database: never change it. */
const ROWS_PER_PACK = 16;

export async function packRows(rows: readonly string[]): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const packs: Promise<Uint8Array<ArrayBuffer>>[] = [];
  for (let at = 0; at < rows.length; at += ROWS_PER_PACK) packs.push(packLines(rows.slice(at, at + ROWS_PER_PACK)));
  return Promise.all(packs);
}

/** The incidents of a page, as their import folded them. */
export async function incidentsOf(page: BasePageRow): Promise<readonly Incident[]> {
  const lines = await Promise.all(page.rows.map(unpackLines));
  return lines.flat().map((line) => JSON.parse(line));
}

/** A page whose packs are unpacked when one of their rows is asked for. */
interface OpenPage {
  readonly row: BasePageRow;
  readonly packs: Map<number, Promise<readonly string[]>>;
}

async function lineAt({ row, packs }: OpenPage, at: number): Promise<string | undefined> {
  const pack = Math.floor(at / ROWS_PER_PACK);
  const bytes = row.rows[pack];
  if (!bytes) return undefined;
  const lines = packs.get(pack) ?? unpackLines(bytes);
  packs.set(pack, lines);
  return (await lines)[at % ROWS_PER_PACK];
}

/** The few pages read last stay unpacked, because neighbours are read together (a list, an import that comes again). */
const KEPT_PAGES = 64;
const KEPT_HISTORIES = 8;

/** Reads single incidents and timelines out of the immutable pages of imports. */
export class BasePages {
  private readonly pages = new Map<string, OpenPage>();
  private readonly histories = new Map<string, readonly string[]>();
  private readonly db: DeskDb;
  private locator: BaseLocator;

  private constructor(db: DeskDb, locator: BaseLocator) {
    this.db = db;
    this.locator = locator;
  }

  static async load(db: DeskDb): Promise<BasePages> {
    return new BasePages(db, BaseLocator.of(await db.baseHashes.toArray()));
  }

  async reload(): Promise<void> {
    this.locator = BaseLocator.of(await this.db.baseHashes.toArray());
    this.pages.clear();
    this.histories.clear();
  }

  noteAdded(pages: readonly BasePage[]): void {
    for (const { page } of pages) this.locator.add(hashRow(page));
  }

  /** Adds the incidents as their import folded them, but for those that a stage still open brought. */
  async collect(ids: readonly Id[], hidden: ReadonlySet<Id>, found: Map<Id, Incident>): Promise<void> {
    const pages = (await this.pagesWith(ids)).filter(({ page }) => !hidden.has(page.row.stageId));
    const places = pages.flatMap(({ page, wanted }) => wanted.map(({ id, at }) => ({ id, line: lineAt(page, at) })));
    for (const { id, line } of places) {
      const text = await line;
      if (text !== undefined) found.set(id, JSON.parse(text));
    }
  }

  /** Activities of the import, in source order, with the lsn of their import as seq. */
  async timeline(id: Id, hidden: ReadonlySet<Id>): Promise<readonly Activity[]> {
    const [found] = await this.pagesWith([id]);
    const at = found?.wanted[0]?.at;
    if (!found || at === undefined || hidden.has(found.page.row.stageId)) return [];
    const { page, lsn } = found.page.row;
    const activities = activitiesOf((await this.history(page))[at]);
    return activities.map((activity) => ({ ...activity, seq: lsn }));
  }

  /** Ids of the activities each of these incidents came with, pages of open stages included. */
  async activityIds(ids: readonly Id[]): Promise<Map<Id, Set<Id>>> {
    const held = new Map<Id, Set<Id>>();
    for (const { page, wanted } of await this.pagesWith(ids)) {
      const history = await this.history(page.row.page);
      for (const { id, at } of wanted) held.set(id, new Set(activitiesOf(history[at]).map((activity) => activity.id)));
    }
    return held;
  }

  /** Pages that hold some of `ids`, and where. Two ids may share a hash, so a page may turn out to hold none. */
  private async pagesWith(ids: readonly Id[]) {
    const asked = new Set(ids);
    const keys = [...new Set(ids.flatMap((id) => this.locator.candidates(id)))];
    const pages = await this.open(keys);
    return pages.flatMap((page) => {
      const wanted = page.row.ids.flatMap((id, at) => (asked.has(id) ? [{ id, at }] : []));
      return wanted.length > 0 ? [{ page, wanted }] : [];
    });
  }

  private async open(keys: readonly string[]): Promise<readonly OpenPage[]> {
    const missing = keys.filter((key) => !this.pages.has(key));
    const kept = keys.flatMap((key) => this.pages.get(key) ?? []);
    const rows = missing.length > 0 ? await this.db.basePages.bulkGet(missing) : [];
    const opened = rows.flatMap((row): OpenPage[] => (row ? [{ row, packs: new Map() }] : []));
    for (const page of opened) keepNewest(this.pages, page.row.page, page, KEPT_PAGES);
    return [...kept, ...opened];
  }

  private async history(key: string): Promise<readonly string[]> {
    const kept = this.histories.get(key);
    if (kept) return kept;
    const row = await this.db.baseHistories.get(key);
    const lines = row ? await unpackLines(row.lines) : [];
    keepNewest(this.histories, key, lines, KEPT_HISTORIES);
    return lines;
  }
}

const activitiesOf = (line: string | undefined): readonly Activity[] => JSON.parse(line ?? '[]');

function keepNewest<Row>(kept: Map<string, Row>, key: string, row: Row, limit: number): void {
  kept.delete(key);
  kept.set(key, row);
  const oldest = kept.keys().next().value;
  if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
}
