// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { FRAME_FORMAT_VERSION } from '#contracts/host/engine-host.ts';
import { type Id, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { DeskDb } from '#renderer/data/desk-db.ts';
import type { SyncRecord } from '#renderer/data/sync-records.ts';
import { type HarnessOptions, nextId, recordArgs, type TestDesk } from '../engine-harness.suite.ts';
import { testServer } from './memory-server.suite.ts';
import { inForce } from './retelling.ts';
import { joinedDesk, must, type SharedTestDesk } from './shared-world.suite.ts';

const QUIET_MS = 1_500;
const HOUR = 3_600_000;

/** A desk that grows quiet when the test says so, hours after its last snapshot. */
function quietly() {
  let tidy = (): void => undefined;
  let clock = Date.UTC(2026, 0, 5, 9);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const environment: HarnessOptions['environment'] = {
    now: () => {
      clock += 1;
      return clock;
    },
    after: (milliseconds, callback) => {
      if (milliseconds === QUIET_MS) {
        tidy = callback;
        return () => undefined;
      }
      const timer = setTimeout(callback, milliseconds);
      timers.add(timer);
      return () => clearTimeout(timer);
    },
  };
  return {
    options: { environment } satisfies HarnessOptions,
    growQuiet: () => {
      clock += HOUR;
      tidy();
    },
    end: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Commands that were sent, decided and are past the horizon, as frames of the outbox. */
function settled(person: Id, count: number): readonly SyncRecord[] {
  const ids = Array.from({ length: count }, nextId);
  const told = ids.flatMap((id, at): SyncRecord[] => {
    const args = { incidentId: nextId(), entryId: nextId(), body: 'Called back, nobody there' };
    const command = { id, person, name: 'incident.note', args, occurredAt: at, recordedAt: at };
    const verdict = { outcome: 'accepted' as const, decidedAt: 0, number: null, refusal: null };
    return [
      { kind: 'outbox', frame: { kind: 'recorded', command, place: at + 1 } },
      { kind: 'outbox', frame: { kind: 'decided', commandId: id, verdict, on: at } },
    ];
  });
  return [...told, { kind: 'outbox', frame: { kind: 'forgotten', commandIds: ids } }];
}

/** What an earlier run wrote down of its outbox. */
async function written(desk: TestDesk, records: readonly SyncRecord[]): Promise<void> {
  await desk.engine.stop();
  const opening = must(await desk.host.journal.open());
  const frame = {
    formatVersion: FRAME_FORMAT_VERSION,
    keyId: 'plain',
    lsn: opening.lastLsn + 1,
    device: opening.device,
    person: SYSTEM_ACTOR,
    seq: 0,
    kind: 'sync' as const,
    command: null,
    activities: [],
    body: { records, recordedAt: 0 },
  };
  must(await desk.host.journal.append({ fence: opening.fence, expectedLsn: frame.lsn, frames: [frame] }));
}

async function rowsOf({ databaseName }: TestDesk) {
  const db = await new DeskDb(databaseName).open();
  const rows = await (db as DeskDb).sync.toArray();
  db.close();
  return rows;
}

const exported = async ({ window }: SharedTestDesk) => must(await window.call('exportOutbox', {})).text;

/** After a kill, and without a network. */
async function restarted(before: SharedTestDesk): Promise<SharedTestDesk> {
  const desk = before.restart();
  desk.desk.host.network.trouble = { code: 'offline' };
  await desk.desk.ready();
  return desk;
}

/** A desk with a long past of settled commands, and with one that waits to be sent. */
async function deskWithPast(count: number, options: HarnessOptions) {
  const server = await testServer();
  const ann = await joinedDesk(server, 'ann', options);
  await ann.level();
  ann.desk.host.network.trouble = { code: 'offline' };
  await written(ann.desk, settled(ann.person, count));
  const desk = await restarted(ann);
  must(await desk.window.submit(ann.person, 'incident.record', recordArgs('Not sent yet')));
  return desk;
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('an outbox of settled commands', { timeout: 120_000 }, () => {
  it('SPEC 1.12: shrinks to what is unsettled when the desk is quiet, in the database and in the snapshot', async () => {
    const quiet = quietly();
    const desk = await deskWithPast(10_000, quiet.options);
    const before = await exported(desk);
    const long = JSON.stringify(await rowsOf(desk.desk)).length;
    quiet.growQuiet();
    await expect.poll(async () => (await rowsOf(desk.desk)).length, { timeout: 20_000 }).toBe(1);
    expect(long).toBeGreaterThan(3_000_000);
    expect(JSON.stringify(await rowsOf(desk.desk)).length).toBeLessThan(5_000);
    expect(await exported(desk)).toBe(before);
    const latest = async () => must(await desk.desk.host.snapshots.latest());
    await expect.poll(latest, { timeout: 20_000 }).not.toBeNull();
    const manifest = await latest();
    const page = manifest?.pages.find(({ name }) => name === 'sync');
    expect(must(await desk.desk.host.snapshots.readPage({ hash: page?.hash ?? '' })).text.length).toBeLessThan(5_000);
    const again = await restarted(desk);
    expect(await exported(again)).toBe(before);
    again.desk.kill();
    quiet.end();
  });

  it('SPEC 1.12: is the same outbox at whatever moment of that the process is killed', async () => {
    let cutBefore = 0;
    let cutAfter = 0;
    for (let moment = 0; moment < 60; moment += 3) {
      const quiet = quietly();
      const desk = await deskWithPast(300, quiet.options);
      const before = await exported(desk);
      quiet.growQuiet();
      await turns(moment);
      desk.desk.kill();
      const again = await restarted(desk);
      expect(await exported(again)).toBe(before);
      const records = (await rowsOf(again.desk)).flatMap((row) => row.records);
      if (inForce(records).length > 500) cutBefore += 1;
      else cutAfter += 1;
      again.desk.kill();
      quiet.end();
    }
    // The sweep covered both sides, else it proves nothing.
    expect(cutBefore).toBeGreaterThan(0);
    expect(cutAfter).toBeGreaterThan(0);
  });
});
