import { sql } from 'kysely';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { DecidedCommand, Lane } from '#sync/authority/shared-log.ts';
import type { Queries } from './driver.ts';
import { keyOf, keysOf } from './keys.ts';
import { parsed, run, runSql, tables } from './tables.ts';

/**
 * What pushes and pulls both look up. Sets in, sets out: one statement however many are asked for. Where several rows
 * may answer to one of a set, each of the set is looked up by itself: a database that has no statistics yet, as an
 * embedded one often has none, guesses that a set reaches most of a table, and reads all of it.
 */

export const anyKey = (keys: readonly string[]) => sql<string>`any(${keys}::text[])`;
export const anySeq = (seqs: readonly number[]) => sql<number>`any(${seqs}::bigint[])`;

/** In the order of the asking: what is made of it does not depend on the database. */
const asAsked = <Value>(ids: readonly Id[], found: ReadonlyMap<Id, Value>): ReadonlyMap<Id, Value> =>
  new Map(
    ids.flatMap((id): [Id, Value][] => {
      const value = found.get(id);
      return value === undefined ? [] : [[id, value]];
    }),
  );

export async function incidentsOf(queries: Queries, ids: readonly Id[]): Promise<ReadonlyMap<Id, Incident>> {
  if (ids.length === 0) return new Map();
  const rows = await run(
    queries,
    tables
      .selectFrom('incidents')
      .select('body')
      .where('id', '=', anyKey(keysOf(ids))),
  );
  return asAsked(ids, new Map(rows.map(parsed<Incident>).map((incident) => [incident.id, incident])));
}

export async function timelinesOf(queries: Queries, ids: readonly Id[]): Promise<ReadonlyMap<Id, readonly Activity[]>> {
  if (ids.length === 0) return new Map();
  const rows = await runSql(
    queries,
    sql<{ readonly body: string }>`
      select found.body from unnest(${keysOf(ids)}::text[]) as wanted (subject)
      cross join lateral (
        select seq, place, body from activities where subject = wanted.subject order by seq, place
      ) as found
      order by found.seq, found.place`,
  );
  const timelines = new Map<Id, Activity[]>();
  for (const activity of rows.map(parsed<Activity>)) {
    const timeline = timelines.get(activity.subject.id);
    if (timeline === undefined) timelines.set(activity.subject.id, [activity]);
    else timeline.push(activity);
  }
  return asAsked(ids, timelines);
}

/** The next place of each lane, in the order asked. */
export async function expectedOf(queries: Queries, lanes: readonly Lane[]): Promise<readonly number[]> {
  const keys = lanes.map(({ device, person }) => ({ device: keyOf(device), person: keyOf(person) }));
  const rows = await runSql(
    queries,
    sql<{ device: string; person: string; expected: number }>`
      select device, person, expected from lanes
      join unnest(${keys.map(({ device }) => device)}::text[], ${keys.map(({ person }) => person)}::text[])
        as wanted (device, person) using (device, person)`,
  );
  const found = new Map(rows.map(({ device, person, expected }) => [JSON.stringify([device, person]), expected]));
  return keys.map(({ device, person }) => found.get(JSON.stringify([device, person])) ?? 1);
}

/** Every command's first decision, or its first acceptance. */
export async function decidedOf(
  queries: Queries,
  ids: readonly Id[],
  accepted: 'any' | 'accepted',
): Promise<ReadonlyMap<Id, DecidedCommand>> {
  if (ids.length === 0) return new Map();
  const rows = await runSql(
    queries,
    sql<{ readonly body: string }>`
      select found.body from unnest(${keysOf(ids)}::text[]) as wanted (command_id)
      cross join lateral (
        select body from decided
        where command_id = wanted.command_id ${accepted === 'accepted' ? sql`and accepted` : sql``}
        order by entry limit 1
      ) as found`,
  );
  return new Map(rows.map(parsed<DecidedCommand>).map((decided) => [decided.id, decided]));
}
