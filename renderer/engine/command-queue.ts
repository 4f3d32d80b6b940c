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

/** Commands in the order they came. Whatever waits when the journal is free again is judged as one batch. */
export class CommandQueue {
  private readonly waiting: Waiting[] = [];
  private running = false;
  private authority: { readonly store: AuthorityStore; readonly log: Log; readonly zone: string } | null = null;

  /** From here on commands are judged; before, they wait. */
  open(store: AuthorityStore, log: Log, zone: string): void {
    this.authority = { store, log, zone };
    void this.run();
  }

  /** New commands wait until the next `open`. */
  close(): void {
    this.authority = null;
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
      void this.run();
    });
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.authority && this.waiting.length > 0) {
      const { store, log, zone } = this.authority;
      await log.alone(() => this.judgeNext(store, zone));
    }
    this.running = false;
  }

  private async judgeNext(store: AuthorityStore, zone: string): Promise<void> {
    if (this.authority?.store !== store) return;
    const taken = this.waiting.splice(0, BATCH);
    const submissions = taken.map(({ submission }) => submission);
    try {
      const judged = await judge(store, submissions, { zone, alone: true });
      for (const [at, { answer }] of taken.entries()) {
        const outcome = judged.ok ? judged.value[at] : undefined;
        answer(judged.ok && outcome ? { ok: true, value: outcome } : judged.ok ? err('journalFailed') : judged);
      }
    } catch (cause) {
      for (const { fail } of taken) fail(cause);
    }
  }
}
