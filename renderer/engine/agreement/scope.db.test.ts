// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Scope } from '#contracts/sync/scope.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { nextId, recordArgs, testDesk } from '../engine-harness.suite.ts';
import { type TestServer, testServer } from './memory-server.suite.ts';
import { around, joinedDesk, must, type SharedTestDesk } from './shared-world.suite.ts';

const OF_NONE: Scope = { teamIds: [nextId()], siteIds: [], closedFor: null };

/** A server with three incidents of Sue's, and Ann's desk beside hers. */
async function deskAndServer() {
  const server = await testServer();
  const sue = await joinedDesk(server, 'sue');
  for (const text of ['Printer is on fire', 'Mouse is gone', 'Screen is dark']) {
    must(await sue.window.submit(sue.person, 'incident.record', recordArgs(text)));
  }
  await sue.level();
  const ann = await joinedDesk(server, 'ann');
  await ann.numbers(3);
  return { server, sue, ann };
}

const keeps = async ({ window }: SharedTestDesk, scope: Scope | null) =>
  must(await window.call('keepScope', { scope }));
const scopeOf = async (desk: SharedTestDesk) => (await desk.connection()).scope;
const idOf = (server: TestServer, number: string) =>
  [...server.log.backup().incidents.values()].find(({ incident }) => incident.number === number)?.incident.id;

describe('a desk that keeps a part', () => {
  it('SPEC 8.7: drops what is not in it, and takes it back; what is not sent yet stays in both cases', async () => {
    const { ann, server } = await deskAndServer();
    ann.desk.host.network.trouble = { code: 'offline' };
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Not sent yet')));
    ann.desk.host.network.trouble = null;
    await keeps(ann, OF_NONE);
    await ann.level();
    await ann.numbers(1);
    expect(await scopeOf(ann)).toEqual(OF_NONE);
    expect(server.log.backup().incidents.size).toBe(4);
    await keeps(ann, null);
    expect(await ann.numbers(4)).toHaveLength(4);
    expect(await scopeOf(ann)).toBeUndefined();
  });

  it('SPEC 8.7: is that also after a restart, and a part that leaves nothing out is everything', async () => {
    const { ann } = await deskAndServer();
    await keeps(ann, OF_NONE);
    await ann.numbers(0);
    await ann.desk.engine.stop();
    const again = ann.restart();
    await again.level();
    await again.numbers(0);
    expect(await scopeOf(again)).toEqual(OF_NONE);
    await keeps(again, { teamIds: [], siteIds: [], closedFor: null });
    await again.numbers(3);
    expect(await scopeOf(again)).toBeUndefined();
  });

  it('SPEC 8.9: is told before how much a part is', async () => {
    const { ann } = await deskAndServer();
    const size = async (scope: Scope | null) =>
      must(await ann.window.call('sizeOfScope', { personId: ann.person, scope })).incidents;
    expect([await size(null), await size(OF_NONE)]).toEqual([3, 0]);
    ann.desk.host.network.trouble = { code: 'offline' };
    expect(await ann.window.call('sizeOfScope', { personId: ann.person, scope: null })).toMatchObject({
      ok: false,
      error: { code: 'network', network: 'offline' },
    });
  });

  it('SPEC 8.10: brings an incident here by its number, for good, and lets people work on it', async () => {
    const { ann, sue, server } = await deskAndServer();
    await keeps(ann, OF_NONE);
    await ann.numbers(0);
    const bring = async (number: string, desk: SharedTestDesk = ann) =>
      must(await desk.window.call('bringHere', { personId: ann.person, number })).incidentId;
    expect([await bring('INC9999999'), await bring(nextId())]).toEqual([null, null]);
    const incidentId = await bring('inc0000002');
    expect(incidentId).toBe(idOf(server, 'INC0000002'));
    if (incidentId === null) throw new Error('it is there');
    expect(await ann.numbers(1)).toEqual(['INC0000002']);
    const note = { incidentId, entryId: nextId(), body: 'seen by Ann' };
    must(await ann.window.submit(ann.person, 'incident.note', note));
    await ann.level();
    must(await sue.window.submit(sue.person, 'incident.note', { incidentId, entryId: nextId(), body: 'and by Sue' }));
    await sue.level();
    must(await ann.window.call('syncNow', {}));
    const open = { idOrNumber: incidentId };
    const shown = await ann.window.watch('incident', open, (value) => value?.incident.counts.notes === 2);
    expect(JSON.stringify(shown?.timeline)).toMatch(/seen by Ann.*and by Sue/);
    await ann.desk.engine.stop();
    const again = ann.restart();
    await again.level();
    expect(await again.numbers(1)).toEqual(['INC0000002']);
    // As a link names it.
    const linked = idOf(server, 'INC0000003') ?? '';
    expect(await bring(linked, again)).toBe(linked);
    expect(await again.numbers(2)).toContain('INC0000003');
    again.desk.host.network.trouble = { code: 'offline' };
    expect(await again.window.call('bringHere', { personId: ann.person, number: 'INC0000001' })).toMatchObject({
      ok: false,
      error: { network: 'offline' },
    });
  });

  it('raises no alert of what merely comes into it, but of what is new there', async () => {
    const { ann, sue } = await deskAndServer();
    const urgent = (text: string) => ({ ...recordArgs(text), impact: 1, urgency: 1 }) as const;
    const bySue = async <N extends CommandName>(name: N, args: CommandArgs[N]) => {
      must(await sue.window.submit(sue.person, name, args));
      await sue.level();
    };
    await keeps(ann, OF_NONE);
    await ann.numbers(0);
    const watched = urgent('Roof is gone');
    await bySue('incident.record', watched);
    must(await ann.window.call('syncNow', {}));
    await ann.level();
    await bySue('incident.record', urgent('Data centre is flooded'));
    must(await ann.window.call('bringHere', { personId: ann.person, number: 'INC0000005' }));
    await ann.numbers(1);
    const watchers = { watcherIds: { from: [], to: [ann.person] } };
    await bySue('incident.update', { incidentId: watched.incidentId, changes: watchers });
    must(await ann.window.call('syncNow', {}));
    await ann.numbers(2);
    const alerts = async (count: number) => {
      const told = { personId: ann.person, limit: 10 };
      const { entries } = await ann.window.watch('alerts', told, (value) => value.entries.length >= count);
      return entries.map(({ rule, number }) => `${rule} ${number}`);
    };
    expect(await alerts(0)).toEqual([]);
    await bySue('incident.record', { ...urgent('And hers to mend'), assignedToId: ann.person });
    must(await ann.window.call('syncNow', {}));
    expect(await alerts(1)).toEqual(['assignedToMe INC0000006']);
  });

  it('SPEC 8.10: brings for good what is here only until another part has come', async () => {
    const { ann, server } = await deskAndServer();
    const pull = server.pull.bind(server);
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    // The page that another choice asked for is on its way while it is asked for.
    Object.assign(server, {
      pull: async (...args: Parameters<typeof pull>) => {
        const page = await pull(...args);
        await held;
        return page;
      },
    });
    await keeps(ann, OF_NONE);
    const brought = ann.window.call('bringHere', { personId: ann.person, number: 'INC0000002' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    go();
    expect(must(await brought).incidentId).toBe(idOf(server, 'INC0000002'));
    await ann.level();
    expect(await ann.numbers(1)).toEqual(['INC0000002']);
  });

  it('says that nothing was kept of what was asked for when it leaves the server meanwhile', async () => {
    const { ann, server } = await deskAndServer();
    const find = server.find.bind(server);
    Object.assign(server, {
      find: async (...args: Parameters<typeof find>) => {
        const found = await find(...args);
        must(await ann.window.call('leave', {}));
        return found;
      },
    });
    expect(await ann.window.call('bringHere', { personId: ann.person, number: 'INC0000002' })).toMatchObject({
      error: { code: 'journalFailed' },
    });
  });

  it('says that it follows no server when it works alone', async () => {
    const alone = around(testDesk(), null);
    expect(await alone.window.call('keepScope', { scope: OF_NONE })).toMatchObject({ error: { code: 'notShared' } });
  });
});
