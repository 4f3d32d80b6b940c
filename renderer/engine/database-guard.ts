import type { DatabaseError } from '#renderer/data/open-failure.ts';
import type { EngineEnvironment } from './environment.ts';
import { SpaceWatch } from './space-watch.ts';
import type { StatusBoard } from './status-board.ts';

interface DatabaseGuardPorts extends Pick<EngineEnvironment, 'after' | 'elapsed'> {
  readonly board: StatusBoard;
  readonly log: EngineEnvironment['host']['log'];
  isDiskFull(): Promise<boolean>;
  /** Brings the desk up anew; `reset` throws the database's files away first. */
  makeAnew(how: { readonly reset: boolean }): void;
  /** Tries the same database once more. */
  retry(): void;
}

/** A database that went bad is made anew at once, but not over and over. */
const MEND_AGAIN_AFTER_MS = 60_000;
const TRY_AGAIN_MS = 15_000;

/** What happens when the database refuses. Work goes on in journal and memory all the while. */
export class DatabaseGuard {
  private readonly ports: DatabaseGuardPorts;
  private readonly space: SpaceWatch;
  private mendedAt = Number.NEGATIVE_INFINITY;
  private waitsForSpace = false;
  private ended = false;

  constructor(ports: DatabaseGuardPorts) {
    this.ports = ports;
    this.space = new SpaceWatch({
      probe: async () => !(await ports.isDiskFull()),
      recovered: () => this.mend(),
      after: ports.after,
    });
  }

  failed(error: DatabaseError): void {
    const { log, board, isDiskFull } = this.ports;
    log('error', 'database.failed', { code: error.code, names: error.names.join(' ') });
    if (error.code === 'quota') board.say({ trouble: 'diskFull' });
    else if (!this.ended) void isDiskFull().then((full) => (full ? this.awaitSpace() : this.mendAtTimes()));
  }

  wrote(): void {
    const { board } = this.ports;
    if (board.trouble === 'diskFull' || board.trouble === 'databaseBlocked') board.say({ trouble: null });
  }

  /** Chromium closes its database on a full disk and names no reason: opening it anew waits until there is space. */
  awaitSpace(): void {
    this.waitsForSpace = true;
    this.ports.board.say({ trouble: 'diskFull' });
    this.space.begin();
  }

  /** Opens at once a database that waits for space, because somebody needs it. */
  stopWaiting(): void {
    if (this.waitsForSpace) this.mend();
  }

  end(): void {
    this.ended = true;
    this.space.end();
  }

  private mendAtTimes(): void {
    const { elapsed, board, after, retry } = this.ports;
    if (this.mendedAt + MEND_AGAIN_AFTER_MS <= elapsed()) {
      this.mend();
      return;
    }
    // Made anew a moment ago and refusing again: work goes on in journal and memory, and it is tried now and then.
    board.say({ trouble: 'databaseBlocked' });
    after(TRY_AGAIN_MS, retry);
  }

  private mend(): void {
    // What Chromium closed on a full disk it often never opens again in this run: such files are made anew.
    const reset = this.waitsForSpace;
    this.waitsForSpace = false;
    this.space.end();
    this.mendedAt = this.ports.elapsed();
    this.ports.makeAnew({ reset });
  }
}
