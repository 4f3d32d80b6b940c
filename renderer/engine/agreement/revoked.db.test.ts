// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { recordArgs } from '../engine-harness.suite.ts';
import { testServer } from './memory-server.suite.ts';
import { joinedDesk, must, type SharedTestDesk } from './shared-world.suite.ts';

/** Ann's desk, level, with one incident that came from the server, and one that she recorded without a network. */
async function withUnsent() {
  const server = await testServer();
  const ben = await joinedDesk(server, 'ben');
  must(await ben.window.submit(ben.person, 'incident.record', recordArgs('From the server')));
  await ben.level();
  const ann = await joinedDesk(server, 'ann');
  await shown(ann, 1);
  await ann.level();
  ann.desk.host.network.trouble = { code: 'offline' };
  must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Not sent yet')));
  await ann.connection(({ states }) => states[0]?.kind === 'offline');
  return { server, ann };
}

const shown = async ({ window }: SharedTestDesk, count: number) => {
  const spec = { queue: 'allIncidents', order: { key: 'number', descending: false }, filters: [], text: '' } as const;
  const list = await window.watch(
    'list',
    { personId: 'anybody', spec, from: 0, to: 9 },
    ({ total }) => total === count,
  );
  return list.rows.map(({ shortDescription }) => shortDescription).sort();
};
const waiting = async ({ window }: SharedTestDesk) =>
  (await window.watch('outbox', { limit: 9 })).items.map(({ shortDescription }) => shortDescription);
const ended = ({ connection }: SharedTestDesk) =>
  connection(({ states }) => states.some(({ kind }) => kind === 'signInNeeded'));
const signInAgain = ({ window }: SharedTestDesk) =>
  window.call('signIn', { email: 'ann@desk.test', password: 'ann' }).then(must);

describe('a session that ends', { timeout: 30_000 }, () => {
  it('SPEC 7.9: on purpose takes what it showed, keeps what was recorded here, and says so', async () => {
    const { ann } = await withUnsent();
    ann.desk.host.network.endSession(ann.person, 'revoked');
    ann.desk.host.network.trouble = null;
    must(await ann.window.call('syncNow', {}));
    expect((await ended(ann)).states[0]).toEqual({ kind: 'signInNeeded', waiting: 1, revoked: true });
    expect(await shown(ann, 1)).toEqual(['Not sent yet']);
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('A call meanwhile')));
    expect(await waiting(ann)).toEqual(['Not sent yet', 'A call meanwhile']);
    // Who sits here is still known by name, and may sign in again.
    expect((await ann.window.watch('session', {})).person?.name).toBe('ann');
    await signInAgain(ann);
    await ann.level();
    expect(await shown(ann, 3)).toEqual(['A call meanwhile', 'From the server', 'Not sent yet']);
  });

  it('SPEC 7.9: on purpose takes what it showed also if that was heard in an earlier run', async () => {
    const { ann } = await withUnsent();
    ann.desk.host.network.endSession(ann.person, 'revoked');
    const again = ann.restart();
    await again.desk.ready();
    expect((await ended(again)).states[0]).toMatchObject({ revoked: true });
    expect(await shown(again, 1)).toEqual(['Not sent yet']);
    await signInAgain(again);
    await again.level();
    expect(await shown(again, 2)).toHaveLength(2);
  });

  it('SPEC 7.9: for any other reason takes nothing', async () => {
    const { ann } = await withUnsent();
    ann.desk.host.network.endSession(ann.person);
    ann.desk.host.network.trouble = null;
    must(await ann.window.call('syncNow', {}));
    expect((await ended(ann)).states[0]).toEqual({ kind: 'signInNeeded', waiting: 1 });
    expect(await shown(ann, 2)).toHaveLength(2);
    const again = ann.restart();
    await again.desk.ready();
    expect(await shown(again, 2)).toHaveLength(2);
  });

  it('SPEC 7.9: on purpose takes nothing from a colleague whose view is shown', async () => {
    const { ann } = await withUnsent();
    ann.desk.host.network.trouble = null;
    await ann.level();
    must(await ann.window.call('signIn', { email: 'ben@desk.test', password: 'ben' }));
    await ann.level();
    ann.desk.host.network.endSession(ann.person, 'revoked');
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Hers, and not sent')));
    const { states } = await ann.connection(({ people }) => people.some(({ open }) => !open));
    expect(states).toContainEqual({ kind: 'signInNeeded', waiting: 1 });
    expect(await shown(ann, 3)).toHaveLength(3);
  });
});
