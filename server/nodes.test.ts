import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { v7 as newId } from 'uuid';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PullAnswer, PushAnswer } from '#contracts/sync/wire.ts';
import { accountStoreSuite } from './accounts/account-store.suite.ts';
import { createSqlAccounts } from './accounts/sql-accounts.ts';
import { call, login, startProcess } from './process.suite.ts';
import { ADMIN, pushOf, recordArgs } from './server-under-test.suite.ts';
import { signInStoreSuite } from './sign-in/sign-in-store.suite.ts';
import { createSqlSignIns } from './sign-in/sql-sign-ins.ts';
import { openStore, type Store } from './store/open.ts';
import { type Cluster, findPostgres, startCluster } from './store/testing/postgres.suite.ts';

const binaries = findPostgres();

describe.runIf(binaries !== null)('on PostgreSQL', { timeout: 300_000 }, () => {
  let cluster: Promise<Cluster> | null = null;
  let store: Promise<Store> | null = null;
  const database = async () => {
    cluster ??= startCluster(binaries ?? '');
    return (await cluster).database();
  };
  const opened = async (): Promise<Store> => {
    const result = await openStore({ kind: 'postgres', url: await database() });
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };
  afterAll(async () => {
    await (await store)?.close();
    await (await cluster)?.stop();
  });

  accountStoreSuite('PostgreSQL', async () => {
    store ??= opened();
    const { driver } = await store;
    await driver.script('DELETE FROM accounts; DELETE FROM setup_link; DELETE FROM revoked_sessions');
    return createSqlAccounts(driver);
  });

  signInStoreSuite('PostgreSQL', async () => {
    store ??= opened();
    const { driver } = await store;
    await driver.script('DELETE FROM accounts; DELETE FROM sign_ins_begun');
    const ada = { personId: 'ada', email: 'ada@desk.example', passwordHash: 'hash', active: true, createdAt: 1 };
    await createSqlAccounts(driver).add(ada);
    return createSqlSignIns(driver);
  });

  it('SPEC 5.4: two nodes are one server: tokens, pokes, revocation; a dump of it restores', async () => {
    const url = await database();
    const env = { DATABASE_URL: url, ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password };
    const [here, there] = await Promise.all([startProcess(env), startProcess(env)]);
    const [one, other] = [newId(), newId()];
    const { accessToken, user } = await login(here.url, one);
    const listening = await login(there.url, other);

    const leave = new AbortController();
    onTestFinished(() => leave.abort());
    const stream = await fetch(`${there.url}/api/v1/sync/stream`, {
      headers: { authorization: `Bearer ${listening.accessToken}` },
      signal: leave.signal,
    });
    const heard = { text: '', ended: false };
    const reading = (async () => {
      for await (const bytes of stream.body ?? []) heard.text += new TextDecoder().decode(bytes);
      heard.ended = true;
    })();
    reading.catch(() => undefined);
    await vi.waitFor(() => expect(heard.text).toContain('"throughSeq":1'), { timeout: 10_000 });

    const args = recordArgs('printer on fire');
    const command = {
      id: newId(),
      seq: 1,
      name: 'incident.record',
      args,
      occurredAt: Date.now(),
      recordedAt: Date.now(),
    };
    const push = pushOf(one, Date.now(), [command]);
    const pushed = await call<PushAnswer>(`${here.url}/api/v1/sync/push`, push, accessToken);
    expect(pushed.results).toMatchObject([{ status: 'accepted' }]);
    await vi.waitFor(() => expect(heard.text).toContain('"throughSeq":2'), { timeout: 10_000 });
    const pull = (at: string) => call<PullAnswer>(`${at}/api/v1/sync/pull`, undefined, accessToken);
    expect((await pull(there.url)).incidents).toMatchObject([{ id: args.incidentId }]);

    const revoke = `${here.url}/api/v1/accounts/${user.id}/devices/${other}`;
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await fetch(revoke, { method: 'DELETE', headers })).status).toBe(204);
    await vi.waitFor(() => expect(heard.ended).toBe(true), { timeout: 10_000 });
    expect(await Promise.all([here.stop(), there.stop()])).toEqual([0, 0]);

    const run = promisify(execFile);
    const { stdout } = await run(`${binaries}/pg_dump`, ['--dbname', url]);
    const empty = await database();
    const restoring = run(`${binaries}/psql`, ['--dbname', empty, '--set', 'ON_ERROR_STOP=1', '--quiet']);
    restoring.child.stdin?.end(stdout);
    await restoring;
    const restored = await startProcess({ ...env, DATABASE_URL: empty });
    expect((await pull(restored.url)).incidents).toMatchObject([{ id: args.incidentId }]);
    const again = await call<PushAnswer>(`${restored.url}/api/v1/sync/push`, push, accessToken);
    expect(again).toMatchObject({ epoch: pushed.epoch, results: [{ status: 'already', outcome: 'accepted' }] });
    expect(await restored.stop()).toBe(0);
  });
});
