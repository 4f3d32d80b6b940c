import { afterAll } from 'vitest';
import { openStore } from '#server/store/open.ts';
import { accountStoreSuite } from './account-store.suite.ts';
import { createMemoryAccounts } from './memory-accounts.ts';
import { createSqlAccounts } from './sql-accounts.ts';

accountStoreSuite('memory', async () => createMemoryAccounts());

let opened: ReturnType<typeof openStore> | null = null;
const store = async () => {
  opened ??= openStore({ kind: 'memory' });
  const result = await opened;
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

accountStoreSuite('PGlite', async () => {
  const { driver } = await store();
  await driver.script('DELETE FROM accounts; DELETE FROM setup_link; DELETE FROM revoked_sessions');
  return createSqlAccounts(driver);
});

afterAll(async () => (await store()).close());
