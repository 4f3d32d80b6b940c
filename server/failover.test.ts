import { Client } from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LoginAnswer } from '#contracts/api/auth.ts';
import { SyncClient } from '#sync/client/client.ts';
import { createMemoryClientStore } from '#sync/client/memory-client-store.ts';
import type { Reply, Transport } from '#sync/client/ports.ts';
import { complaintOf, login, newFolder, startProcess } from './process.suite.ts';
import { ADMIN, recordArgs } from './server-under-test.suite.ts';
import { openStore } from './store/open.ts';
import { type Cluster, findPostgres, startCluster } from './store/testing/postgres.suite.ts';

const binaries = findPostgres();

/** A desk that asks whichever server it is told of. */
async function deskAt(where: { url: string }) {
  const device = newId();
  const { accessToken, user }: LoginAnswer = await login(where.url, device);
  const ask = async (path: string, body?: unknown): Promise<Reply> => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${where.url}/api/v1/sync/${path}`, { headers, ...sent }).catch(() => null);
    if (response === null) return { kind: 'unreachable' };
    if (!response.ok) return { kind: 'busy', retryAfter: null };
    return { kind: 'answered', body: await response.json(), serverNow: null };
  };
  const transport: Transport = {
    push: (_person, request) => ask('push', request),
    pull: (_person, _device, { cursor, limit }) => ask(`pull?limit=${limit}&cursor=${cursor}`),
    subject: (_person, id) => ask(`subjects/${id}`),
  };
  const store = createMemoryClientStore();
  const ports = { store, transport, now: Date.now, random: Math.random, zone: 'UTC' };
  const client = await SyncClient.open({ ...ports, newId: () => device });
  client.signIn(user.id);
  const record = async (shortDescription: string) => {
    const [at, args] = [Date.now(), recordArgs(shortDescription)];
    const command = { id: newId(), person: user.id, name: 'incident.record', args };
    await client.record({ ...command, occurredAt: at, recordedAt: at });
    await client.round();
    return args.incidentId;
  };
  return { client, store, record };
}

it.runIf(binaries !== null)(
  'a node whose database is lost while it starts leaves with a sentence',
  async () => {
    const cluster = await startCluster(binaries ?? '');
    onTestFinished(() => cluster.stop());
    const url = await cluster.database();
    const opened = await openStore({ kind: 'postgres', url });
    if (!opened.ok) throw new Error(opened.error.code);
    await opened.value.close();
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('begin; lock table log_head in access exclusive mode');
    const left = complaintOf({ DATABASE_URL: url, DATA_DIR: newFolder() });
    const cut = `select pg_terminate_backend(pid) from pg_locks where relation = 'log_head'::regclass and not granted`;
    await vi.waitFor(async () => expect((await other.query(cut)).rowCount).toBe(1), { timeout: 30_000 });
    await other.end();
    expect(await left).toMatchObject({
      code: 1,
      complained: 'The database failed: terminating connection due to administrator command.\n',
    });
  },
  120_000,
);

describe.runIf(binaries !== null)('a database that is lost and has a standby', { timeout: 300_000 }, () => {
  const clusters: Cluster[] = [];
  afterAll(async () => {
    for (const cluster of clusters) await cluster.stop();
  });

  it('SPEC 6.1, 6.3: what the standby had not heard of yet comes again from the desks that sent it', async () => {
    const primary = await startCluster(binaries ?? '');
    clusters.push(primary);
    const env = { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password, DATA_DIR: newFolder() };
    const first = await startProcess({ ...env, DATABASE_URL: await primary.database() });
    const where = { url: first.url };
    const [ann, ben] = [await deskAt(where), await deskAt(where)];
    const known = await ann.record('before the standby');

    const standby = await startCluster(binaries ?? '', primary);
    clusters.push(standby);
    const streamed = await ann.record('streamed to the standby');
    const seqAt = async () => {
      const client = new Client({ connectionString: standby.address('desk1') });
      await client.connect();
      const { rows } = await client.query('select seq from log_head').finally(() => client.end());
      return Number(rows[0]?.seq);
    };
    await vi.waitFor(async () => expect(await seqAt()).toBe(3), { timeout: 30_000 });
    await standby.kill();
    const lost = await ann.record('acknowledged, and lost with the primary');
    await ben.client.round();
    expect(ben.store.held().toSorted()).toEqual([known, streamed, lost].toSorted());
    await primary.kill();
    await ben.client.round();
    expect(await ben.client.states()).toMatchObject([{ kind: 'offline' }]);
    await first.stop('SIGKILL');

    await standby.start();
    expect(await openStore({ kind: 'postgres', url: standby.address('desk1') })).toMatchObject({ ok: false });
    await standby.promote();
    where.url = (await startProcess({ ...env, DATABASE_URL: standby.address('desk1') })).url;
    await ben.client.round();
    expect(ben.store.held().toSorted()).toEqual([known, streamed].toSorted());
    await ann.client.round();
    await ben.client.round();
    for (const desk of [ann, ben]) {
      expect(desk.store.held().toSorted()).toEqual([known, streamed, lost].toSorted());
      expect(await desk.client.states()).toEqual([{ kind: 'upToDate' }]);
    }
  });
});
