import type { Activity } from '#domain/activity/activity.ts';
import type { ChainHead } from '#sync/authority/chaining.ts';
import type { KeptLink, LogHead } from '#sync/authority/shared-log.ts';
import type { Queries } from './driver.ts';
import { keyOf } from './keys.ts';
import { run, tables } from './tables.ts';

/** Entries with their links as they stand in the database, whoever wrote them there. */
export async function chainedAfter(
  queries: Queries,
  head: LogHead,
  afterSeq: number,
  limit: number,
): Promise<readonly KeptLink[]> {
  const later = tables.selectFrom('activities').where('seq', '>', afterSeq);
  const last = later
    .select('seq')
    .orderBy('seq')
    .orderBy('place')
    .offset(limit - 1)
    .limit(1);
  const [end] = await run(queries, last);
  const rows = await run(
    queries,
    later
      .select(['seq', 'subject', 'body', 'salt', 'sealed', 'hash'])
      .$if(end !== undefined, (all) => all.where('seq', '<=', end?.seq ?? 0))
      .orderBy('seq')
      .orderBy('place'),
  );
  return rows.map(({ seq, subject, body, salt, sealed, hash }): KeptLink => {
    const activity = activityIn(body);
    if (activity === null) return { seq, chained: null, misfiled: false };
    const misfiled = activity.seq !== seq || keyOf(activity.subject.id) !== subject || seq > head.seq;
    return { seq, chained: { activity, salt, link: { sealed, hash } }, misfiled };
  });
}

/** Only what chains need of it: whoever tampered with it may have left anything. */
export function activityIn(body: string): Activity | null {
  try {
    const read = JSON.parse(body);
    return typeof read?.subject?.id === 'string' && typeof read.subject.kind === 'string' ? read : null;
  } catch {
    return null;
  }
}

export async function chainHeadsIn(queries: Queries): Promise<ReadonlyMap<string, ChainHead>> {
  const rows = await run(queries, tables.selectFrom('chain_heads').select(['name', 'hash', 'length']));
  return new Map(rows.map(({ name, hash, length }) => [name, { hash, length }]));
}
