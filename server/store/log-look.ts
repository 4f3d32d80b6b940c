import { sql } from 'kysely';
import type { Lane } from '#sync/authority/shared-log.ts';
import type { Queries } from './driver.ts';
import type { Head } from './head.ts';
import { keyOf } from './keys.ts';
import { runSql } from './tables.ts';

/** The end of the log and what tells it from every other log that ends there, with the next places of some lanes. */
export interface Look {
  readonly head: Head;
  /**
   * Of the first activity at the end: it covers all that was confirmed of its subject and a random salt, so no restored
   * log has it again. Null while the log is empty.
   */
  readonly hash: string | null;
  /** In the order asked. */
  readonly expected: readonly number[];
}

/** In one statement, which sees one state; everything that a push writes moves with one of these. */
export async function lookAt(queries: Queries, lanes: readonly Lane[]): Promise<Look> {
  const [found] = await runSql<Head & { readonly hash: string | null; readonly expected: string }>(
    queries,
    sql`select epoch, seq, highest_number as "highestNumber", directory_version as "directoryVersion",
        (select hash from activities where activities.seq = log_head.seq order by place limit 1) as hash,
        array_to_json(array(
          select coalesce(lanes.expected, 1)
          from unnest(${lanes.map(({ device }) => keyOf(device))}::text[],
            ${lanes.map(({ person }) => keyOf(person))}::text[]) with ordinality as wanted (device, person, place)
          left join lanes on lanes.device = wanted.device and lanes.person = wanted.person
          order by wanted.place
        ))::text as expected
      from log_head`,
  );
  if (found === undefined) throw new Error('the log has lost its head');
  const { hash, expected, ...head } = found;
  return { head, hash, expected: JSON.parse(expected) as number[] };
}
