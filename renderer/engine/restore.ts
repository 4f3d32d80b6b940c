import type { EngineHost, JournalError, JournalOpening } from '#contracts/host/engine-host.ts';
import { ok, type Result } from '#domain/result.ts';
import type { BasePage } from '#renderer/data/base-pages.ts';
import type { DeskStore, StoreBatch } from '#renderer/data/desk-store.ts';
import type { Applied } from '#renderer/data/rows.ts';
import { emptyBatch } from './frame-batch.ts';
import { decodePage, META_PAGE, type SnapshotPage } from './snapshot-pages.ts';

interface RestorePorts {
  readonly host: EngineHost;
  readonly opening: JournalOpening;
  progress(done: number, total: number): void;
}

const PAGES_AT_ONCE = 16;

/** Fills an empty database from the newest whole snapshot of this journal. False when there is none. */
export async function restoreSnapshot(store: DeskStore, ports: RestorePorts): Promise<Result<boolean, JournalError>> {
  const { host, opening } = ports;
  const latest = await host.snapshots.latest();
  if (!latest.ok) return latest;
  const manifest = latest.value;
  if (!manifest || manifest.journalId !== opening.journalId) return ok(false);
  const applied: Applied = {
    journalId: opening.journalId,
    appliedLsn: manifest.startLsn,
    counters: opening.counters,
    savedAt: null,
  };
  // The page that says how far we are goes last: a restore that is cut short starts anew.
  const pages = [...manifest.pages].sort((a, b) => Number(a.name === META_PAGE) - Number(b.name === META_PAGE));
  for (let at = 0; at < pages.length; at += PAGES_AT_ONCE) {
    const some = pages.slice(at, at + PAGES_AT_ONCE);
    const answers = await Promise.all(some.map(({ hash }) => host.snapshots.readPage({ hash })));
    const read: SnapshotPage[] = [];
    for (const [index, answer] of answers.entries()) {
      if (!answer.ok) return answer;
      read.push(decodePage(some[index]?.name ?? '', answer.value.text));
    }
    await put(read, store, applied);
    ports.progress(Math.min(at + PAGES_AT_ONCE, pages.length), pages.length);
  }
  return ok(true);
}

async function put(pages: readonly SnapshotPage[], store: DeskStore, applied: Applied): Promise<void> {
  const base: BasePage[] = [];
  let meta: Extract<SnapshotPage, { kind: 'meta' }> | null = null;
  let rows: Omit<StoreBatch, 'applied'> = emptyBatch(applied);
  for (const page of pages) {
    if (page.kind === 'base') base.push(page.page);
    else if (page.kind === 'meta') meta = page;
    else rows = withPage(rows, page);
  }
  if (base.length > 0) await store.putBasePages(base);
  await store.put(rows);
  if (!meta) return;
  const { savedAt, counters } = meta.applied;
  const highest = { ...counters };
  for (const [person, seq] of Object.entries(applied.counters)) highest[person] = Math.max(seq, highest[person] ?? 0);
  await store.apply({
    ...emptyBatch({ ...applied, counters: highest, savedAt }),
    configuration: meta.configuration.lsn > 0 ? meta.configuration : null,
    stages: meta.stages.length > 0 ? meta.stages : null,
  });
}

function withPage(
  rows: Omit<StoreBatch, 'applied'>,
  page: Exclude<SnapshotPage, { kind: 'base' | 'meta' }>,
): Omit<StoreBatch, 'applied'> {
  switch (page.kind) {
    case 'bucket':
      return {
        ...rows,
        incidents: [...rows.incidents, ...page.incidents],
        activities: [...rows.activities, ...page.activities],
      };
    case 'directory':
      return { ...rows, directory: [...rows.directory, ...page.rows] };
    case 'commands':
      return { ...rows, commands: [...rows.commands, ...page.rows] };
    case 'alerts':
      return { ...rows, alerts: [...rows.alerts, ...page.records] };
    case 'sync':
      return { ...rows, sync: [...rows.sync, ...page.rows] };
  }
}
