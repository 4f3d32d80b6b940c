import type { Activity, Id } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { type BasePage, BasePages, hashRow, incidentsOf } from './base-pages.ts';
import type { DeskDb } from './desk-db.ts';
import { BUCKETS, bucketOf } from './id-hash.ts';
import { AbortedWrite } from './open-failure.ts';
import type {
  ActivityRow,
  Applied,
  CommandRow,
  CommittedStage,
  Configuration,
  DirectoryRow,
  MetaKey,
  MetaValues,
} from './rows.ts';
import type { SyncRow } from './sync-records.ts';

/** Everything one transaction brings to the database. `applied` says how far that takes it. */
export interface StoreBatch {
  readonly incidents: readonly Incident[];
  readonly activities: readonly { readonly index: number; readonly activity: Activity }[];
  readonly directory: readonly DirectoryRow[];
  readonly commands: readonly CommandRow[];
  readonly alerts: readonly AlertRecord[];
  readonly sync: readonly SyncRow[];
  readonly configuration: Configuration | null;
  readonly stages: readonly CommittedStage[] | null;
  readonly applied: Applied;
}

const LAST = Number.MAX_SAFE_INTEGER;

/** Reading and writing the desk database in the terms of the engine. Errors of the database are thrown as they are. */
export class DeskStore {
  readonly db: DeskDb;
  private readonly base: BasePages;
  /** Stages of imports that are not committed: their pages lie in the tables and are nobody's yet. */
  private readonly hidden = new Set<Id>();

  private constructor(db: DeskDb, base: BasePages) {
    this.db = db;
    this.base = base;
  }

  static async on(db: DeskDb): Promise<DeskStore> {
    return new DeskStore(db, await BasePages.load(db));
  }

  async meta<K extends MetaKey>(key: K): Promise<MetaValues[K] | undefined> {
    const row = await this.db.meta.get(key);
    return row?.value as MetaValues[K] | undefined;
  }

  /** Those of `ids` that are there, in no particular order. */
  async incidents(ids: readonly Id[]): Promise<ReadonlyMap<Id, Incident>> {
    const found = new Map<Id, Incident>();
    const rows = await this.db.incidents.bulkGet(ids.map((id): [number, Id] => [bucketOf(id), id]));
    for (const row of rows) if (row) found.set(row.id, row.incident);
    const imported = ids.filter((id) => !found.has(id));
    if (imported.length > 0) await this.base.collect(imported, this.hidden, found);
    return found;
  }

  async timeline(id: Id): Promise<readonly Activity[]> {
    const [imported, later] = await Promise.all([this.base.timeline(id, this.hidden), this.activityRows(id)]);
    return [...imported, ...later.map((row) => row.activity)];
  }

  /**
   * Ids of all activities that each of these incidents has, those of an import still going on included: what comes
   * again is left out by them. `changed` names the incidents that have activities beside those of their import.
   */
  async activityIds(ids: readonly Id[], changed: (id: Id) => boolean): Promise<ReadonlyMap<Id, Set<Id>>> {
    const held = await this.base.activityIds(ids);
    for (const id of ids.filter(changed)) {
      const later = await this.activityRows(id);
      held.set(id, new Set([...(held.get(id) ?? []), ...later.map((row) => row.activity.id)]));
    }
    return held;
  }

  private activityRows(id: Id): Promise<readonly ActivityRow[]> {
    const bucket = bucketOf(id);
    return this.db.activities.where(':id').between([bucket, id, 0, 0], [bucket, id, LAST, LAST]).toArray();
  }

  async commands(ids: readonly Id[]): Promise<readonly CommandRow[]> {
    return (await this.db.commands.bulkGet([...ids])).flatMap((row) => row ?? []);
  }

  directory(): Promise<readonly DirectoryRow[]> {
    return this.db.directory.toArray();
  }

  alerts(): Promise<readonly AlertRecord[]> {
    return this.db.alerts.toArray();
  }

  /** What happened to this desk's share, in its order. */
  sync(): Promise<readonly SyncRow[]> {
    return this.db.sync.toArray();
  }

  async dropAlerts(ids: readonly Id[]): Promise<void> {
    await this.db.alerts.bulkDelete([...ids]);
  }

  /**
   * Every visible incident once, in batches. Base pages first: a row of its own replaces the imported one, whose id
   * is skipped.
   */
  async *incidentBatches(): AsyncGenerator<readonly Incident[]> {
    const changed = new Set((await this.db.incidents.toCollection().primaryKeys()).map(([, id]) => id));
    for (const page of await this.db.basePages.toCollection().primaryKeys()) {
      const row = await this.db.basePages.get(page);
      if (!row || this.hidden.has(row.stageId)) continue;
      yield (await incidentsOf(row)).filter((incident) => !changed.has(incident.id));
    }
    for (let bucket = 0; changed.size > 0 && bucket < BUCKETS; bucket += 16) {
      const rows = await this.db.incidents
        .where(':id')
        .between([bucket, ''], [bucket + 16, ''])
        .toArray();
      yield rows.map((row) => row.incident);
    }
  }

  /** One transaction; afterwards the database stands at `batch.applied`. */
  async apply(batch: StoreBatch): Promise<void> {
    await this.write(batch, batch.applied);
  }

  /** Rows alone: while a snapshot is read back, nothing says yet how far the database is. */
  async put(rows: Omit<StoreBatch, 'applied'>): Promise<void> {
    await this.write(rows, null);
  }

  private async write(batch: Omit<StoreBatch, 'applied'>, applied: Applied | null): Promise<void> {
    const { db } = this;
    const incidents = batch.incidents.map((incident) => ({ bucket: bucketOf(incident.id), id: incident.id, incident }));
    const tables = [db.incidents, db.activities, db.directory, db.commands, db.alerts, db.sync, db.meta];
    let given: IDBTransaction | undefined;
    const writing = db.transaction('rw', tables, async ({ idbtrans }) => {
      given = idbtrans;
      // One command writes three rows: tables it does not touch are not asked.
      await Promise.all([
        incidents.length > 0 && db.incidents.bulkPut(incidents),
        batch.activities.length > 0 && db.activities.bulkPut(batch.activities.map(activityRow)),
        batch.directory.length > 0 && db.directory.bulkPut([...batch.directory]),
        batch.commands.length > 0 && db.commands.bulkPut([...batch.commands]),
        batch.alerts.length > 0 && db.alerts.bulkPut([...batch.alerts]),
        batch.sync.length > 0 && db.sync.bulkPut([...batch.sync]),
        applied && db.meta.put({ key: 'applied', value: applied }),
        batch.configuration && db.meta.put({ key: 'configuration', value: batch.configuration }),
        batch.stages && db.meta.put({ key: 'stages', value: batch.stages }),
      ]);
    });
    await writing.catch((cause: unknown) => {
      throw given?.error ? new AbortedWrite(given.error) : cause;
    });
  }

  /** Pages of a stage that is still open are written as they come; `hide` keeps them out of every answer. */
  hide(stageId: Id): void {
    this.hidden.add(stageId);
  }

  show(stageId: Id): void {
    this.hidden.delete(stageId);
  }

  async putBasePages(pages: readonly BasePage[]): Promise<void> {
    const { db } = this;
    await db.transaction('rw', db.basePages, db.baseHistories, db.baseHashes, async () => {
      await db.basePages.bulkPut(pages.map(({ page }) => page));
      await db.baseHistories.bulkPut(pages.map(({ history }) => history));
      await db.baseHashes.bulkPut(pages.map(({ page }) => hashRow(page)));
    });
    this.base.noteAdded(pages);
  }

  async basePageKeys(): Promise<readonly string[]> {
    return this.db.baseHashes.toCollection().primaryKeys();
  }

  /** The incidents of one page as imported; none when there is no such page. */
  async importedIncidents(key: string): Promise<readonly Incident[]> {
    const row = await this.db.basePages.get(key);
    return row ? incidentsOf(row) : [];
  }

  async basePage(key: string): Promise<BasePage | undefined> {
    const [page, history] = await Promise.all([this.db.basePages.get(key), this.db.baseHistories.get(key)]);
    return page && history ? { page, history } : undefined;
  }

  /** Removes what imports left that never came to their commit. */
  async dropStagesExcept(stageIds: ReadonlySet<Id>): Promise<number> {
    const keys = (await this.basePageKeys()).filter((key) => !stageIds.has(stageOf(key)));
    await this.dropPages(keys);
    return keys.length;
  }

  async dropStage(stageId: Id): Promise<void> {
    await this.dropPages((await this.basePageKeys()).filter((key) => stageOf(key) === stageId));
    this.hidden.delete(stageId);
  }

  private async dropPages(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const { db } = this;
    await db.transaction('rw', db.basePages, db.baseHistories, db.baseHashes, async () => {
      await Promise.all([db.basePages, db.baseHistories, db.baseHashes].map((table) => table.bulkDelete([...keys])));
    });
    await this.base.reload();
  }

  /** Commands older than `lsn` are forgotten: nobody can resend or undo them any more. */
  async forgetCommandsBelow(lsn: number): Promise<number> {
    return this.db.commands.where('lsn').below(lsn).delete();
  }

  /** Answers how many rows there were. */
  async forgetSyncBelow(lsn: number): Promise<number> {
    return this.db.sync.where('lsn').below(lsn).delete();
  }

  async checkpoint(key: string): Promise<unknown> {
    return (await this.db.indexCheckpoint.get(key))?.value;
  }

  async putCheckpoint(key: string, value: unknown): Promise<void> {
    await this.db.indexCheckpoint.put({ key, value });
  }

  /** All later rows of one bucket, for a snapshot. */
  async bucket(bucket: number): Promise<{ incidents: readonly Incident[]; activities: StoreBatch['activities'] }> {
    const [incidents, activities] = await Promise.all([
      this.db.incidents
        .where(':id')
        .between([bucket, ''], [bucket + 1, ''])
        .toArray(),
      this.db.activities
        .where(':id')
        .between([bucket, '', 0, 0], [bucket + 1, '', 0, 0])
        .toArray(),
    ]);
    return {
      incidents: incidents.map((row) => row.incident),
      activities: activities.map(({ index, activity }) => ({ index, activity })),
    };
  }

  async directoryOf(kind: DirectoryKind): Promise<readonly DirectoryRow[]> {
    return this.db.directory.where(':id').between([kind, ''], [kind, '\uffff']).toArray();
  }

  /** Accepted commands whose lsn is at least `from` and below `to`. */
  commandsBetween(from: number, to: number): Promise<readonly CommandRow[]> {
    return this.db.commands.where('lsn').between(from, to, true, false).toArray();
  }

  async oldestCommandLsn(): Promise<number | null> {
    return (await this.db.commands.orderBy('lsn').first())?.lsn ?? null;
  }

  close(): void {
    this.db.close();
  }
}

const stageOf = (page: string): Id => page.slice(0, page.indexOf('/'));

const activityRow = ({ index, activity }: StoreBatch['activities'][number]) => ({
  bucket: bucketOf(activity.subject.id),
  subjectId: activity.subject.id,
  seq: activity.seq ?? 0,
  index,
  activity,
});
