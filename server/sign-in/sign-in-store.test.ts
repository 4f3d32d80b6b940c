import { afterAll } from 'vitest';
import { createSqlAccounts } from '#server/accounts/sql-accounts.ts';
import { openStore } from '#server/store/open.ts';
import { createMemorySignIns } from './memory-sign-ins.ts';
import { signInStoreSuite } from './sign-in-store.suite.ts';
import { createSqlSignIns } from './sql-sign-ins.ts';

signInStoreSuite('memory', async () => createMemorySignIns());

let opened: ReturnType<typeof openStore> | null = null;
const store = async () => {
  opened ??= openStore({ kind: 'memory' });
  const result = await opened;
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

signInStoreSuite('PGlite', async () => {
  const { driver } = await store();
  await driver.script('DELETE FROM accounts; DELETE FROM sign_ins_begun');
  const ada = { personId: 'ada', email: 'ada@desk.example', passwordHash: 'hash', active: true, createdAt: 1 };
  await createSqlAccounts(driver).add(ada);
  return createSqlSignIns(driver);
});

afterAll(async () => (await store()).close());
