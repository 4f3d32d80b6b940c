import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { WireCommand } from '#contracts/sync/wire.ts';
import { World } from '#sync/authority/log-world.suite.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, opened } from './testing/stores.suite.ts';

const INCIDENTS = 4_000;

const postgres = findPostgres();
describe.skipIf(postgres === null)('a log that has grown', () => {
  const cluster = clusterOf(postgres ?? '');

  it('is never read from end to end by a push or a page of a pull, with statistics and before there are any', async () => {
    const store = await opened({ kind: 'postgres', url: await cluster().database() });
    const world = await World.staffed(store.log);
    const record = (at: number): WireCommand => {
      const least = { incidentId: `i${at}`, shortDescription: 'x', channel: 'phone', impact: 3, urgency: 3 };
      return world.command('ann', 'incident.record', { ...least, callerId: at % 100 === 0 ? 'cal' : 'cat' });
    };
    for (let at = 0; at < INCIDENTS; at += 200) {
      await world.push(
        'ann',
        Array.from({ length: 200 }, (_, more) => record(at + more)),
      );
    }
    const scans = async () => {
      await pause(100);
      await store.driver.query('select pg_stat_force_next_flush()');
      return store.driver.query<{ readonly table: string; readonly scans: number }>(
        `select relname as table, seq_scan as scans from pg_stat_user_tables
         where relname in ('activities', 'incidents', 'decided', 'numbers') order by relname`,
      );
    };
    const fresh = await scans();
    await world.push(
      'ann',
      Array.from({ length: 200 }, (_, more) => record(INCIDENTS + more)),
    );
    expect(await scans()).toEqual(fresh);
    await store.driver.script('analyze');
    // One connection after the other: each reports what it has done when it has nothing to do.
    const before = await scans();

    const { commandId } = await world.accepted('ann', 'incident.assign', { incidentId: 'i7', assignedToId: 'ann' });
    await world.accepted('ann', 'command.undo', { commandId });
    await world.send('ann', 'incident.start', { incidentId: 'i9' }, { seq: 3 });
    const page = await store.log.read(async (reader) => ({
      changes: await reader.activitiesAfter(INCIDENTS, reader.head.seq, 500),
      mark: await reader.activityIdAt(reader.head.seq),
      rows: await reader.incidentsBefore({ firstSeq: 2_000, id: 'i1999' }, 500),
      own: await reader.incidentsBefore(null, 50, { concerning: 'cal' }),
      timelines: await reader.timelines(['i7', 'i8']),
    }));
    expect([page.rows.length, page.own.length, page.timelines.size]).toEqual([500, (INCIDENTS + 200) / 100, 2]);
    expect(await scans()).toEqual(before);
    await store.close();
  });
});
