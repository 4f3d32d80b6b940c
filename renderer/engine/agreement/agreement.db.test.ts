// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { nextId, recordArgs } from '../engine-harness.suite.ts';
import { testServer } from './memory-server.suite.ts';
import { joinedDesk, must } from './shared-world.suite.ts';

describe('two desks that share a log', () => {
  it('see what the other recorded, under the number that the server gave', async () => {
    const server = await testServer();
    const ann = await joinedDesk(server, 'ann');
    const ben = await joinedDesk(server, 'ben');
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Printer is on fire')));
    await ann.level();
    must(await ben.window.call('syncNow', {}));
    expect(await ben.numbers(1)).toEqual(await ann.numbers(1));
    expect((await ben.window.watch('session', {})).person?.name).toBe('ben');
  });

  it('work on without the server, say what waits, and agree when it is back, over a kill', async () => {
    const server = await testServer();
    const ann = await joinedDesk(server, 'ann');
    await ann.level();
    ann.desk.host.network.trouble = { code: 'offline' };
    const args = recordArgs('No network in the cellar');
    must(await ann.window.submit(ann.person, 'incident.record', args));
    must(
      await ann.window.submit(ann.person, 'incident.note', {
        incidentId: args.incidentId,
        entryId: nextId(),
        body: 'Seen on site',
      }),
    );
    const offline = await ann.connection(({ states }) => states[0]?.kind === 'offline');
    expect(offline).toMatchObject({ mode: 'joined', waiting: 2, parked: 0 });
    const again = ann.restart();
    again.desk.host.network.trouble = { code: 'offline' };
    await again.desk.ready();
    expect((await again.numbers(1)).length).toBe(1);
    const shown = await again.window.watch('incident', { idOrNumber: args.incidentId });
    expect(shown?.timeline.map(({ type }) => type)).toEqual(['incident.recorded', 'incident.note']);
    again.desk.host.network.trouble = null;
    must(await again.window.call('syncNow', {}));
    await again.level();
    expect(server.log.backup().incidents.size).toBe(1);
    const confirmed = await again.window.watch(
      'incident',
      { idOrNumber: args.incidentId },
      (one) => one?.timeline.every(({ seq }) => seq !== null) ?? false,
    );
    const types = ['incident.recorded', 'incident.aliased', 'incident.note'];
    expect(confirmed?.timeline.map(({ type }) => type)).toEqual(types);
  });
});
