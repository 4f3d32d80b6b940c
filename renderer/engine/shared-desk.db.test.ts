import { describe, expect, it } from 'vitest';
import { introduced, nextId, recordArgs, type TestDesk, testDesk } from './engine-harness.suite.ts';

/** A desk with a clock of its own, on which nobody has to wait for ten seconds. */
function deskWithClock() {
  let at = Date.UTC(2026, 0, 5, 9);
  const desk = testDesk({
    environment: {
      now: () => {
        at += 1;
        return at;
      },
      after: (milliseconds, callback) => {
        const timer = setTimeout(callback, Math.min(milliseconds, 10));
        return () => clearTimeout(timer);
      },
    },
  });
  const pass = async (milliseconds: number) => {
    at += milliseconds;
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  return { desk, pass };
}

/** Ada and Bo have both been here, and Ada sits at the desk. */
async function sharedDesk() {
  const { desk, pass } = deskWithClock();
  const window = desk.window();
  const ada = await introduced(window);
  const bo = await introduced(window, 'Bo');
  await window.call('switchPerson', { personId: ada });
  return { desk, window, ada, bo, pass };
}

const important = (text: string) => ({ ...recordArgs(text), impact: 1, urgency: 1 }) as const;
const titles = (desk: TestDesk) => desk.host.shown.map(({ title }) => title).sort();
const comes = async (desk: TestDesk, personId: string) => {
  await desk.window().call('switchPerson', { personId });
  await new Promise((resolve) => setTimeout(resolve, 30));
};

describe('a desk that Ada and Bo share', { timeout: 30_000 }, () => {
  it('tells Bo once, when he comes, what Ada recorded and assigned to him meanwhile', async () => {
    const { desk, window, ada, bo, pass } = await sharedDesk();
    await window.submit(ada, 'incident.record', important('Mail is down'));
    const printer = recordArgs('Printer');
    await window.submit(ada, 'incident.record', printer);
    await window.submit(ada, 'incident.assign', { incidentId: printer.incidentId, assignedToId: bo });
    await pass(11_000);
    expect(desk.host.shown).toEqual([]);
    await comes(desk, bo);
    expect(titles(desk)).toEqual(['Assigned to you: P4 INC0000002', 'P1 INC0000001']);
    expect(desk.host.badgeCount()).toBe(2);
    await comes(desk, ada);
    expect(desk.host.badgeCount()).toBe(0);
    await comes(desk, bo);
    expect(desk.host.shown).toHaveLength(2);
  });

  it('tells him after a kill, and after the database was made anew, and then never again', async () => {
    const { desk, window, ada, bo, pass } = await sharedDesk();
    await window.submit(ada, 'incident.record', important('Mail is down'));
    await pass(100);
    const anew = desk.restart({ databaseName: `anew ${desk.databaseName}` });
    await anew.ready();
    expect(anew.host.shown).toEqual([]);
    await comes(anew, bo);
    expect(titles(anew)).toEqual(['P1 INC0000001']);
    const again = anew.restart();
    await comes(again, ada);
    await comes(again, bo);
    expect(again.host.shown).toEqual([]);
    const { entries } = await again.window().watch('alerts', { personId: bo, limit: 9 });
    expect(entries).toMatchObject([{ number: 'INC0000001', state: 'triggered', delivery: [{ shown: true }] }]);
  });

  it('tells nothing that Ada has resolved by then', async () => {
    const { desk, window, ada, bo, pass } = await sharedDesk();
    const args = important('Mail is down');
    await window.submit(ada, 'incident.record', args);
    await window.submit(ada, 'incident.resolve', {
      incidentId: args.incidentId,
      resolutionCode: 'solutionProvided',
      resolutionNotes: 'Restarted',
    });
    await pass(11_000);
    await comes(desk, bo);
    expect(desk.host.shown).toEqual([]);
    expect((await desk.window().watch('alerts', { personId: bo, limit: 9 })).entries).toEqual([]);
  });

  it('tells nobody of the sample data, nor somebody who has never been here of anything', async () => {
    const { desk, window, ada, bo } = await sharedDesk();
    const cy = nextId();
    const { person } = await window.watch('session', {});
    if (!person) throw new Error('nobody');
    await window.submit(ada, 'directory.save', { kind: 'person', record: { ...person, id: cy, name: 'Cy' } });
    await window.call('loadSample', { seed: 7, incidents: 60 });
    await comes(desk, bo);
    await window.submit(bo, 'incident.record', important('Before Cy was here'));
    await comes(desk, cy);
    expect(desk.host.shown).toEqual([]);
    expect((await desk.window().watch('alerts', { personId: cy, limit: 9 })).entries).toEqual([]);
  });
});
