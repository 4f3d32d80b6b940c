// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Conflict } from '#contracts/engine/agreement.ts';
import { nextId, recordArgs } from '../engine-harness.suite.ts';
import { type TestServer, testServer } from './memory-server.suite.ts';
import { joinedDesk, must, type SharedTestDesk } from './shared-world.suite.ts';

type Desk = SharedTestDesk & { readonly person: string };

/** Ann and Ben look at the same incident; then Ben's network goes. */
async function apart(server: TestServer) {
  const ann: Desk = await joinedDesk(server, 'ann');
  const ben: Desk = await joinedDesk(server, 'ben');
  const args = recordArgs('Printer is on fire');
  const { incidentId } = args;
  must(await ann.window.submit(ann.person, 'incident.record', args));
  await ann.level();
  must(await ben.window.call('syncNow', {}));
  await ben.window.watch('incident', { idOrNumber: incidentId }, (found) => found !== null);
  await ben.level();
  ben.desk.host.network.trouble = { code: 'offline' };
  const back = async () => {
    ben.desk.host.network.trouble = null;
    must(await ben.window.call('syncNow', {}));
    await ben.connection(({ waiting, states }) => waiting === 0 && states.every(({ kind }) => kind !== 'offline'));
  };
  const inbox = (accept: (items: readonly Conflict[]) => boolean) =>
    ben.window.watch('conflicts', { personId: ben.person }, ({ items }) => accept(items));
  const impact = async (desk: Desk, to: 1 | 2) =>
    must(
      await desk.window.submit(desk.person, 'incident.update', { incidentId, changes: { impact: { from: 3, to } } }),
    );
  return { ann, ben, incidentId, back, inbox, impact };
}

const shown = async ({ window }: Desk, id: string, accept: (impact: number) => boolean) =>
  (await window.watch('incident', { idOrNumber: id }, (one) => one !== null && accept(one.incident.impact)))?.incident;

describe('a change that the server refuses', () => {
  it('SPEC 2.1: waits with base, theirs and mine for its person, who takes theirs, and takes that back', async () => {
    const server = await testServer();
    const { ann, ben, incidentId, back, inbox, impact } = await apart(server);
    await impact(ben, 1);
    await impact(ann, 2);
    await ann.level();
    await back();
    const { items } = await inbox((found) => found[0]?.fields[0]?.theirs === 2);
    expect(items[0]).toMatchObject({
      name: 'incident.update',
      refusal: { code: 'fieldChangedMeanwhile' },
      fields: [{ field: 'impact', base: 3, theirs: 2, mine: 1 }],
      changedBy: { name: 'ann' },
      decisions: ['mine', 'theirs'],
    });
    expect(await shown(ben, incidentId, (now) => now === 2)).toBeDefined();
    const commandIds = items.map(({ commandId }) => commandId);
    const of = { personId: ben.person, commandIds };
    expect(must(await ben.window.call('decideConflicts', { ...of, decision: 'theirs' }))).toEqual({
      decided: 1,
      refused: [],
    });
    const decided = await inbox((found) => found.length === 0);
    expect(decided.decided).toMatchObject({ commandIds, decision: 'theirs' });
    must(await ben.window.call('undoDecision', of));
    expect((await inbox((found) => found.length === 1)).decided).toBeNull();
  });

  it('is sent again over what stands there now, and undone again', async () => {
    const server = await testServer();
    const { ann, ben, incidentId, back, inbox, impact } = await apart(server);
    await impact(ben, 1);
    await impact(ann, 2);
    await ann.level();
    await back();
    const { items } = await inbox((found) => found[0]?.fields[0]?.theirs === 2);
    const of = { personId: ben.person, commandIds: items.map(({ commandId }) => commandId) };
    must(await ben.window.call('decideConflicts', { ...of, decision: 'mine' }));
    await ben.level();
    expect(server.log.backup().incidents.get(incidentId)?.incident.impact).toBe(1);
    must(await ben.window.call('undoDecision', of));
    await ben.connection(({ waiting, parked }) => waiting === 0 && parked === 1);
    expect(server.log.backup().incidents.get(incidentId)?.incident.impact).toBe(2);
  });

  it('keeps its text: a refused resolution becomes a note, and is not sent again to be refused again', async () => {
    const server = await testServer();
    const { ann, ben, incidentId, back, inbox } = await apart(server);
    const resolve = (desk: Desk, resolutionNotes: string) =>
      desk.window.submit(desk.person, 'incident.resolve', {
        incidentId,
        resolutionCode: 'solutionProvided',
        resolutionNotes,
      });
    must(await resolve(ben, 'Replaced the fuse'));
    must(await resolve(ann, 'Told them to restart'));
    await ann.level();
    await back();
    const { items } = await inbox((found) => found[0]?.fields[0]?.theirs === 'resolved');
    expect(items[0]).toMatchObject({ text: 'Replaced the fuse', decisions: ['theirs', 'note'] });
    expect(items[0]?.fields).toEqual([{ field: 'state', theirs: 'resolved', mine: 'resolved' }]);
    const of = { personId: ben.person, commandIds: items.map(({ commandId }) => commandId) };
    expect(must(await ben.window.call('decideConflicts', { ...of, decision: 'mine' }))).toMatchObject({
      decided: 0,
      refused: [{ refusal: { code: 'wrongState' } }],
    });
    must(await ben.window.call('decideConflicts', { ...of, decision: 'note' }));
    await ben.level();
    const entries = server.log.backup().activities.map(({ payload }) => JSON.stringify(payload));
    expect(entries.some((entry) => entry.includes('Replaced the fuse'))).toBe(true);
  });
});

describe('the outbox', () => {
  it('tells what waits in words of its own, bears the number shown meanwhile, and can be written to a file', async () => {
    const server = await testServer();
    const { ben } = await apart(server);
    const args = recordArgs('In the cellar');
    const { number } = must(await ben.window.submit(ben.person, 'incident.record', args));
    expect(number).toMatch(/^INC-[A-Z]\d-0001$/);
    const { items, total } = await ben.window.watch('outbox', { limit: 10 }, (value) => value.total > 0);
    expect({ total, items }).toMatchObject({
      total: 1,
      items: [
        { name: 'incident.record', number, shortDescription: 'In the cellar', personName: 'ben', why: 'waiting' },
      ],
    });
    const { text } = must(await ben.window.call('exportOutbox', {}));
    expect(JSON.parse(text).commands[0].args.shortDescription).toBe('In the cellar');
    ben.desk.host.network.trouble = null;
    must(await ben.window.call('syncNow', {}));
    await ben.level();
    const found = await ben.window.watch('incident', { idOrNumber: number ?? '' }, (one) => {
      return one?.incident.number === 'INC0000002';
    });
    expect(found?.incident.id).toBe(args.incidentId);
  });

  it('refuses at once what cannot be, and keeps nothing of it', async () => {
    const server = await testServer();
    const { ben, incidentId } = await apart(server);
    const refused = await ben.window.submit(ben.person, 'incident.reopen', { incidentId, reason: 'Because' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'refused', refusal: { code: 'wrongState' } } });
    const note = { incidentId, entryId: nextId(), body: 'By somebody who never signed in here' };
    expect(await ben.window.submit(server.people.sue, 'incident.note', note)).toMatchObject({ ok: false });
    expect((await ben.connection()).waiting).toBe(0);
  });
});

describe('prepare for the road', () => {
  it('says what is not on the device yet, and fetches it', async () => {
    const server = await testServer();
    const { ben, incidentId } = await apart(server);
    must(await ben.window.submit(ben.person, 'incident.start', { incidentId }));
    const ready = await ben.window.watch('readiness', { personId: ben.person }, ({ wanted }) => wanted === 1);
    expect(ready).toMatchObject({ held: 1, score: 100, missing: [], ready: true });
  });
});
