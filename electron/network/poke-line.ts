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

  private async run(given: AbortSignal): Promise<void> {
    const { connect, heard, log, pause, random, steady } = this.ports;
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
      const wait = waitAfter(failures, end.ok ? undefined : end.error.fault.retryAfter, random());
      log(end.ok ? 'ended' : end.error.fault.code, wait);
      await pause(wait, given);
    }
  }
}
