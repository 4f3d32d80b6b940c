import type { PushedCommand } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { DecidedCommand, Lane, PushTransaction } from './shared-log.ts';

const keyOf = ({ device, person }: Lane): string => JSON.stringify([device, person]);

/** How far each lane is and what was decided, as stored and as this push goes on. */
export class LaneBook {
  private readonly next = new Map<string, { readonly lane: Lane; expected: number; moved: boolean }>();
  private readonly byId: Map<Id, DecidedCommand>;
  private readonly byPlace = new Map<string, Map<number, DecidedCommand>>();
  /** Decided by this push, in order. */
  readonly kept: DecidedCommand[] = [];

  private constructor(byId: ReadonlyMap<Id, DecidedCommand>) {
    this.byId = new Map(byId);
  }

  static async open(
    transaction: PushTransaction,
    pushes: readonly (Lane & { readonly commands: readonly PushedCommand[] })[],
  ): Promise<LaneBook> {
    const lanes = [...new Map(pushes.map(({ device, person }) => [keyOf({ device, person }), { device, person }]))];
    const expected = await transaction.expected(lanes.map(([, lane]) => lane));
    const ids = pushes.flatMap(({ commands }) => commands.map(({ id }) => id));
    const book = new LaneBook(await transaction.decidedById([...new Set(ids)]));
    for (const [at, [key, lane]] of lanes.entries()) {
      const end = expected[at] ?? 1;
      book.next.set(key, { lane, expected: end, moved: false });
      const sent = pushes.filter((each) => keyOf(each) === key).flatMap(({ commands }) => commands);
      const old = [...new Set(sent.flatMap(({ seq }) => (seq < end ? [seq] : [])))];
      book.byPlace.set(key, new Map(old.length > 0 ? await transaction.decidedAt(lane, old) : []));
    }
    return book;
  }

  expected(lane: Lane): number {
    return this.next.get(keyOf(lane))?.expected ?? 1;
  }

  decided(id: Id): DecidedCommand | undefined {
    return this.byId.get(id);
  }

  at(lane: Lane, seq: number): DecidedCommand | undefined {
    return this.byPlace.get(keyOf(lane))?.get(seq);
  }

  /** Keeps a decision at the lane's next place. */
  keep(decided: DecidedCommand): void {
    const key = keyOf(decided);
    const lane = this.next.get(key);
    if (!lane || lane.expected !== decided.seq) throw new Error('a decision belongs at the next place of its lane');
    lane.expected += 1;
    lane.moved = true;
    this.kept.push(decided);
    if (!this.byId.has(decided.id)) this.byId.set(decided.id, decided);
    this.byPlace.get(key)?.set(decided.seq, decided);
  }

  /** The next place of every lane that moved. */
  get lanes(): readonly (Lane & { readonly expected: number })[] {
    return [...this.next.values()].flatMap(({ lane, expected, moved }) => (moved ? [{ ...lane, expected }] : []));
  }
}
