import { setImmediate as turn } from 'node:timers/promises';
import { SYNC_LIMITS } from '#contracts/sync/wire.ts';
import type { Instant } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { StoreError } from '#server/store/driver.ts';
import { type LaneAnswer, type LanePush, push } from '#sync/authority/push.ts';
import type { LogHead, SharedLog } from '#sync/authority/shared-log.ts';

export interface GathererPorts {
  readonly log: SharedLog;
  readonly now: () => Instant;
  /** IANA zone of the organisation. */
  readonly zone: string;
  /** After a transaction: how many commands and pushes it decided, how long it took in milliseconds. */
  readonly onDecided: (facts: { commands: number; pushes: number; took: number; head: LogHead }) => void;
  /** Pushes that may wait; one more is refused. */
  readonly room?: number;
}

export interface GatheredAnswer extends LaneAnswer {
  readonly head: LogHead;
}

interface Waiting {
  readonly lane: LanePush;
  readonly answer: (answer: GatheredAnswer) => void;
  readonly fail: (error: unknown) => void;
}

const ROOM = 500;

/**
 * Everything that waits while one transaction runs goes into the next one together, so that a busy desk costs no more
 * commits than a quiet one (SPEC 3). Each push keeps its place in the queue.
 */
export class PushGatherer {
  private readonly ports: GathererPorts;
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(ports: GathererPorts) {
    this.ports = ports;
  }

  /** Resolves when the outcome is durable. `busy`: too many wait already; `closed`: this server stops. */
  async push(lane: LanePush): Promise<Result<GatheredAnswer, 'busy' | 'closed'>> {
    if (this.closed) return err('closed');
    if (this.waiting.length >= (this.ports.room ?? ROOM)) return err('busy');
    const answered = new Promise<GatheredAnswer>((answer, fail) => {
      this.waiting.push({ lane, answer, fail });
    });
    this.running ??= this.run();
    return ok(await answered);
  }

  /** Takes no more, and resolves when what was taken is decided. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // An embedded database works without ever giving way: what has arrived meanwhile gets its turn to be read first.
    await turn();
    while (this.waiting.length > 0) {
      await this.decide(this.take());
      await turn();
    }
    this.running = null;
  }

  /** The next pushes in order, as many as a transaction may hold; always one. */
  private take(): readonly Waiting[] {
    let commands = 0;
    const fits = this.waiting.findIndex(({ lane }, at) => {
      commands += lane.commands.length;
      return at > 0 && commands > SYNC_LIMITS.commands;
    });
    return this.waiting.splice(0, fits < 0 ? this.waiting.length : fits);
  }

  private async decide(together: readonly Waiting[]): Promise<void> {
    try {
      await this.transact(together);
    } catch (error) {
      const nothingToSort = together.length === 1 || error instanceof StoreError;
      if (nothingToSort) for (const { fail } of together) fail(error);
      // What one of them carries must not be in the way of the others. Outcomes are kept, so nothing happens twice.
      else for (const one of together) await this.decide([one]);
    }
  }

  private async transact(together: readonly Waiting[]): Promise<void> {
    const { log, now, zone, onDecided } = this.ports;
    const begun = now();
    const { head, answers } = await push(
      log,
      together.map(({ lane }) => lane),
      { zone, now: begun },
    );
    const commands = together.reduce((sum, { lane }) => sum + lane.commands.length, 0);
    onDecided({ commands, pushes: together.length, took: now() - begun, head });
    for (const [at, { answer, fail }] of together.entries()) {
      const own = answers[at];
      if (own) answer({ ...own, head });
      else fail(new Error('a push without an answer'));
    }
  }
}
