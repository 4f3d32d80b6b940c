import type { EngineHost, JournalError, JournalOpening, SnapshotManifest } from '#contracts/host/engine-host.ts';
import { ok, type Result } from '#domain/result.ts';
import type { DeskStore } from '#renderer/data/desk-store.ts';
import { allPages, encodePage, META_PAGE, type PageSource, readPage } from './snapshot-pages.ts';

type ManifestPage = SnapshotManifest['pages'][number];

export interface SnapshotPorts {
  readonly host: EngineHost;
  readonly opening: Pick<JournalOpening, 'fence' | 'journalId'>;
  newId(): string;
  now(): number;
  /** Looked at between two pages: an explicit quit does not wait for a long snapshot. */
  readonly signal?: AbortSignal;
}

/**
 * Takes a snapshot: the pages named `dirty` are read and written anew, all others are taken over from the one
 * before. Pages are read one after the other while work goes on, so they may be of different ages; replay starts
 * after what was applied when the first was read, and does nothing to a row that is younger. Null when it was ended
 * before it was whole.
 */
export async function takeSnapshot(
  store: DeskStore,
  before: SnapshotManifest | null,
  dirty: readonly string[],
  ports: SnapshotPorts,
  breathe: () => Promise<void>,
): Promise<Result<SnapshotManifest | null, JournalError>> {
  const { host, opening } = ports;
  const source: PageSource = { store, directory: new Map() };
  const pages = new Map((before?.pages ?? []).map((page): [string, ManifestPage] => [page.name, page]));
  // Configuration first: it is the one in force where replay starts.
  const names = [META_PAGE, ...new Set(dirty)];
  let startLsn = 0;
  for (const name of names) {
    if (ports.signal?.aborted) return ok(null);
    const page = await readPage(name, source);
    if (page?.kind === 'meta') startLsn = page.applied.appliedLsn;
    pages.delete(name);
    if (!page) continue;
    const written = await host.snapshots.writePage({ fence: opening.fence, text: encodePage(page) });
    if (!written.ok) return written;
    pages.set(name, { name, hash: written.value.hash, throughLsn: startLsn });
    await breathe();
  }
  const manifest: SnapshotManifest = {
    formatVersion: 1,
    snapshotId: ports.newId(),
    journalId: opening.journalId,
    startLsn,
    takenAt: ports.now(),
    pages: [...pages.values()],
  };
  const committed = await host.snapshots.commit({ fence: opening.fence, manifest });
  return committed.ok ? ok(manifest) : committed;
}

/** Every page there is, after a database that saw more than its journal. */
export async function takeFullSnapshot(
  store: DeskStore,
  ports: SnapshotPorts,
): Promise<Result<SnapshotManifest | null, JournalError>> {
  return takeSnapshot(store, null, await allPages(store), ports, async () => undefined);
}
