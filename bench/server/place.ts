import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '#server/store/open.ts';
import { findPostgres, startCluster } from '#server/store/testing/postgres.suite.ts';

/** A database that is thrown away, and how a server is told of it. */
export interface Place {
  readonly name: 'PGlite' | 'PostgreSQL';
  readonly env: Readonly<Record<string, string>>;
  /** Opens it from here; the embedded one has room for one at a time. */
  open(): Promise<Store>;
  /** Another, empty, of the same kind. */
  openBeside(): Promise<Store>;
  remove(): Promise<void>;
}

const opened = async (place: Parameters<typeof openStore>[0]): Promise<Store> => {
  const store = await openStore(place);
  if (!store.ok) throw new Error(`the database: ${store.error.code}`);
  return store.value;
};

export async function pglitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-bench-'));
  return {
    name: 'PGlite',
    env: { DATA_DIR: join(folder, 'data') },
    open: () => opened({ kind: 'folder', folder: join(folder, 'data') }),
    openBeside: () => opened({ kind: 'folder', folder: join(folder, 'beside') }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Null: there is no PostgreSQL on this machine. */
export async function postgresPlace(): Promise<Place | null> {
  const binaries = findPostgres();
  if (binaries === null) return null;
  const cluster = await startCluster(binaries);
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-bench-'));
  const url = await cluster.database();
  return {
    name: 'PostgreSQL',
    env: { DATABASE_URL: url, DATA_DIR: folder },
    open: () => opened({ kind: 'postgres', url }),
    openBeside: async () => opened({ kind: 'postgres', url: await cluster.database() }),
    remove: async () => {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Both kinds, one after the other. */
export async function inEachPlace(work: (place: Place) => Promise<void>): Promise<void> {
  for (const make of [pglitePlace, postgresPlace]) {
    const place = await make();
    if (place === null) continue;
    try {
      await work(place);
    } finally {
      await place.remove();
    }
  }
}
