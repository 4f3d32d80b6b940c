import { err, type Result } from '#domain/result.ts';
import { judge } from '#sync/authority/authority.ts';
import type { AuthorityStore, Outcome, StoreFault, Submission } from '#sync/authority/store.ts';
import type { Log } from './log.ts';

/** At most this many commands make one batch: one fsync for all, and nobody waits long for the first. */
const BATCH = 200;

interface Waiting {
  readonly submission: Submission;
  readonly answer: (outcome: Result<Outcome, StoreFault>) => void;
  readonly fail: (cause: unknown) => void;
}

/** Who says what becomes of commands. */
export interface Judge {
  /** One outcome each, in their places; what is accepted is durable when it answers. */
  judge(submissions: readonly Submission[]): Promise<Result<readonly Outcome[], StoreFault>>;
  /** Runs `work` when it can be judged at once: whatever came until then is one batch. */
  inTurn(work: () => Promise<void>): Promise<void>;
}

/** A desk that works alone judges by itself: nobody else writes to its journal meanwhile. */
export const judgeAlone = (store: AuthorityStore, log: Log, zone: string): Judge => ({
  judge: (submissions) => judge(store, submissions, { zone, alone: true }),
  inTurn: (work) => log.alone(work),
});

/** Commands in the order they came. Whatever waits when the journal is free again is judged as one batch. */
export class CommandQueue {
  private readonly waiting: Waiting[] = [];
  private running = false;
  private idle: Promise<void> = Promise.resolve();
  private closed = true;
  private judge: Judge | null = null;

  /** From here on commands are judged; before, they wait. */
  open(judge: Judge): void {
    this.judge = judge;
    this.closed = false;
    this.go();
  }

  /** New commands wait until the next `open`. */
  close(): void {
    this.judge = null;
    this.closed = true;
  }

  /**
   * Runs `work` while nothing is judged; what comes meanwhile waits. If it says true, that goes on until the next
   * `open`: whoever judged before must not judge any more.
   */
  async whileStill(work: () => Promise<boolean>): Promise<boolean> {
    const { judge } = this;
    this.judge = null;
    let stays = false;
    try {
      await this.idle;
      stays = await work();
      return stays;
    } finally {
      // Closed or opened anew meanwhile: whoever did that has the last word.
      if (!stays && judge && this.judge === null && !this.closed) this.open(judge);
    }
  }

  /** Answers everything that waits: nothing will judge it. */
  refuseAll(fault: StoreFault): void {
    for (const { answer } of this.waiting.splice(0)) answer(err(fault));
  }

  get length(): number {
    return this.waiting.length;
  }

  submit(submission: Submission): Promise<Result<Outcome, StoreFault>> {
    return new Promise((answer, fail) => {
      this.waiting.push({ submission, answer, fail });
      this.go();
    });
  }

  private go(): void {
    if (this.running) return;
    this.running = true;
    this.idle = this.run();
  }

  private async run(): Promise<void> {
    while (this.judge && this.waiting.length > 0) {
      const { judge } = this;
      await judge.inTurn(() => this.judgeNext(judge));
    }
    this.running = false;
  }

  private async judgeNext(judge: Judge): Promise<void> {
    if (this.judge !== judge) return;
    const taken = this.waiting.splice(0, BATCH);
    try {
      const judged = await judge.judge(taken.map(({ submission }) => submission));
      for (const [at, { answer }] of taken.entries()) {
        const outcome = judged.ok ? judged.value[at] : undefined;
        answer(judged.ok && outcome ? { ok: true, value: outcome } : judged.ok ? err('journalFailed') : judged);
      }
    } catch (cause) {
      for (const { fail } of taken) fail(cause);
    }
  }
}
