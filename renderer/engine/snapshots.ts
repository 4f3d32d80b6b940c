import type { EngineHost, JournalOpening, SnapshotManifest } from '#contracts/host/engine-host.ts';
import type { DeskStore, StoreBatch } from '#renderer/data/desk-store.ts';
import { saysNothingBelow } from './agreement/retelling.ts';
import { DirtyPages, dirtySince, pagesOfStages } from './dirty-pages.ts';
import { takeSnapshot } from './snapshot.ts';
import { commandsName, SYNC_PAGE } from './snapshot-pages.ts';

interface SnapshotKeeperPorts {
  readonly host: EngineHost;
  readonly opening: JournalOpening;
  readonly store: DeskStore;
  newId(): string;
  now(): number;
  breathe(): Promise<void>;
  readonly signal: AbortSignal;
}

/** A snapshot is due after so many frames, or so long after the first change since the last. */
const FRAMES_DUE = 2_000;
const AGE_DUE_MS = 20 * 60_000;
/** At quit: not for a few frames, which replay in no time, and not for so many pages that somebody has to wait. */
const FRAMES_DUE_AT_QUIT = 200;
const MOST_PAGES_AT_QUIT = 300;
/** After one that failed (no space), the next is tried this much later. */
const RETRY_MS = 5 * 60_000;
/** Outcomes of this many commands are kept for resends and undo. */
const COMMANDS_KEPT = 50_000;

/** Decides when to take snapshots, and lets go of journal segments that two of them cover. */
export class SnapshotKeeper {
  private readonly ports: SnapshotKeeperPorts;
  private readonly dirty = new DirtyPages();
  private manifest: SnapshotManifest | null = null;
  private frames = 0;
  private since: number | null = null;
  private notBefore = 0;
  /** Pages of an import wait to be taken: too many for a quit. */
  private imported = false;
  private running: Promise<void> | null = null;

  constructor(ports: SnapshotKeeperPorts) {
    this.ports = ports;
  }

  /** Finds out what the last snapshot does not hold. */
  async begin(): Promise<void> {
    const { host, opening, store } = this.ports;
    const latest = await host.snapshots.latest();
    const manifest = latest.ok ? latest.value : null;
    this.manifest = manifest?.journalId === opening.journalId ? manifest : null;
    this.dirty.add(await dirtySince(store, this.manifest));
    this.frames += opening.lastLsn - (this.manifest?.startLsn ?? 0);
    const stages = (await store.meta('stages')) ?? [];
    if (stages.some((stage) => stage.commitLsn > (this.manifest?.startLsn ?? 0))) this.noteImport();
    if (this.frames > 0) this.since ??= this.ports.now();
  }

  written(batch: StoreBatch): void {
    this.dirty.note(batch);
    this.frames += Math.max(1, batch.commands.length);
    this.since ??= this.ports.now();
    if (batch.stages) this.noteImport();
  }

  /** Many pages that only the journal's stage holds so far: due as soon as it is quiet. */
  private noteImport(): void {
    this.frames += FRAMES_DUE;
    this.imported = true;
  }

  isDue(atQuit: boolean): boolean {
    const now = this.ports.now();
    if (now < this.notBefore || this.since === null) return false;
    if (atQuit) return this.frames >= FRAMES_DUE_AT_QUIT && this.dirty.size <= MOST_PAGES_AT_QUIT && !this.imported;
    return this.frames >= FRAMES_DUE || now - this.since >= AGE_DUE_MS;
  }

  /** Takes one now; a second call waits for the running one. */
  take(atQuit = false): Promise<void> {
    this.running ??= this.takeOne(atQuit).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async takeOne(atQuit: boolean): Promise<void> {
    const { host, store, opening } = this.ports;
    const before = this.manifest;
    const pruned = [...(await this.pruneCommands(before)), ...(await this.pruneSync())];
    const stages = (await store.meta('stages')) ?? [];
    const fresh = stages.filter((stage) => stage.commitLsn > (before?.startLsn ?? 0));
    const dirty = [...this.dirty.take(), ...(await pagesOfStages(store, fresh)), ...pruned];
    this.frames = 0;
    this.since = null;
    const { signal, ...rest } = this.ports;
    const taken = await takeSnapshot(store, before, dirty, atQuit ? rest : { ...rest, signal }, this.ports.breathe);
    if (!taken.ok || !taken.value) {
      if (!taken.ok) host.log('warn', 'snapshot.failed', { code: taken.error.code });
      this.dirty.add(dirty);
      this.frames = FRAMES_DUE;
      this.since = this.ports.now();
      this.notBefore = taken.ok ? 0 : this.ports.now() + RETRY_MS;
      return;
    }
    this.manifest = taken.value;
    this.imported = false;
    host.log('info', 'snapshot.taken', {
      lsn: taken.value.startLsn,
      pages: taken.value.pages.length,
      written: dirty.length,
    });
    // The older of the two kept covers what is dropped: a page of the younger that goes bad still loses nothing.
    if (before) await host.journal.compact({ fence: opening.fence, throughLsn: before.startLsn });
  }

  /** What was told anew needs to be told no more: rows before it go, here and from the snapshot that is begun. */
  private async pruneSync(): Promise<readonly string[]> {
    const { store } = this.ports;
    const lsn = saysNothingBelow(await store.sync());
    return lsn !== null && (await store.forgetSyncBelow(lsn)) > 0 ? [SYNC_PAGE] : [];
  }

  /** Names of pages whose commands are forgotten now. Never one that the older snapshot does not cover. */
  private async pruneCommands(before: SnapshotManifest | null): Promise<readonly string[]> {
    const { store } = this.ports;
    const oldest = await store.oldestCommandLsn();
    const keepFrom = Math.min(before?.startLsn ?? 0, ((await store.meta('applied'))?.appliedLsn ?? 0) - COMMANDS_KEPT);
    if (oldest === null || keepFrom <= oldest) return [];
    await store.forgetCommandsBelow(keepFrom);
    const names = new Set<string>();
    for (let lsn = oldest; lsn <= keepFrom; lsn += 1) names.add(commandsName(lsn));
    return [...names];
  }
}
