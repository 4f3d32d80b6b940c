import type { PullAnswer, PullQuery, WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { inLogOrder } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { World } from './log-world.suite.ts';

/** What came since a first load began. */
interface Fresh {
  readonly rows: Set<Id>;
  readonly records: Set<string>;
  readonly whole: Set<Id>;
}

/** A desk in its smallest form: applies pages as `PullAnswer` says, and checks what a page promises. */
export class Replica {
  readonly person: Id;
  /** What it keeps of its person's view; nothing said: all. */
  keeps: Pick<PullQuery, 'scope' | 'beside'> = {};
  cursor = '';
  throughSeq = 0;
  matrix: PullAnswer['matrix'] = null;
  readonly rows = new Map<Id, Incident>();
  readonly records = new Map<string, WireRecord>();
  readonly timelines = new Map<Id, Map<Id, Activity>>();
  readonly whole = new Set<Id>();
  #fresh: Fresh | null = null;

  constructor(person: Id, keeps: Pick<PullQuery, 'scope' | 'beside'> = {}) {
    this.person = person;
    this.keeps = keeps;
  }

  get isLoading(): boolean {
    return this.#fresh !== null;
  }

  apply(page: PullAnswer): void {
    if (page.begins) this.#fresh = { rows: new Set(), records: new Set(), whole: new Set() };
    for (const id of page.removed) this.#drop(id);
    if (page.begins || page.matrix !== null) this.matrix = page.matrix;
    for (const record of page.records) this.#record(record);
    for (const row of page.incidents) this.#row(row);
    for (const activity of page.activities) this.#join(activity, page);
    for (const id of page.whole) {
      this.whole.add(id);
      this.#fresh?.whole.add(id);
    }
    this.cursor = page.cursor;
    this.throughSeq = page.throughSeq;
    if (page.ends) this.#purge();
  }

  async pull(world: World, limit?: number): Promise<PullAnswer> {
    const page = await world.page(this.person, this.cursor, limit, this.keeps);
    this.apply(page);
    return page;
  }

  async catchUp(world: World, limit?: number): Promise<this> {
    for (let pages = 0; pages < 10_000; pages++) if (!(await this.pull(world, limit)).more) return this;
    throw new Error('the pages have no end');
  }

  timeline(id: Id): readonly Activity[] {
    return inLogOrder([...(this.timelines.get(id)?.values() ?? [])]);
  }

  /** All that is held, to compare one desk with another. */
  get held(): unknown {
    const sorted = <T>(entries: Iterable<readonly [string, T]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      rows: sorted(this.rows),
      records: sorted(this.records),
      timelines: sorted(
        [...this.timelines.keys()].map((id) => [
          id,
          this.timeline(id)
            .map((entry) => entry.id)
            .sort(),
        ]),
      ),
      whole: [...this.whole].sort(),
      matrix: this.matrix,
    };
  }

  #drop(id: Id): void {
    this.rows.delete(id);
    this.timelines.delete(id);
    this.whole.delete(id);
    for (const ids of [this.#fresh?.rows, this.#fresh?.whole]) ids?.delete(id);
  }

  #record(record: WireRecord): void {
    const key = `${record.kind} ${record.record.id}`;
    const isFirst = this.#fresh !== null && !this.#fresh.records.has(key);
    if (isFirst || (this.records.get(key)?.seq ?? 0) <= record.seq) this.records.set(key, record);
    this.#fresh?.records.add(key);
  }

  #row(row: Incident): void {
    const isFirst = this.#fresh !== null && !this.#fresh.rows.has(row.id);
    if (isFirst) {
      this.timelines.delete(row.id);
      this.whole.delete(row.id);
    }
    if (isFirst || (this.rows.get(row.id)?.throughSeq ?? 0) <= row.throughSeq) this.rows.set(row.id, row);
    this.#fresh?.rows.add(row.id);
  }

  #join(activity: Activity, page: PullAnswer): void {
    const { id } = activity.subject;
    const row = page.incidents.find((incident) => incident.id === id);
    if (row === undefined || row.throughSeq < (activity.seq ?? 0)) throw new Error('an entry comes with its row');
    const timeline = this.timelines.get(id) ?? new Map<Id, Activity>();
    this.timelines.set(id, timeline.set(activity.id, activity));
  }

  /** What did not come again is not this desk's any more. */
  #purge(): void {
    const fresh = this.#fresh;
    if (fresh === null) throw new Error('only what has begun can end');
    for (const id of this.rows.keys()) if (!fresh.rows.has(id)) this.#drop(id);
    for (const id of this.whole) if (!fresh.whole.has(id)) this.whole.delete(id);
    for (const key of this.records.keys()) if (!fresh.records.has(key)) this.records.delete(key);
    this.#fresh = null;
  }
}
