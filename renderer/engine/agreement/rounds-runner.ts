import type { Instant } from '#domain/activity/activity.ts';

import { shortly } from './shortly.ts';

interface RunnerPorts {
  /** Sends and takes what there is; answers how many milliseconds to wait before the next try, null: until something happens. */
  round(): Promise<number | null>;
  /** False while the server asked to be left alone. */
  mayTryNow(): boolean;
  now(): Instant;
  after(milliseconds: number, callback: () => void): () => void;
  /** A round has ended, or a wait has begun. */
  changed(): void;
  failed(cause: unknown): void;
}

/** Pokes are a courtesy: without one the server is asked this often. Milliseconds. */
const SLOW_POLL = 60_000;
/** After something that should not have happened: not at once, and not never. */
const AFTER_A_BUG = 30_000;

/** Keeps the rounds with the server going: at once when something happens, later when something is in the way. */
export class RoundsRunner {
  private readonly ports: RunnerPorts;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private cancel: (() => void) | null = null;
  private dueAt: Instant | null = null;
  private failing = false;

  constructor(ports: RunnerPorts) {
    this.ports = ports;
  }

  /** When the next try begins by itself, if the last one met trouble; null otherwise. */
  get nextTryAt(): Instant | null {
    return this.failing ? this.dueAt : null;
  }

  /** Something was recorded: sent at once, unless the way is known to be blocked. */
  recorded(): void {
    if (!this.failing) this.tryNow();
  }

  /** Something happened that may have opened the way. */
  tryNow(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    if (this.failing && !this.ports.mayTryNow()) return;
    this.begin();
  }

  /** None begins any more; the one that is going on is waited for a little, but not for a network. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel?.();
    if (this.running) await shortly(this.running, this.ports.after);
  }

  private begin(): void {
    this.cancel?.();
    this.cancel = null;
    this.dueAt = null;
    this.again = false;
    this.running = this.run().finally(() => {
      this.running = null;
      if (this.again && !this.failing) this.tryNow();
    });
  }

  private async run(): Promise<void> {
    let wait: number | null = AFTER_A_BUG;
    try {
      wait = await this.ports.round();
    } catch (cause) {
      if (!this.stopped) this.ports.failed(cause);
    }
    this.failing = wait !== null;
    if (!this.stopped) this.waitFor(wait ?? SLOW_POLL);
    this.ports.changed();
  }

  private waitFor(milliseconds: number): void {
    this.dueAt = this.ports.now() + milliseconds;
    this.cancel = this.ports.after(milliseconds, () => {
      this.cancel = null;
      if (!this.stopped && !this.running) this.begin();
    });
  }
}
