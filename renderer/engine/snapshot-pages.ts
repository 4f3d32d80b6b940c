/** The pages a snapshot is made of. Written here and read back by restore.ts; checked by the machine's hashes. */

import type { AlertRecord } from '#domain/alerts/alert.ts';
import { DIRECTORY_KINDS, type DirectoryKind } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { BasePage } from '#renderer/data/base-pages.ts';
import type { DeskStore, StoreBatch } from '#renderer/data/desk-store.ts';
import { BUCKETS, bucketOf } from '#renderer/data/id-hash.ts';
import type { Applied, CommandRow, CommittedStage, Configuration, DirectoryRow } from '#renderer/data/rows.ts';
import type { SyncRow } from '#renderer/data/sync-records.ts';
import { pageText, parseStageLine } from './stage-lines.ts';

/** Entries of one kind of directory lie in this many pages, so that a new caller rewrites one of them. */
const DIRECTORY_PARTS = 16;
/** Commands lie in pages of this many lsns: a full one never changes again. */
const COMMAND_SPAN = 4_096;

export type SnapshotPage =
  | {
      readonly kind: 'meta';
      readonly applied: Applied;
      readonly configuration: Configuration;
      readonly stages: readonly CommittedStage[];
    }
  | { readonly kind: 'base'; readonly page: BasePage }
  | { readonly kind: 'bucket'; readonly incidents: readonly Incident[]; readonly activities: StoreBatch['activities'] }
  | { readonly kind: 'directory'; readonly rows: readonly DirectoryRow[] }
  | { readonly kind: 'commands'; readonly rows: readonly CommandRow[] }
  | { readonly kind: 'alerts'; readonly records: readonly AlertRecord[] }
  | { readonly kind: 'sync'; readonly rows: readonly SyncRow[] };

export const META_PAGE = 'meta';
export const ALERTS_PAGE = 'alerts';
export const SYNC_PAGE = 'sync';
export const basePageName = (key: string) => `base/${key}`;
export const bucketName = (bucket: number) => `bucket/${bucket}`;
export const directoryName = (kind: DirectoryKind, id: string) => `directory/${kind}/${bucketOf(id) % DIRECTORY_PARTS}`;
export const commandsName = (lsn: number) => `commands/${Math.floor(lsn / COMMAND_SPAN)}`;

export const ALL_BUCKETS: readonly string[] = Array.from({ length: BUCKETS }, (_, bucket) => bucketName(bucket));
export const ALL_DIRECTORY: readonly string[] = DIRECTORY_KINDS.flatMap((kind) =>
  Array.from({ length: DIRECTORY_PARTS }, (_, part) => `directory/${kind}/${part}`),
);

export function encodePage(page: SnapshotPage): string {
  return page.kind === 'base' ? pageText(page.page) : JSON.stringify(page);
}

export function decodePage(name: string, text: string): SnapshotPage {
  if (!name.startsWith('base/')) return JSON.parse(text);
  const line = parseStageLine(text);
  if (line.line !== 'page') throw new Error(`${name} holds no page`);
  return { kind: 'base', page: line.page };
}

/** Reads pages one after the other; the directory once for all its parts. */
export interface PageSource {
  readonly store: DeskStore;
  readonly directory: Map<DirectoryKind, readonly DirectoryRow[]>;
}

/** The content of one page by its name; null when there is nothing to keep in it. */
export async function readPage(name: string, source: PageSource): Promise<SnapshotPage | null> {
  const { store } = source;
  const [area, first = '', second = ''] = name.split('/');
  switch (area) {
    case 'meta':
      return readMeta(store);
    case 'base': {
      const page = await store.basePage(name.slice('base/'.length));
      return page ? { kind: 'base', page } : null;
    }
    case 'bucket': {
      const rows = await store.bucket(Number(first));
      return rows.incidents.length + rows.activities.length > 0 ? { kind: 'bucket', ...rows } : null;
    }
    case 'directory': {
      const rows = (await directoryOf(first as DirectoryKind, source)).filter(
        (row) => bucketOf(row.id) % DIRECTORY_PARTS === Number(second),
      );
      return rows.length > 0 ? { kind: 'directory', rows } : null;
    }
    case 'commands': {
      const from = Number(first) * COMMAND_SPAN;
      const rows = await store.commandsBetween(from, from + COMMAND_SPAN);
      return rows.length > 0 ? { kind: 'commands', rows } : null;
    }
    case SYNC_PAGE: {
      const rows = await store.sync();
      return rows.length > 0 ? { kind: 'sync', rows } : null;
    }
    default: {
      const records = await store.alerts();
      return records.length > 0 ? { kind: 'alerts', records } : null;
    }
  }
}

async function directoryOf(kind: DirectoryKind, { store, directory }: PageSource): Promise<readonly DirectoryRow[]> {
  const rows = directory.get(kind) ?? (await store.directoryOf(kind));
  directory.set(kind, rows);
  return rows;
}

async function readMeta(store: DeskStore): Promise<SnapshotPage | null> {
  const applied = await store.meta('applied');
  if (!applied) return null;
  const configuration = (await store.meta('configuration')) ?? { lsn: 0, matrix: null };
  return { kind: 'meta', applied, configuration, stages: (await store.meta('stages')) ?? [] };
}

/** Names of every page that the database has something for, or may have. */
export async function allPages(store: DeskStore): Promise<readonly string[]> {
  const base = (await store.basePageKeys()).map(basePageName);
  const last = (await store.meta('applied'))?.appliedLsn ?? 0;
  const oldest = (await store.oldestCommandLsn()) ?? last;
  const commands: string[] = [];
  for (let lsn = oldest - (oldest % COMMAND_SPAN); lsn <= last; lsn += COMMAND_SPAN) commands.push(commandsName(lsn));
  return [...base, ...ALL_BUCKETS, ...ALL_DIRECTORY, ...commands, ALERTS_PAGE, SYNC_PAGE];
}
