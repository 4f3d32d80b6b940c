import type { PushedCommand } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { DecidedCommand, Lane, PushTransaction } from './shared-log.ts';

const keyOf = ({ device, person }: Lane): string => JSON.stringify([device, person]);

/** How far one lane is and what was decided at its places, as stored and as this push goes on. */
export class LanePage {
  readonly lane: Lane;
  private readonly begun: number;
  private readonly byPlace: Map<number, DecidedCommand>;
  private next: number;

  constructor(lane: Lane, expected: number, decided: ReadonlyMap<number, DecidedCommand>) {
    this.lane = lane;
    this.begun = expected;
    this.next = expected;
    this.byPlace = new Map(decided);
  }

  /** The next place. */
  get expected(): number {
    return this.next;
  }

  get moved(): boolean {
    return this.next > this.begun;
  }

  at(seq: number): DecidedCommand | undefined {
    return this.byPlace.get(seq);
  }

  /** Keeps a decision at the next place. */
  keep(decided: DecidedCommand): void {
    if (this.next !== decided.seq) throw new Error('a decision belongs at the next place of its lane');
    this.next += 1;
    this.byPlace.set(decided.seq, decided);
  }
}

/** All lanes of a push, and what was decided whatever the lane. */
export class LaneBook {
  private readonly pages = new Map<string, LanePage>();
  private readonly byId: Map<Id, DecidedCommand>;
  /** Decided by this push, in order. */
  readonly kept: DecidedCommand[] = [];

  private constructor(byId: ReadonlyMap<Id, DecidedCommand>) {
    this.byId = new Map(byId);
  }

  static async open(
    transaction: PushTransaction,
    pushes: readonly (Lane & { readonly commands: readonly PushedCommand[] })[],
  ): Promise<LaneBook> {
    const sent = new Map<string, { readonly lane: Lane; readonly seqs: Set<number> }>();
    for (const { device, person, commands } of pushes) {
      const key = keyOf({ device, person });
      const { lane, seqs } = sent.get(key) ?? { lane: { device, person }, seqs: new Set() };
      for (const { seq } of commands) seqs.add(seq);
      sent.set(key, { lane, seqs });
    }
    const ids = pushes.flatMap(({ commands }) => commands.map(({ id }) => id));
    const [expected, byId] = await Promise.all([
      transaction.expected([...sent.values()].map(({ lane }) => lane)),
      transaction.decidedById([...new Set(ids)]),
    ]);
    const book = new LaneBook(byId);
    for (const [at, [key, { lane, seqs }]] of [...sent].entries()) {
      const end = expected[at] ?? 1;
      const old = [...seqs].filter((seq) => seq < end);
      const decided = old.length > 0 ? await transaction.decidedAt(lane, old) : new Map();
      book.pages.set(key, new LanePage(lane, end, decided));
    }
    return book;
  }

  /** Of a lane that is part of this push. */
  pageOf(lane: Lane): LanePage {
    const page = this.pages.get(keyOf(lane));
    if (page === undefined) throw new Error('a lane that is no part of this push');
    return page;
  }

  decided(id: Id): DecidedCommand | undefined {
    return this.byId.get(id);
  }

  keep(page: LanePage, decided: DecidedCommand): void {
    page.keep(decided);
    this.kept.push(decided);
    if (!this.byId.has(decided.id)) this.byId.set(decided.id, decided);
  }

  /** The next place of every lane that moved. */
  get lanes(): readonly (Lane & { readonly expected: number })[] {
    return [...this.pages.values()].flatMap(({ lane, expected, moved }) => (moved ? [{ ...lane, expected }] : []));
  }
}
