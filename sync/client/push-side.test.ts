import { describe, expect, it } from 'vitest';
import { SYNC_LIMITS } from '#contracts/sync/wire.ts';
import { command, deskOn, fates, kinds, note, recording, TestServer } from './client-world.suite.ts';
import type { Reply } from './ports.ts';

const served = () => new TestServer().furnish();

describe('what a device sends', () => {
  it('SPEC 1.8: takes a place when it is recorded, and no crash takes it away', async () => {
    const server = await served();
    const desk = await deskOn(server);
    await desk.client.record(recording('one', 'incident 1'));
    await desk.client.record(note('two', 'incident 1'));
    const { client } = await desk.again();
    expect(client.entries().map(({ place, command: { id } }) => [place, id])).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
    await client.record(note('two', 'incident 1'));
    await client.round();
    expect(fates(client)).toEqual({ one: 'accepted', two: 'accepted' });
    expect(await kinds(client)).toEqual(['upToDate']);
  });

  it('SPEC 1.8: goes in pushes that keep to the limits', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.record(recording('first', 'incident 1'));
    for (let at = 0; at < SYNC_LIMITS.commands + 5; at++) await client.record(note(`note ${at}`, 'incident 1'));
    const body = 'ü'.repeat(SYNC_LIMITS.pushBytes / 8);
    for (let at = 0; at < 5; at++) {
      await client.record(
        command(`big ${at}`, 'incident.note', { incidentId: 'incident 1', entryId: `big ${at}`, body }),
      );
    }
    await client.round();
    expect(server.pushes.map(({ commands }) => commands.length)).toEqual([200, 9, 2]);
    for (const request of server.pushes) {
      expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThanOrEqual(SYNC_LIMITS.pushBytes);
    }
    expect(Object.values(fates(client))).not.toContain('owed');
  });

  it('SPEC 1.3, 1.9: is applied once when the answer is lost, and its outcome is told all the same', async () => {
    const server = await served();
    const desk = await deskOn(server);
    await desk.client.record(recording('one', 'incident 1'));
    await desk.client.record(command('two', 'incident.resume', { incidentId: 'incident 1' }));
    server.loseAnswers = true;
    await desk.client.round();
    expect(fates(desk.client)).toEqual({ one: 'owed', two: 'owed' });
    const { client } = await desk.again();
    server.loseAnswers = false;
    await client.round();
    expect(fates(client)).toEqual({ one: 'accepted', two: 'rejected, parked' });
    expect(server.state.activities.filter(({ subject }) => subject.id === 'incident 1')).toHaveLength(1);
  });

  it('SPEC 1.5, 1.10: gets a new device id when another command holds its place, and nothing is lost or doubled', async () => {
    const server = await served();
    const desk = await deskOn(server);
    await desk.client.record(recording('one', 'incident 1'));
    await desk.client.round();
    const copied = await deskOn(server, { store: desk.store.copy() });
    await desk.client.record(note('by the original', 'incident 1'));
    await copied.client.record(note('by the copy', 'incident 1'));
    const { device } = desk.client;
    expect(copied.client.device).toBe(device);
    await desk.client.round();
    await copied.client.round();
    expect(copied.client.device).not.toBe(device);
    expect(fates(copied.client)).toEqual({ one: 'accepted', 'by the copy': 'accepted' });
    expect(server.incident('incident 1')?.counts.notes).toBe(2);
    await desk.client.round();
    const shown = await desk.client.effective(['incident 1']);
    expect(shown.get('incident 1')?.incident).toEqual(server.incident('incident 1'));
  });

  it('SPEC 1.7, 1.11: skips what no server can read, and those behind it pass', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.record(recording('one', 'incident 1'));
    await client.record(note('unreadable', 'incident 1', { lateReason: 'x'.repeat(2_001) }));
    const body = 'x'.repeat(SYNC_LIMITS.pushBytes);
    await client.record(command('too large', 'incident.note', { incidentId: 'incident 1', entryId: 'e', body }));
    await client.record(note('behind', 'incident 1'));
    await client.round();
    expect(fates(client)).toEqual({
      one: 'accepted',
      unreadable: 'skipped, parked',
      'too large': 'skipped, parked',
      behind: 'accepted',
    });
  });

  it('SPEC 1.11: finds the one command that the server says it can not read, and keeps no other back', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.record(recording('first', 'incident 1'));
    for (let at = 0; at < 9; at++) await client.record(note(`note ${at}`, 'incident 1'));
    const { push } = server.transport;
    server.transport.push = async (person, request): Promise<Reply> => {
      const bad = request.commands.some((sent) => sent.id === 'note 6' && !('skip' in sent));
      return bad ? { kind: 'unreadable' } : push(person, request);
    };
    await client.round();
    const refused = Object.entries(fates(client)).filter(([, fate]) => fate !== 'accepted');
    expect(refused).toEqual([['note 6', 'skipped, parked']]);
  });

  it("SPEC 13.6: waits for its own person, and is in nobody else's way", async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.record(recording('by ann', 'incident 1'));
    await client.record({ ...recording('by ben', 'incident 2'), person: 'ben' });
    client.signOut('ann');
    client.signIn('ben');
    await client.round();
    expect(fates(client)).toEqual({ 'by ann': 'owed', 'by ben': 'accepted' });
    client.signIn('ann');
    await client.round();
    expect(fates(client)).toEqual({ 'by ann': 'accepted', 'by ben': 'accepted' });
    const actors = server.state.activities.filter(({ type }) => type === 'incident.recorded').map(({ actor }) => actor);
    expect(actors).toEqual(['ben', 'ann']);
  });

  it('SPEC 13.7: arrives in the order in which two people did it at one desk', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    client.signIn('ben');
    await client.record(recording('by ann', 'incident 1'));
    await client.record(note('by ben', 'incident 1', { person: 'ben' }));
    await client.record(note('by ann again', 'incident 1'));
    await client.round();
    expect(fates(client)).toEqual({ 'by ann': 'accepted', 'by ben': 'accepted', 'by ann again': 'accepted' });
    const notes = server.state.activities.filter(({ type }) => type === 'incident.note').map(({ actor }) => actor);
    expect(notes).toEqual(['ben', 'ann']);
  });
});

describe('what was refused', () => {
  it('SPEC 2.4: is nobody’s conflict when what it wants is so already', async () => {
    const server = await served();
    const desk = await deskOn(server);
    const tagging = (id: string) =>
      command(id, 'incident.update', { incidentId: 'incident 1', changes: { tags: { from: [], to: ['x'] } } });
    await server.elsewhere(recording('one', 'incident 1'));
    await desk.client.round();
    await desk.client.record(tagging('here'));
    await server.elsewhere(tagging('elsewhere'));
    await desk.client.round();
    expect(fates(desk.client)).toEqual({ here: 'rejected' });
    const { client } = await desk.again();
    expect(client.parked()).toEqual([]);
    expect((await client.effective(['incident 1'])).get('incident 1')).toMatchObject({ pending: [] });
  });

  it('SPEC 2.1: is parked with its text until its person is done with it, over crashes', async () => {
    const server = await served();
    const desk = await deskOn(server);
    await desk.client.record(note('lost', 'no such incident'));
    await desk.client.round();
    const { client } = await desk.again();
    expect(client.parked()).toMatchObject([
      { command: { id: 'lost', args: { body: 'text of lost' } }, parked: { refusal: { code: 'notFound' } } },
    ]);
    await client.round();
    expect(await client.states()).toEqual([{ kind: 'parked', count: 1 }, { kind: 'upToDate' }]);
    await client.dismiss('lost');
    expect((await desk.again()).client.parked()).toEqual([]);
  });

  it('SPEC 2.2: takes along what depended on it, sent already or not, recorded before or after', async () => {
    const server = await served();
    const { client } = await deskOn(server);
    await client.record(recording('recording', 'incident 1', { callerId: 'nobody' }));
    await client.record(note('sent with it', 'incident 1'));
    await client.record(command('undone', 'command.undo', { commandId: 'sent with it' }));
    await client.record(recording('another', 'incident 2'));
    await client.round();
    await client.record(note('afterwards', 'incident 1'));
    await client.round();
    const because = client.parked().map((entry) => [entry.command.id, entry.parked?.because]);
    expect(because).toEqual([
      ['recording', null],
      ['sent with it', 'recording'],
      ['undone', 'recording'],
      ['afterwards', 'recording'],
    ]);
    expect(fates(client).another).toBe('accepted');
    expect(await kinds(client)).toEqual(['parked', 'upToDate']);
  });

  it('SPEC 2.3: is parked too when a copy of the device has skipped its place', async () => {
    const server = await served();
    const desk = await deskOn(server, { person: 'ben' });
    await desk.client.record({ ...recording('recording', 'incident 1', { callerId: 'nobody' }), person: 'ben' });
    await desk.client.record(note('on it', 'incident 1'));
    const copied = await deskOn(server, { store: desk.store.copy() });
    await desk.client.round();
    desk.client.signIn('ann');
    await desk.client.round();
    expect(fates(desk.client)['on it']).toBe('skipped, parked');
    await copied.client.round();
    expect(fates(copied.client)).toEqual({ recording: 'owed', 'on it': 'skipped, parked' });
  });
});
