// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { ListSpec, Queries } from '#contracts/engine/protocol.ts';
import { everything, recordArgs } from '../engine-harness.suite.ts';
import { testServer } from './memory-server.suite.ts';
import { joinedDesk, must } from './shared-world.suite.ts';

it('what was fetched for somebody else is in no list, count or search of who is at the desk now', async () => {
  const server = await testServer();
  const { sue, ann, ben } = server.people;
  const { desk, window, level } = await joinedDesk(server, 'sue');
  must(await window.call('signIn', { email: 'ann@desk.test', password: 'ann' }));
  await level();
  must(await window.call('switchPerson', { personId: sue }));
  await level();
  const plain = { ...recordArgs('Payroll prints nothing'), callerId: ben };
  const secret = { ...recordArgs('Payroll of the board'), callerId: ben, confidential: true };
  for (const args of [plain, secret]) must(await window.submit(sue, 'incident.record', args));
  await level();
  const isNumbered = (value: Queries['incident']['value']) => value?.incident.number.startsWith('INC0') === true;
  const shown = await window.watch('incident', { idOrNumber: secret.incidentId }, isNumbered);
  const number = shown?.incident.number ?? '';
  desk.host.network.trouble = { code: 'offline' };
  const spec: ListSpec = everything;
  const seen = async (personId: string) => {
    const [list, counts, search, byNumber, similar, card, chosen, alerts] = await Promise.all([
      window.watch('list', { personId, spec, from: 0, to: 10 }),
      window.watch('counts', { personId }),
      window.watch('search', { text: 'payroll', limit: 10 }),
      window.watch('search', { text: number, limit: 10 }),
      window.watch('similar', { text: 'payroll of the board', callerId: ben, excludeId: null, limit: 10 }),
      window.watch('callerCard', { personId: ben }),
      window.watch('chosen', { personId, of: { ids: [plain.incidentId, secret.incidentId], within: spec } }),
      window.watch('alerts', { personId, limit: 10 }),
    ]);
    const found = [list.rows, search.hits, byNumber.hits, similar, card?.recent ?? [], chosen.rows];
    const isThere = found.map((rows) => rows.some(({ id }) => id === secret.incidentId));
    const numbers = [list.total, counts.allOpen, search.total, card?.openCount, chosen.total];
    const said = JSON.stringify([found, alerts]).includes('board');
    return { isThere, numbers, said };
  };
  const everywhere = Array.from({ length: 6 }, () => true);
  expect(await seen(sue)).toEqual({ isThere: everywhere, numbers: [2, 2, 2, 2, 2], said: true });
  must(await window.call('switchPerson', { personId: ann }));
  expect(await seen(ann)).toEqual({ isThere: everywhere.map(() => false), numbers: [1, 1, 1, 1, 1], said: false });
  must(await window.call('switchPerson', { personId: sue }));
  await window.watch('counts', { personId: sue }, ({ allOpen }) => allOpen === 2);
  expect(await seen(sue)).toEqual({ isThere: everywhere, numbers: [2, 2, 2, 2, 2], said: true });
});

it('an alert keeps no words of an incident that has left the view of whoever was alerted', async () => {
  const server = await testServer();
  const ann = await joinedDesk(server, 'ann');
  const sue = await joinedDesk(server, 'sue');
  await ann.level();
  const args = { ...recordArgs('Mail is down'), impact: 1, urgency: 1 } as const;
  must(await sue.window.submit(sue.person, 'incident.record', args));
  await sue.level();
  must(await ann.window.call('syncNow', {}));
  const alerts = { personId: ann.person, limit: 10 };
  const told = await ann.window.watch('alerts', alerts, ({ entries }) => entries.length === 1);
  expect(told.entries[0]?.shortDescription).toBe('Mail is down');
  const changes = { confidential: { from: false, to: true } };
  must(await sue.window.submit(sue.person, 'incident.update', { incidentId: args.incidentId, changes }));
  await sue.level();
  must(await ann.window.call('syncNow', {}));
  await ann.numbers(0);
  const still = await ann.window.watch('alerts', alerts);
  expect(still.entries[0]).toMatchObject({ incidentId: args.incidentId, shortDescription: null });
});
