import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { describeEngineHost } from '#contracts/host/engine-host-contract.suite.ts';
import { frames, must } from '#contracts/host/host-samples.suite.ts';
import { JournalDatabase } from './journal-database.ts';
import { createWebHost } from './web-host.ts';

let made = 0;
const freshName = () => {
  made += 1;
  return `deskbell-journal-${made}`;
};

describeEngineHost('browser', async () => {
  const databaseName = freshName();
  const hosts = [createWebHost({ databaseName })];
  return {
    host: hosts[0] ?? createWebHost({ databaseName }),
    restart: async () => {
      hosts.at(-1)?.close();
      const next = createWebHost({ databaseName });
      hosts.push(next);
      return next;
    },
    dispose: async () => {
      for (const host of hosts) host.close();
      await Dexie.delete(databaseName);
    },
  };
});

test('the journal asks the browser for strict durability', () => {
  const db = new JournalDatabase(freshName());
  expect(db._options.chromeTransactionDurability).toBe('strict');
});

test('two hosts on one database have different fences, and only the later one writes', async () => {
  const databaseName = freshName();
  const [one, two] = [createWebHost({ databaseName }), createWebHost({ databaseName })];
  const first = must(await one.journal.open());
  const second = must(await two.journal.open());
  const args = { expectedLsn: 1, frames: frames(1, 1) };
  expect(await one.journal.append({ ...args, fence: first.fence })).toMatchObject({ error: { code: 'staleFence' } });
  expect(must(await two.journal.append({ ...args, fence: second.fence }))).toEqual({ lastLsn: 1 });
});

test('a page changed behind our back makes the older snapshot count', async () => {
  const databaseName = freshName();
  const host = createWebHost({ databaseName });
  const { fence, journalId } = must(await host.journal.open());
  for (const n of [1, 2]) {
    const { hash } = must(await host.snapshots.writePage({ fence, text: `page ${n}` }));
    const pages = [{ name: 'p', hash, throughLsn: n }];
    const snapshotId = `01890000-0000-7000-8000-00000000000${n}`;
    const manifest = { formatVersion: 1 as const, snapshotId, journalId, startLsn: n, takenAt: n, pages };
    must(await host.snapshots.commit({ fence, manifest }));
  }
  expect(must(await host.snapshots.latest())).toMatchObject({ startLsn: 2 });
  const newest = must(await host.snapshots.latest())?.pages[0]?.hash ?? '';
  const db = new JournalDatabase(databaseName);
  await db.pages.put({ hash: newest, text: 'something else' });
  db.close();
  expect(must(await host.snapshots.latest())).toMatchObject({ startLsn: 1 });
});

test('a database of a newer build is refused by name and not changed', async () => {
  const databaseName = freshName();
  const newer = new Dexie(databaseName);
  newer.version(2).stores({ meta: 'key', fromTheFuture: 'id' });
  await newer.open();
  newer.close();
  expect(await createWebHost({ databaseName }).journal.open()).toMatchObject({
    ok: false,
    error: { code: 'newerFormat' },
  });
});

test.each(['put', 'add'] as const)(
  'a full browser store that fails to %s keeps nothing and says diskFull',
  async (method) => {
    const databaseName = freshName();
    const host = createWebHost({ databaseName });
    const { fence } = must(await host.journal.open());
    const works = IDBObjectStore.prototype[method];
    IDBObjectStore.prototype[method] = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const full = await host.journal.append({ fence, expectedLsn: 1, frames: frames(1, 2) });
    IDBObjectStore.prototype[method] = works;
    expect(full).toMatchObject({ ok: false, error: { code: 'diskFull' } });
    expect(must(await host.journal.append({ fence, expectedLsn: 1, frames: frames(1, 2) }))).toEqual({ lastLsn: 2 });
  },
);

test('without the browser’s permission a notification says why it was not shown', async () => {
  const request = { alertId: 'a', title: 't', body: 'b', urgency: 'normal', link: 'l', tag: 'g' } as const;
  const outcome = await createWebHost({ databaseName: freshName() }).notifications.show(request);
  expect(outcome.shown).toBe(false);
});

test('a plain browser has no way to a server, and says so by a code', async () => {
  const { network } = createWebHost({ databaseName: freshName() });
  expect(await network.state()).toEqual({ mode: 'notSupported' });
  const [person, device] = ['p', 'd'];
  const request = { protocol: 1, device, sentAt: 0, commands: [] };
  const answers = await Promise.all([
    network.connect({ address: 'https://desk.example.org' }),
    network.signIn({ email: 'mia@desk.example', password: 'x', device }),
    network.signOut({ person }),
    network.disconnect(),
    network.push({ person, request }),
    network.pull({ person, device, query: { cursor: '', limit: 1 } }),
    network.subject({ person, incidentId: 'i' }),
  ]);
  for (const answer of answers) expect(answer).toEqual({ ok: false, error: { code: 'notSupported' } });
  expect(network.onPoke(() => undefined)()).toBeUndefined();
});
