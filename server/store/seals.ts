import { sql } from 'kysely';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { sealOf } from '#sync/authority/chain.ts';
import type { KeptSeal } from '#sync/authority/verify-log.ts';
import { CHAINING } from './chaining.ts';
import type { Driver, Queries } from './driver.ts';
import { run, runSql, tables } from './tables.ts';

/** One hash over the heads of all chains, as they were when the log of this epoch ended at `seq`. */
export interface Seal extends KeptSeal {
  /** UTC, as `2026-01-31`. */
  readonly day: string;
  readonly sealedAt: Instant;
  readonly epoch: Id;
  /** So many subjects had a chain. */
  readonly chains: number;
}

/** "seal" in ASCII: whoever holds this lock of the database seals. */
const LOCK = 0x7365616c;

/** The seals of a log in a SQL database. */
export class Seals {
  private readonly driver: Driver;

  constructor(driver: Driver) {
    this.driver = driver;
  }

  /** Seals this day unless that is done, or another node does it now: then null. */
  async seal(now: Instant): Promise<Seal | null> {
    const day = new Date(now).toISOString().slice(0, 10);
    return this.driver.transaction('write', async (queries) => {
      const [lock] = await queries.query<{ readonly got: boolean }>('select pg_try_advisory_xact_lock($1) as got', [
        LOCK,
      ]);
      if (lock?.got !== true || (await isSealed(queries, day))) return null;
      const { seq, epoch, heads } = await endsOf(queries);
      const seal: Seal = { day, sealedAt: now, epoch, seq, chains: heads.size, seal: sealOf(heads, CHAINING.hash) };
      await runSql(
        queries,
        sql`insert into seals (day, sealed_at, epoch, seq, chains, seal)
          values (${day}, ${now}, ${epoch}, ${seq}, ${seal.chains}, ${seal.seal})`,
      );
      return seal;
    });
  }

  /** The newest first, before that day. */
  list(limit: number, before: string | null = null): Promise<readonly Seal[]> {
    return run(
      this.driver,
      tables
        .selectFrom('seals')
        .select(['day', 'sealed_at as sealedAt', 'epoch', 'seq', 'chains', 'seal'])
        .$if(before !== null, (all) => all.where('day', '<', before ?? ''))
        .orderBy('day', 'desc')
        .limit(limit),
    );
  }
}

async function isSealed(queries: Queries, day: string): Promise<boolean> {
  return (await run(queries, tables.selectFrom('seals').select('day').where('day', '=', day))).length > 0;
}

/** In one statement: pushes go on meanwhile, and what is sealed has to be of one moment. */
async function endsOf(queries: Queries) {
  const rows = await runSql(
    queries,
    sql<{ readonly epoch: Id; readonly seq: number; readonly name: string | null; readonly hash: string }>`
      select epoch, seq, name, hash from log_head left join chain_heads on true`,
  );
  const [head] = rows;
  if (head === undefined) throw new Error('the log has lost its head');
  const heads = new Map(rows.flatMap(({ name, hash }) => (name === null ? [] : [[name, hash] as const])));
  return { epoch: head.epoch, seq: head.seq, heads };
}
