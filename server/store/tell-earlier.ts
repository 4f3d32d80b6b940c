import type { Incident } from '#domain/incident/incident.ts';
import type { Queries } from './driver.ts';
import { incidentsOf } from './log-write.ts';
import { parsed, run, runSql, tables } from './tables.ts';

const PAGE = 1_000;

/**
 * Tells of what a build before the scopes has kept whether a device keeps it. Its part of the migration: nobody reads
 * or writes meanwhile. Without it every such row counts as kept, whatever somebody asks for.
 */
export async function tellEarlier(queries: Queries): Promise<void> {
  let after = { firstSeq: -1, id: '' };
  for (;;) {
    const rows = await run(
      queries,
      tables
        .selectFrom('incidents')
        .select(['first_seq as firstSeq', 'id', 'body'])
        .where(({ eb, refTuple, tuple }) => eb(refTuple('first_seq', 'id'), '>', tuple(after.firstSeq, after.id)))
        .orderBy('first_seq')
        .orderBy('id')
        .limit(PAGE),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    await runSql(
      queries,
      incidentsOf(rows.map(parsed<Incident>), ({ throughSeq }) => throughSeq),
    );
    after = last;
  }
}
