import { sql } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey } from '#domain/incident/numbering.ts';
import type { Keeping } from '#sync/authority/keeping.ts';
import type { IncidentFilter, LogReader } from '#sync/authority/shared-log.ts';
import type { DirectoryCache } from './directory-cache.ts';
import type { Queries } from './driver.ts';
import type { Head } from './head.ts';
import { keyOf, keysOf, readerKeys } from './keys.ts';
import { chainedAfter, chainHeadsIn } from './log-chains.ts';
import { anyKey, expectedOf, incidentsOf, timelinesOf } from './log-rows.ts';
import { parsed, run, tables } from './tables.ts';

/** What a pull reads, in one transaction that sees one state throughout. */
export function createReader(queries: Queries, head: Head, cache: DirectoryCache): LogReader {
  const directory = () => cache.at(head, queries);
  return {
    head: { epoch: head.epoch, seq: head.seq },
    expected: async (lane) => (await expectedOf(queries, [lane]))[0] ?? 1,
    activityIdAt: async (seq) => {
      const first = tables.selectFrom('activities').select('body').where('seq', '=', seq).orderBy('place').limit(1);
      const [row] = await run(queries, first);
      return row === undefined ? null : parsed<Activity>(row).id;
    },
    activitiesAfter: async (afterSeq, throughSeq, limit) => {
      const later = tables.selectFrom('activities').where('seq', '>', afterSeq).where('seq', '<=', throughSeq);
      // The command that fills the page, whole.
      const last = later
        .select('seq')
        .orderBy('seq')
        .orderBy('place')
        .offset(limit - 1)
        .limit(1);
      const page = later
        .select('body')
        .where('seq', '<=', sql<number>`coalesce(${last}, ${throughSeq}::bigint)`)
        .orderBy('seq')
        .orderBy('place');
      return (await run(queries, page)).map(parsed<Activity>);
    },
    incidents: (ids) => incidentsOf(queries, ids),
    incidentsBefore: async (before, limit, only = {}) => {
      const rows = await run(
        queries,
        passing(only)
          .select(['first_seq as firstSeq', 'body'])
          .$if(before !== null, (all) =>
            all.where(sql<boolean>`(first_seq, id) < (${before?.firstSeq}::bigint, ${keyOf(before?.id ?? '')}::text)`),
          )
          .orderBy('first_seq', 'desc')
          .orderBy('id', 'desc')
          .limit(limit),
      );
      return rows.map(({ firstSeq, body }) => {
        const incident = parsed<Incident>({ body });
        return { key: { firstSeq, id: incident.id }, incident };
      });
    },
    incidentCount: async (only = {}) => {
      const counted = passing(only).select(({ fn }) => fn.countAll<number>().as('count'));
      return (await run(queries, counted))[0]?.count ?? 0;
    },
    incidentOfNumber: async (number) => {
      const key = keyOf(numberKey(number));
      const bearer = tables.selectFrom('numbers').select('incident').where('key', '=', key);
      const [found] = await run(queries, tables.selectFrom('incidents').select('body').where('id', '=', bearer));
      return found === undefined ? null : parsed<Incident>(found).id;
    },
    person: async (id) => (await directory()).record('person', id),
    records: async () => (await directory()).all.map(({ kind, lsn, record }) => ({ kind, seq: lsn, record })),
    matrix: async () => (await directory()).matrix,
    timelines: (ids) => timelinesOf(queries, ids),
    chained: (afterSeq, limit) => chainedAfter(queries, head, afterSeq, limit),
    chainHeads: () => chainHeadsIn(queries),
  };
}

const passing = ({ concerning, openOrAfter, readableBy, kept }: IncidentFilter) =>
  tables
    .selectFrom('incidents')
    .$if(concerning !== undefined, (all) => {
      const person = keyOf(concerning ?? '');
      return all.where(({ eb, or }) => or([eb('caller', '=', person), eb('affected', '=', person)]));
    })
    .$if(openOrAfter !== undefined, (all) =>
      all.where(({ eb, or }) => or([eb('open', '=', true), eb('through_seq', '>', openOrAfter ?? 0)])),
    )
    .$if(readableBy !== undefined, (all) => (readableBy === undefined ? all : all.where(readBy(readableBy))))
    .$if(kept !== undefined, (all) => (kept === undefined ? all : all.where(keptBy(kept))));

/** These columns tell nothing of a row, or no longer what it is: it passes. */
const untold = sql`told_through is distinct from through_seq`;

/** As `mayRead` says. */
function readBy({ id, teamIds }: NonNullable<IncidentFilter['readableBy']>) {
  return sql<boolean>`(${untold} or readers is null or readers && ${readerKeys([id], teamIds)}::text[])`;
}

/** As `keeps` says. */
function keptBy({ personId, scope: { teamIds, siteIds }, since, beside }: Keeping) {
  const inTime = sql`(open or updated_at > coalesce(${since}::bigint, updated_at - 1))`;
  const named = sql`(team = ${anyKey(keysOf(teamIds))} or site = ${anyKey(keysOf(siteIds))}
    or ${keyOf(personId)}::text = any(concerns))`;
  const inScope = teamIds.length + siteIds.length === 0 ? inTime : sql`${inTime} and coalesce(${named}, false)`;
  return sql<boolean>`(${untold} or id = ${anyKey(keysOf(beside))} or ${inScope})`;
}
