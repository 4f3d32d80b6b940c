import {
  type EngineHost,
  FRAME_FORMAT_VERSION,
  type Frame,
  type JournalError,
  type JournalOpening,
} from '#contracts/host/engine-host.ts';
import { type Id, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';

type Unplaced = Omit<Frame, 'lsn' | 'formatVersion' | 'keyId' | 'device'>;

/** The journal as the engine writes it: one writer at a time, each knowing the lsn it will get. */
export class Log {
  readonly opening: JournalOpening;
  private readonly host: EngineHost;
  private last: number;
  private readonly counters: Map<Id, number>;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(host: EngineHost, opening: JournalOpening, counters: Readonly<Record<Id, number>>) {
    this.host = host;
    this.opening = opening;
    this.last = opening.lastLsn;
    this.counters = new Map(Object.entries(counters));
  }

  get lastLsn(): number {
    return this.last;
  }

  get fence(): number {
    return this.opening.fence;
  }

  get device(): Id {
    return this.opening.device;
  }

  counterOf(person: Id): number {
    return this.counters.get(person) ?? 0;
  }

  allCounters(): Readonly<Record<Id, number>> {
    return Object.fromEntries(this.counters);
  }

  /** Runs alone among those who write: what it read of the log's end still holds when it appends. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const before = this.turn;
    const mine = before.then(work, work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** Only inside `alone`. One write, one fsync; afterwards the frames are durable, or none of them is. */
  async append(unplaced: readonly Unplaced[]): Promise<Result<readonly Frame[], JournalError>> {
    const frames = unplaced.map(
      (frame, at): Frame => ({
        ...frame,
        formatVersion: FRAME_FORMAT_VERSION,
        keyId: 'plain',
        device: this.device,
        lsn: this.last + 1 + at,
      }),
    );
    const appended = await this.host.journal.append({ fence: this.fence, expectedLsn: this.last + 1, frames });
    if (!appended.ok) return err(appended.error);
    this.last = appended.value.lastLsn;
    for (const { person, seq } of frames) if (seq > this.counterOf(person)) this.counters.set(person, seq);
    return ok(frames);
  }
}

/** A frame of the desk's own, outside any person's count of commands. */
export const deskFrame = (kind: 'adoptBegin' | 'adoptCommit' | 'ledger' | 'sync', body: unknown): Unplaced => ({
  person: SYSTEM_ACTOR,
  seq: 0,
  kind,
  command: null,
  activities: [],
  body,
});
