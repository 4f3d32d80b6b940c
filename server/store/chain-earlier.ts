import { sql } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import { chain } from './chaining.ts';
import type { Queries } from './driver.ts';
import { parsed, run, runSql, tables } from './tables.ts';

const PAGE = 2_000;

/**
 * Chains what a build before the chains has kept. Its part of the migration: nobody reads or writes meanwhile, and a
 * build that knows no chains can write nothing more.
 */
export async function chainEarlier(queries: Queries): Promise<void> {
  let after = { seq: -1, place: -1 };
  for (;;) {
    const rows = await run(
      queries,
      tables
        .selectFrom('activities')
        .select(['seq', 'place', 'body'])
        .where(sql<boolean>`(seq, place) > (${after.seq}::bigint, ${after.place}::integer)`)
        .orderBy('seq')
        .orderBy('place')
        .limit(PAGE),
    );
    const last = rows.at(-1);
    if (last === undefined) break;
    const links = await chain(queries, rows.map(parsed<Activity>));
    await runSql(
      queries,
      sql`update activities set salt = made.salt, sealed = made.sealed, hash = made.hash
        from unnest(${rows.map(({ seq }) => seq)}::bigint[], ${rows.map(({ place }) => place)}::integer[],
          ${links.map(({ salt }) => salt)}::text[], ${links.map(({ link }) => link.sealed)}::text[],
          ${links.map(({ link }) => link.hash)}::text[]) as made (seq, place, salt, sealed, hash)
        where activities.seq = made.seq and activities.place = made.place`,
    );
    after = last;
  }
  await queries.script('alter table activities alter column sealed set not null, alter column hash set not null');
}
