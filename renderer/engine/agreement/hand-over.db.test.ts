// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { introduced, nextId, recordArgs, testDesk } from '../engine-harness.suite.ts';
import { ADDRESS, testServer } from './memory-server.suite.ts';
import { around, joinedDesk, must, type SharedTestDesk } from './shared-world.suite.ts';

/** A desk that worked alone: its person, an incident of theirs with a note, and one more. */
async function lonelyDesk(server: Awaited<ReturnType<typeof testServer>>) {
  const lone = around(testDesk(), server);
  const me = await introduced(lone.window, 'Ada Agent');
  const first = recordArgs('Printer is on fire');
  must(await lone.window.submit(me, 'incident.record', first));
  must(await lone.window.submit(me, 'incident.start', { incidentId: first.incidentId }));
  must(
    await lone.window.submit(me, 'incident.note', { incidentId: first.incidentId, entryId: nextId(), body: 'Put out' }),
  );
  must(await lone.window.submit(me, 'incident.record', recordArgs('Screen flickers')));
  return { ...lone, me, first };
}

const signIn = async ({ window }: SharedTestDesk, name: string) => {
  must(await window.call('findServer', { address: ADDRESS }));
  return must(await window.call('signIn', { email: `${name}@desk.test`, password: name })).personId;
};

describe('a desk that worked alone', () => {
  it('SPEC 14.7: hands its incidents over, under the ids they are mapped to, and follows the server from then on', async () => {
    const server = await testServer();
    const lone = await lonelyDesk(server);
    const adm = await signIn(lone, 'adm');
    const preview = must(await lone.window.call('previewJoin', { personId: adm }));
    expect(preview).toMatchObject({ incidents: 2, mayHandOver: true, mayAddRecords: true, address: ADDRESS });
    const suggested = preview.rows.map(({ name, suggestedId }) => [name, suggestedId]);
    expect(suggested).toEqual([
      ['Service desk', server.team],
      ['Ada Agent', null],
    ]);
    const mapping = preview.rows.map(({ kind, localId, suggestedId }) => {
      return { kind, localId, serverId: localId === lone.me ? server.people.ann : suggestedId };
    });
    must(await lone.window.call('join', { personId: adm, mapping }));
    await lone.connection(({ mode }) => mode === 'joined');
    await lone.level();
    expect(await lone.numbers(2)).toEqual(['INC0000001', 'INC0000002']);
    const other = await joinedDesk(server, 'ben');
    await other.level();
    expect(await other.numbers(2)).toEqual(['INC0000001', 'INC0000002']);
    const shown = await other.window.watch('incident', { idOrNumber: lone.first.incidentId });
    expect(shown?.incident).toMatchObject({ state: 'inProgress', assignedToId: server.people.ann });
    expect(shown?.timeline.map(({ type, actor }) => [type, actor])).toEqual([
      ['incident.recorded', server.people.ann],
      ['incident.started', server.people.ann],
      ['incident.note', server.people.ann],
    ]);
  });

  it('SPEC 14.4: gets other numbers where its own are taken, and the former find their incidents', async () => {
    const server = await testServer();
    const other = await joinedDesk(server, 'ben');
    must(await other.window.submit(other.person, 'incident.record', recordArgs('Was here first')));
    await other.level();
    const lone = await lonelyDesk(server);
    const adm = await signIn(lone, 'adm');
    must(await lone.window.call('join', { personId: adm, mapping: [] }));
    await lone.connection(({ mode }) => mode === 'joined');
    await lone.level();
    expect((await lone.numbers(3)).toSorted()).toEqual(['INC0000001', 'INC0000002', 'INC0000003']);
    const found = await lone.window.watch('incident', { idOrNumber: lone.first.incidentId });
    expect(found?.incident.number).toBe('INC0000003');
    expect(found?.incident.aliases.map(({ value }) => value)).toContain('INC0000001');
  });

  it('SPEC 14.8: goes on where it was after a kill, and takes along what was changed meanwhile', async () => {
    const server = await testServer();
    const lone = await lonelyDesk(server);
    const adm = await signIn(lone, 'adm');
    lone.desk.host.network.trouble = { code: 'offline' };
    must(await lone.window.call('join', { personId: adm, mapping: [] }));
    // Two incidents, and what the server's directory does not have yet: a person and a team.
    const under = await lone.connection(({ states }) => states.length > 0);
    expect(under).toMatchObject({
      mode: 'found',
      handingOver: { done: 0, total: 4 },
      states: [{ kind: 'offline' }],
      people: [{ personId: adm, open: true }],
    });
    must(await lone.window.submit(lone.me, 'incident.record', recordArgs('While it goes on')));
    const again = lone.restart();
    await again.connection(({ mode }) => mode === 'joined');
    await again.level();
    expect(await again.numbers(3)).toHaveLength(3);
    expect(server.log.backup().incidents.size).toBe(3);
  });

  it('SPEC 14.9: goes on alone, undamaged, while nobody who may hand it over signs in', async () => {
    const server = await testServer();
    const lone = await lonelyDesk(server);
    const ann = await signIn(lone, 'ann');
    expect(must(await lone.window.call('previewJoin', { personId: ann })).mayHandOver).toBe(false);
    const refused = await lone.window.call('join', { personId: ann, mapping: [] });
    expect(refused).toMatchObject({ ok: false, error: { code: 'mayNotHandOver' } });
    must(await lone.window.submit(lone.me, 'incident.record', recordArgs('Still works')));
    expect(await lone.numbers(3)).toHaveLength(3);
  });
});
