import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { BaseLocator } from './base-locator.ts';
import type { DeskDb } from './desk-db.ts';
import { idHash } from './id-hash.ts';
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

/** The few pages read last, because neighbours are read together (a queue page, an import that comes again). */
const KEPT_PAGES = 16;

/** Reads single incidents and timelines out of the immutable pages of imports. */
export class BasePages {
  private readonly pages = new Map<string, BasePageRow>();
  private readonly histories = new Map<string, BaseHistoryRow>();

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
    const wanted = new Set(ids);
    const keys = [...new Set(ids.flatMap((id) => this.locator.candidates(id)))];
    for (const row of await this.pagesOf(keys)) {
      if (hidden.has(row.stageId)) continue;
      for (const [at, id] of row.ids.entries()) {
        const text = wanted.has(id) ? row.rows[at] : undefined;
        if (text !== undefined) found.set(id, JSON.parse(text));
      }
    }
  }

  private async pagesOf(keys: readonly string[]): Promise<readonly BasePageRow[]> {
    const kept = keys.flatMap((key) => this.pages.get(key) ?? []);
    const missing = keys.filter((key) => !this.pages.has(key));
    const read = (await this.db.basePages.bulkGet([...missing])).flatMap((row) => row ?? []);
    for (const row of read) remember(this.pages, row.page, row);
    return [...kept, ...read];
  }

  /** Activities of the import, in source order, with the lsn of their import as seq. */
  async timeline(id: Id, hidden: ReadonlySet<Id>): Promise<readonly Activity[]> {
    const found = await this.locate(id);
    if (!found || hidden.has(found.row.stageId)) return [];
    const history = await this.history(found.row.page);
    const activities: readonly Activity[] = JSON.parse(history?.lines[found.at] ?? '[]');
    return activities.map((activity) => ({ ...activity, seq: found.row.lsn }));
  }

  /** Ids of the activities each of these incidents came with, pages of open stages included. */
  async activityIds(ids: readonly Id[]): Promise<Map<Id, Set<Id>>> {
    const held = new Map<Id, Set<Id>>();
    const wanted = new Set(ids);
    const keys = [...new Set(ids.flatMap((id) => this.locator.candidates(id)))];
    for (const page of await this.pagesOf(keys)) {
      const history = page.ids.some((id) => wanted.has(id)) ? await this.history(page.page) : undefined;
      for (const [at, id] of page.ids.entries()) {
        if (!wanted.has(id)) continue;
        const activities: readonly Activity[] = JSON.parse(history?.lines[at] ?? '[]');
        held.set(id, new Set(activities.map((activity) => activity.id)));
      }
    }
    return held;
  }

  private async locate(id: Id): Promise<{ row: BasePageRow; at: number } | undefined> {
    for (const candidate of this.locator.candidates(id)) {
      const row = await this.page(candidate);
      const at = row?.ids.indexOf(id) ?? -1;
      if (row && at >= 0) return { row, at };
    }
    return undefined;
  }

  private page(key: string): Promise<BasePageRow | undefined> {
    return keep(this.pages, key, () => this.db.basePages.get(key));
  }

  private history(key: string): Promise<BaseHistoryRow | undefined> {
    return keep(this.histories, key, () => this.db.baseHistories.get(key));
  }
}

async function keep<Row>(kept: Map<string, Row>, key: string, read: () => Promise<Row | undefined>) {
  const row = kept.get(key) ?? (await read());
  if (row) remember(kept, key, row);
  return row;
}

function remember<Row>(kept: Map<string, Row>, key: string, row: Row): void {
  kept.delete(key);
  kept.set(key, row);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT_PAGES && oldest !== undefined) kept.delete(oldest);
}
