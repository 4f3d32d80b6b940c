import type { Result } from '#contracts/host/host-rules.ts';
import type { StreamEvent } from '#contracts/sync/wire.ts';
import { waitAfter } from '#electron/network/back-off.ts';
import type { Refused } from '#electron/network/faults.ts';

/** One connection, from asking for it to its end. */
export type Connect = (
  given: AbortSignal,
  taken: () => void,
  heard: (event: StreamEvent) => void,
) => Promise<Result<null, Refused>>;

export interface LinePorts {
  readonly connect: Connect;
  readonly heard: (event: StreamEvent) => void;
  /** Resolves after so many milliseconds, or when `given` is aborted. */
  readonly pause: (milliseconds: number, given: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly steady: () => number;
  readonly log: (code: string, wait: number) => void;
}

/** Having lasted this long, a connection was a good one, and the next failure is the first. Milliseconds. */
const GOOD = 30_000;

/** Keeps a connection to the server's pokes, and makes it anew with growing pauses when it ends. */
export class PokeLine {
  private readonly ports: LinePorts;
  private life: AbortController | null = null;
  /** Ends the pause that is going on; does nothing in one that the server asked for. */
  private endPause = (): void => undefined;

  constructor(ports: LinePorts) {
    this.ports = ports;
  }

  /** Begins anew at once, whatever was tried before: somebody signed in, the machine woke, the network is back. */
  start(): void {
    this.stop();
    this.life = new AbortController();
    void this.run(this.life.signal);
  }

  stop(): void {
    this.life?.abort();
    this.life = null;
  }

  /** The way is open again: what waits only because it was not need not any more. */
  hurry(): void {
    this.endPause();
  }

  private async run(given: AbortSignal): Promise<void> {
    const { connect, heard, log, random, steady } = this.ports;
    for (let failures = 1; !given.aborted; failures += 1) {
      let since: number | null = null;
      const taken = () => {
        since = steady();
      };
      const end = await connect(given, taken, (event) => {
        if (!given.aborted) heard(event);
      });
      // Nobody could be let in: whoever signs in starts it again.
      if (given.aborted || (!end.ok && end.error.fault.code === 'signInNeeded')) return;
      if (since !== null && steady() - since >= GOOD) failures = 1;
      const asked = end.ok ? undefined : end.error.fault.retryAfter;
      const wait = waitAfter(failures, asked, random());
      log(end.ok ? 'ended' : end.error.fault.code, wait);
      await this.rest(wait, given, asked === undefined);
    }
  }

  private async rest(wait: number, given: AbortSignal, mayBeHurried: boolean): Promise<void> {
    const end = new AbortController();
    const stop = () => end.abort();
    given.addEventListener('abort', stop, { once: true });
    if (mayBeHurried) this.endPause = stop;
    await this.ports.pause(wait, end.signal);
    if (this.endPause === stop) this.endPause = () => undefined;
    given.removeEventListener('abort', stop);
  }
}
