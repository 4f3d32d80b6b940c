import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { sharedLogSuite } from '#sync/authority/shared-log.suite.ts';
import { openFolder } from './durable-folder.ts';
import { createPgliteDriver } from './pglite-driver.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, embedded, emptyLogs, ownDatabase } from './testing/stores.suite.ts';

describe('embedded, in memory', () => {
  sharedLogSuite('PGlite in memory', emptyLogs(embedded), { runs: 5 });
});

describe('embedded, in a folder', () => {
  let folder = '';
  const make = async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskbell-log-'));
    return createPgliteDriver(await openFolder(join(folder, 'database')));
  };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  sharedLogSuite('PGlite in a folder', emptyLogs(make), { runs: 2 });
});

const postgres = findPostgres();
describe.skipIf(postgres === null)('PostgreSQL', () => {
  const cluster = clusterOf(postgres ?? '');
  const make = emptyLogs(ownDatabase(cluster));
  sharedLogSuite('PostgreSQL', make, { runs: 5 });
});
