// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import type { BlockRow, ShelfName } from '#renderer/data/shared/shared-db.ts';
import { introduced, nextId, recordArgs, testDesk } from '../engine-harness.suite.ts';
import { ADDRESS, testServer } from './memory-server.suite.ts';
import { around, joinedDesk, must } from './shared-world.suite.ts';

const sharedNameOf = async (databaseName: string): Promise<string> =>
  (await Dexie.getDatabaseNames()).find((name) => name.startsWith(`${databaseName}-shared-`)) ?? '';

describe('what is held of a share', () => {
  it('SPEC 8.4: is loaded again from the server when it is gone, and what waits to be sent is still there', async () => {
    const server = await testServer();
    const ann = await joinedDesk(server, 'ann');
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Printer is on fire')));
    await ann.level();
    ann.desk.host.network.trouble = { code: 'offline' };
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Not sent yet')));
    await ann.desk.engine.stop();
    const name = await sharedNameOf(ann.desk.databaseName);
    expect(name).not.toBe('');
    await Dexie.delete(name);
    const again = ann.restart();
    await again.level();
    expect(await again.numbers(2)).toHaveLength(2);
    expect(server.log.backup().incidents.size).toBe(2);
  });

  it('is made anew when it can be opened but not read', async () => {
    const server = await testServer();
    const ann = await joinedDesk(server, 'ann');
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Printer is on fire')));
    await ann.level();
    await ann.desk.engine.stop();
    const name = await sharedNameOf(ann.desk.databaseName);
    const broken = await new Dexie(name).open();
    await broken.table('incidents').put({ id: 'torn', load: 1, incident: { no: 'incident' } });
    broken.close();
    const again = ann.restart();
    await again.level();
    expect(await again.numbers(1)).toEqual(['INC0000001']);
    expect(again.desk.engine.status()).toMatchObject({ phase: 'ready', trouble: null });
  });
});

/** Loses the lines of every block of one shelf. */
async function damage(databaseName: string, shelf: ShelfName): Promise<void> {
  const db = await new Dexie(await sharedNameOf(databaseName)).open();
  const heads: readonly BlockRow[] = await db.table('blocks').toArray();
  const blocks = heads.filter((head) => head.shelf === shelf).map(({ block }) => block);
  expect(blocks).not.toEqual([]);
  await db.table('blockLines').bulkDelete(blocks);
  db.close();
}

describe('a block of a first load that lost what it says', () => {
  const joinedLater = async () => {
    const server = await testServer();
    const ann = await joinedDesk(server, 'ann');
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Printer is on fire')));
    await ann.level();
    const ben = await joinedDesk(server, 'ben');
    await ben.level();
    expect(await ben.numbers(1)).toEqual(['INC0000001']);
    await ben.desk.engine.stop();
    return ben;
  };

  it('makes the desk load anew when it starts', async () => {
    const ben = await joinedLater();
    await damage(ben.desk.databaseName, 'incidents');
    const again = ben.restart();
    await again.level();
    expect(await again.numbers(1)).toEqual(['INC0000001']);
  });

  it('makes the desk load anew when it is read', async () => {
    const ben = await joinedLater();
    const again = ben.restart();
    await again.level();
    await damage(ben.desk.databaseName, 'timelines');
    const asked = { idOrNumber: 'INC0000001' };
    const shown = await again.window.watch('incident', asked, (one) => (one?.timeline.length ?? 0) > 0);
    expect(shown?.timeline[0]?.type).toBe('incident.recorded');
    await again.level();
  });
});

describe('an end', () => {
  it('does not wait for an answer of the network, and an answer that comes after it changes nothing', async () => {
    const server = await testServer();
    const ann = await joinedDesk(server, 'ann');
    await ann.level();
    let answer = (): void => undefined;
    const { push } = server;
    const slow = {
      ...server,
      push: async (...args: Parameters<typeof push>) => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return push(...args);
      },
    };
    ann.desk.host.network.server = slow;
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('On its way')));
    await ann.desk.engine.stop();
    const frames = ann.desk.disk.lastLsn;
    answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ann.desk.disk.lastLsn).toBe(frames);
    const again = ann.restart();
    again.desk.host.network.server = server;
    await again.level();
    expect(server.log.backup().incidents.size).toBe(1);
  });
});

describe('a disk without room', () => {
  it('keeps a desk from joining only until there is room again', async () => {
    const server = await testServer();
    const lone = around(testDesk({ environment: { random: () => 0 } }), server);
    const me = await introduced(lone.window, 'Ada Agent');
    must(await lone.window.submit(me, 'incident.record', recordArgs('Printer is on fire')));
    must(await lone.window.call('findServer', { address: ADDRESS }));
    const { personId } = must(await lone.window.call('signIn', { email: 'adm@desk.test', password: 'adm' }));
    lone.desk.host.network.trouble = { code: 'offline' };
    must(await lone.window.call('join', { personId, mapping: [] }));
    await lone.connection(({ states }) => states.some(({ kind }) => kind === 'offline'));
    lone.desk.disk.failing = 'diskFull';
    lone.desk.host.network.trouble = null;
    must(await lone.window.call('syncNow', {}));
    await lone.connection(({ handingOver }) => handingOver !== null && handingOver.done === handingOver.total);
    expect((await lone.connection()).mode).toBe('found');
    lone.desk.disk.failing = null;
    await lone.connection(({ mode }) => mode === 'joined');
    await lone.level();
    must(
      await lone.window.submit(personId, 'incident.note', {
        incidentId: (await lone.window.watch('incident', { idOrNumber: 'INC0000001' }))?.incident.id ?? '',
        entryId: nextId(),
        body: 'Joined after all',
      }),
    );
    await lone.level();
  });
});
