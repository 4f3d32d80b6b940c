import type { Id } from '#domain/activity/activity.ts';
import type { StoreBatch } from '#renderer/data/desk-store.ts';
import { storeIndexes } from './checkpoints.ts';
import type { LiveDesk } from './live-desk.ts';
import { readInBackground } from './search/background-reading.ts';
import type { SnapshotKeeper } from './snapshots.ts';

interface HousekeeperPorts {
  readonly desk: LiveDesk;
  readonly snapshots: SnapshotKeeper;
  /** Ends what takes long. */
  readonly ending: AbortController;
  elapsed(): number;
  breathe(): Promise<void>;
  after(milliseconds: number, callback: () => void): () => void;
  /** True while people or an import keep the engine busy with more than a change now and then. */
  busy(): boolean;
  /** Alerts too old to be looked up, forgotten by those who keep them. */
  expiredAlerts(): readonly Id[];
  /** Writes what the next start paints first. */
  storeFirstPage(): Promise<void>;
  /** What happened to the outbox is told in fewer words, if it can be. */
  retell(): Promise<void>;
  /** Files that were added and are named by no log. */
  settleFiles(): Promise<void>;
  failed(where: string, cause: unknown): void;
}

const QUIET_MS = 1_500;
/** Files that nobody names wait a day: that they wait some hours more harms nobody. */
const FILES_EVERY_MS = 6 * 3_600_000;
/** The indexes of the next start are kept anew after so many changes: a start reads at most these again. */
const CHANGES_PER_CHECKPOINT = 1_000;

/** What can wait: reading words, the first page, kept indexes, snapshots. Runs when nobody has asked for a while. */
export class Housekeeper {
  private readonly ports: HousekeeperPorts;
  private filesAt = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(ports: HousekeeperPorts) {
    this.ports = ports;
  }

  /** Begins with the words of old incidents, and goes on whenever it is quiet. */
  begin(): void {
    this.run('search', () => this.readWords());
    this.schedule();
  }

  written(batch: StoreBatch): void {
    this.ports.snapshots.written(batch);
    this.schedule();
  }

  /** Something the next start shows has changed, though nothing was written. */
  schedule(): void {
    if (this.ports.ending.signal.aborted) return;
    this.cancel?.();
    this.cancel = this.ports.after(QUIET_MS, () => {
      this.cancel = null;
      if (this.ports.busy()) this.schedule();
      else this.run('idle', () => this.tidy());
    });
  }

  /** Leaves everything for a quick start; for an explicit quit. */
  async finish(): Promise<void> {
    this.stop();
    await this.work;
    const { desk, snapshots } = this.ports;
    try {
      await this.ports.storeFirstPage();
      if (desk.store && this.isAlone && desk.lsn > desk.checkpointLsn)
        desk.checkpointLsn = await storeIndexes(desk, desk.store);
      if (snapshots.isDue(true)) await snapshots.take(true);
    } catch (cause) {
      this.ports.failed('finish', cause);
    }
  }

  /** Nothing more is begun. */
  stop(): void {
    this.ports.ending.abort();
    this.cancel?.();
    this.cancel = null;
  }

  private async tidy(): Promise<void> {
    const { desk, snapshots, elapsed } = this.ports;
    await this.ports.storeFirstPage();
    if (!desk.store || this.ports.ending.signal.aborted) return;
    const expired = this.ports.expiredAlerts();
    if (expired.length > 0) await desk.store.dropAlerts(expired);
    if (elapsed() - this.filesAt >= FILES_EVERY_MS) {
      this.filesAt = elapsed();
      await this.ports.settleFiles();
    }
    if (!desk.search.complete) await this.readWords();
    if (this.isAlone && this.isCheckpointDue()) desk.checkpointLsn = await storeIndexes(desk, desk.store);
    if (!snapshots.isDue(false)) return;
    await this.ports.retell();
    if (!this.ports.ending.signal.aborted) await snapshots.take();
  }

  /** The indexes of a desk that follows a server are no part of its own database. */
  private get isAlone(): boolean {
    return this.ports.desk.shared === null;
  }

  private isCheckpointDue(): boolean {
    const { desk } = this.ports;
    const imported = desk.stages.some((stage) => stage.commitLsn > desk.checkpointLsn);
    return imported || desk.lsn - desk.checkpointLsn >= CHANGES_PER_CHECKPOINT;
  }

  private async readWords(): Promise<void> {
    const { desk, breathe, elapsed } = this.ports;
    await readInBackground(desk.search, {
      load: async (ids) => {
        // What was read before this page can be found now: a search that is open shows more.
        desk.touch('search');
        const stored = await desk.source?.incidents(ids);
        return ids.flatMap((id) => desk.overlay.incident(id) ?? stored?.get(id) ?? []);
      },
      breathe,
      now: elapsed,
      signal: this.ports.ending.signal,
    });
    desk.touch('search');
  }

  private run(where: string, work: () => Promise<void>): void {
    this.work = this.work.then(work).catch((cause: unknown) => this.ports.failed(where, cause));
  }
}
