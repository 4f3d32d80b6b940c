import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll } from 'vitest';
import type { SharedLog } from '#sync/authority/shared-log.ts';
import type { Driver } from '../driver.ts';
import { migrate } from '../migrate.ts';
import { openStore, type Store, type StorePlace } from '../open.ts';
import { createPgDriver } from '../pg-driver.ts';
import { createPgliteDriver } from '../pglite-driver.ts';
import { createSqlLog } from '../sql-log.ts';
import { type Cluster, startCluster } from './postgres.suite.ts';

/** A busy machine is no failure. */
const PATIENCE = 120_000;

/** A store that a test needs to be there. */
export async function opened(place: StorePlace): Promise<Store> {
  const store = await openStore(place);
  if (!store.ok) throw new Error(JSON.stringify(store.error));
  return store.value;
}

export interface EmptyLog {
  readonly log: SharedLog;
  close(): Promise<void>;
}

/** One database that is empty each time it is asked for: making one takes its time. */
export function emptyDatabases(make: () => Promise<Driver>): () => Promise<Driver> {
  let driver: Driver | null = null;
  beforeAll(async () => {
    driver = await make();
  }, PATIENCE);
  afterAll(async () => {
    await driver?.close();
  }, PATIENCE);
  return async () => {
    if (driver === null) throw new Error('too early');
    await driver.script('drop schema public cascade; create schema public');
    return driver;
  };
}

/** Empty logs in the same way. */
export function emptyLogs(make: () => Promise<Driver>): () => Promise<EmptyLog> {
  const empty = emptyDatabases(make);
  return async () => {
    const driver = await empty();
    const migrated = await migrate(driver);
    if (!migrated.ok) throw new Error(migrated.error.code);
    return { log: createSqlLog(driver), close: async () => undefined };
  };
}

export const embedded = async (): Promise<Driver> => createPgliteDriver(await PGlite.create());

/** A cluster for the tests of one file. */
export function clusterOf(binaries: string): () => Cluster {
  let cluster: Cluster | null = null;
  beforeAll(async () => {
    cluster = await startCluster(binaries);
  }, PATIENCE);
  afterAll(async () => {
    await cluster?.stop();
  }, PATIENCE);
  return () => {
    if (cluster === null) throw new Error('too early');
    return cluster;
  };
}

export const ownDatabase = (cluster: () => Cluster) => async (): Promise<Driver> =>
  createPgDriver({ url: await cluster().database() });
