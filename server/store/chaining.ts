import { hash, randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Activity, Subject } from '#domain/activity/activity.ts';
import { utf8 } from '#domain/activity/utf8.ts';
import { type ChainHead, type Chaining, chainName, chainOn, type SaltedLink } from '#sync/authority/chaining.ts';
import type { Queries } from './driver.ts';
import { runSql } from './tables.ts';

const HALF_CHARACTER = /\p{Surrogate}/u;
const SALT = 16;
/** Random bytes are drawn for so many salts at once. */
const DRAWN = 256;
let drawn = Buffer.alloc(0);

/** No two share a byte, and none is given twice. */
function newSalt(): string {
  if (drawn.length < SALT) drawn = randomBytes(SALT * DRAWN);
  const salt = drawn.toString('base64url', 0, SALT);
  drawn = drawn.subarray(SALT);
  return salt;
}

/** As on any log, by the platform's own hash; salts of 128 bits. */
export const CHAINING: Chaining = {
  // Node writes all halves of characters as one and the same.
  hash: (text) => hash('sha256', HALF_CHARACTER.test(text) ? utf8(text) : text, 'hex'),
  newSalt,
};

/** The ends of chains as they are kept, each looked up once, for whoever holds the head. */
export class KeptEnds {
  private readonly queries: Queries;
  private readonly looked = new Set<string>();
  private readonly ends = new Map<string, ChainHead>();

  constructor(queries: Queries) {
    this.queries = queries;
  }

  /** Those of these subjects are among what it answers, by chain name; a subject without a chain has none. */
  async of(subjects: readonly Subject[]): Promise<ReadonlyMap<string, ChainHead>> {
    const names = new Set(subjects.map((subject) => chainName(subject, CHAINING.hash)));
    const fresh = [...names].filter((name) => !this.looked.has(name));
    if (fresh.length === 0) return this.ends;
    const kept = await runSql(
      this.queries,
      sql<ChainHead & { readonly name: string }>`
        select name, hash, length from chain_heads where name = any(${fresh}::text[])`,
    );
    for (const name of fresh) this.looked.add(name);
    for (const { name, hash, length } of kept) this.ends.set(name, { hash, length });
    return this.ends;
  }
}

/** The statement that keeps where chains end now. */
export function endsAre(heads: ReadonlyMap<string, ChainHead>): RawBuilder<unknown> {
  const ends = [...heads];
  return sql`insert into chain_heads (name, hash, length)
    select * from unnest(${ends.map(([name]) => name)}::text[], ${ends.map(([, { hash }]) => hash)}::text[],
      ${ends.map(([, { length }]) => length)}::bigint[])
    on conflict (name) do update set hash = excluded.hash, length = excluded.length`;
}

/** Chains activities behind those that are kept, and keeps where their chains end now. */
export async function chain(queries: Queries, activities: readonly Activity[]): Promise<readonly SaltedLink[]> {
  const ends = await new KeptEnds(queries).of(activities.map(({ subject }) => subject));
  const { links, heads } = chainOn(ends, activities, CHAINING);
  await runSql(queries, endsAre(heads));
  return links;
}
