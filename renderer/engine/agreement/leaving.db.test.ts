// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { nextId, recordArgs } from '../engine-harness.suite.ts';
import { testServer } from './memory-server.suite.ts';
import { joinedDesk, must } from './shared-world.suite.ts';

describe('a desk that leaves', () => {
  it('SPEC 14.10: goes on alone with everything it holds, what was not sent yet included', async () => {
    const server = await testServer();
    const ann = await joinedDesk(server, 'ann');
    const ben = await joinedDesk(server, 'ben');
    const first = recordArgs('Printer is on fire');
    must(await ben.window.submit(ben.person, 'incident.record', first));
    await ben.level();
    must(await ann.window.call('syncNow', {}));
    await ann.window.watch('incident', { idOrNumber: first.incidentId }, (found) => found !== null);
    ann.desk.host.network.trouble = { code: 'offline' };
    const note = { incidentId: first.incidentId, entryId: nextId(), body: 'Never sent' };
    must(await ann.window.submit(ann.person, 'incident.note', note));
    must(await ann.window.submit(ann.person, 'incident.record', recordArgs('Recorded without a network')));
    must(await ann.window.call('leave', {}));
    // Asked once more while it takes everything along.
    must(await ann.window.call('leave', {}));
    await ann.connection(({ mode }) => mode === 'alone');
    const shown = await ann.window.watch('incident', { idOrNumber: first.incidentId }, (found) => {
      return found?.timeline.some(({ type }) => type === 'incident.note') ?? false;
    });
    expect(shown?.timeline.map(({ type }) => type)).toContain('incident.recorded');
    expect(await ann.numbers(2)).toEqual(['INC0000001', 'INC0000002']);
    expect((await ann.window.watch('session', {})).person?.name).toBe('ann');
    must(await ann.window.submit(ann.person, 'incident.start', { incidentId: first.incidentId }));
    const again = ann.restart();
    expect(await again.numbers(2)).toHaveLength(2);
    const kept = await again.window.watch('incident', { idOrNumber: first.incidentId });
    expect(kept?.incident.state).toBe('inProgress');
  });

  it('SPEC 14.11: decides first what the server refused', async () => {
    const server = await testServer();
    const ann = await joinedDesk(server, 'ann');
    const args = recordArgs('Printer is on fire');
    must(await ann.window.submit(ann.person, 'incident.record', args));
    await ann.level();
    const ben = await joinedDesk(server, 'ben');
    await ben.level();
    ben.desk.host.network.trouble = { code: 'offline' };
    const cancel = { incidentId: args.incidentId, reason: 'recordedInError' as const };
    must(await ben.window.submit(ben.person, 'incident.cancel', cancel));
    must(await ann.window.submit(ann.person, 'incident.cancel', cancel));
    await ann.level();
    ben.desk.host.network.trouble = null;
    must(await ben.window.call('syncNow', {}));
    await ben.connection(({ parked }) => parked === 1);
    expect(await ben.window.call('leave', {})).toMatchObject({
      ok: false,
      error: { code: 'conflictsWait', details: { count: 1 } },
    });
  });
});
