import type { Id, Subject } from '#domain/activity/activity.ts';
import { type ChainFlaw, flawOf, type Hash, sealOf } from './chain.ts';
import { type ChainHead, chainName } from './chaining.ts';
import type { KeptLink, LogReader } from './shared-log.ts';

/**
 * `payload`, `link`: as in `ChainFlaw`. `unreadable`: there is no activity in it. `misfiled`: it is kept under another
 * seq or subject than its own, or behind the end of the log. `gap`: nothing bears this
 * seq, and perhaps some after it. `head`: the chain ends
 * elsewhere than the log remembers, so entries were taken from its end or added there. `seal`: the chains up to here
 * are not those that were sealed.
 */
export interface LogFlaw {
  readonly flaw: Exclude<ChainFlaw['flaw'], 'subject'> | 'unreadable' | 'misfiled' | 'gap' | 'head' | 'seal';
  readonly seq: number;
  readonly subject: Subject | null;
  /** Place in the chain of its subject, from 0; null where the flaw is in no chain. */
  readonly at: number | null;
  readonly activityId: Id | null;
}

/** What was kept of the heads of all chains when the log ended at `seq`. */
export interface KeptSeal {
  readonly seq: number;
  readonly seal: string;
}

export interface VerifiedLog {
  readonly activities: number;
  readonly chains: number;
  readonly seals: number;
  /** The first of them. */
  readonly flaws: readonly LogFlaw[];
  /** All of them, counted. */
  readonly flawed: number;
}

interface Walked extends ChainHead {
  readonly subject: Subject;
  readonly seq: number;
  readonly activityId: Id;
}

const PAGE = 2_000;
const TOLD = 1_000;

/** Verifies every chain of a log from its first entry to its last, and its seals, oldest first (SPEC 15). */
export async function verifyLog(reader: LogReader, seals: readonly KeptSeal[], hash: Hash): Promise<VerifiedLog> {
  const walk = new Walk(hash, seals);
  // Also what stands before the first seq, where nothing does.
  let last = -Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = await reader.chained(last, PAGE);
    for (const entry of page) walk.pass(entry);
    const end = page.at(-1)?.seq;
    if (end === undefined) break;
    last = end;
  }
  walk.end(reader.head.seq, await reader.chainHeads());
  return { ...walk.counts, chains: walk.chains.size, seals: seals.length, flaws: walk.flaws, flawed: walk.flawed };
}

class Walk {
  readonly chains = new Map<string, Walked>();
  readonly flaws: LogFlaw[] = [];
  readonly counts = { activities: 0 };
  flawed = 0;
  private readonly hash: Hash;
  private readonly seals: KeptSeal[];
  private seq = 0;

  constructor(hash: Hash, seals: readonly KeptSeal[]) {
    this.hash = hash;
    this.seals = seals.toSorted((one, other) => one.seq - other.seq);
  }

  pass(entry: KeptLink): void {
    if (entry.seq > this.seq) this.goTo(entry.seq);
    this.counts.activities += 1;
    const { chained, seq } = entry;
    if (chained === null) {
      this.found({ flaw: 'unreadable', seq, subject: null, at: null, activityId: null });
      return;
    }
    const { subject, id } = chained.activity;
    const name = chainName(subject, this.hash);
    const before = this.chains.get(name);
    const at = before?.length ?? 0;
    const flaw = entry.misfiled ? 'misfiled' : flawOf(before?.hash ?? null, chained, this.hash);
    if (flaw !== null && flaw !== 'subject') this.found({ flaw, seq, subject, at, activityId: id });
    // Goes on from what is kept: an entry is not to blame for the one before it.
    this.chains.set(name, { hash: chained.link.hash, length: at + 1, subject, seq, activityId: id });
  }

  end(seq: number, heads: ReadonlyMap<string, ChainHead>): void {
    this.goTo(seq + 1);
    for (const { seq: at } of this.seals) this.found({ ...NOWHERE, flaw: 'seal', seq: at });
    for (const name of new Set([...this.chains.keys(), ...heads.keys()])) {
      const [found, kept] = [this.chains.get(name), heads.get(name)];
      if (found?.hash === kept?.hash && found?.length === kept?.length) continue;
      const { subject = null, seq: last = seq, activityId = null } = found ?? {};
      this.found({ flaw: 'head', seq: last, subject, at: found?.length ?? 0, activityId });
    }
  }

  /** Everything below `next` has been passed. */
  private goTo(next: number): void {
    if (this.seq + 1 < next) this.found({ ...NOWHERE, flaw: 'gap', seq: this.seq + 1 });
    for (let [seal] = this.seals; seal !== undefined && seal.seq < next; [seal] = this.seals) {
      this.seals.shift();
      const heads = new Map([...this.chains].map(([name, { hash }]) => [name, hash]));
      if (sealOf(heads, this.hash) !== seal.seal) this.found({ ...NOWHERE, flaw: 'seal', seq: seal.seq });
    }
    this.seq = Math.max(this.seq, next);
  }

  private found(flaw: LogFlaw): void {
    this.flawed += 1;
    if (this.flaws.length < TOLD) this.flaws.push(flaw);
  }
}

const NOWHERE = { subject: null, at: null, activityId: null } as const;
