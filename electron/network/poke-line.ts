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
  /** A connection on which the server was heard is gone: who relies on it may want to know why. */
  readonly lost: () => void;
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
  /** Ends a pause that the server did not ask for; null while there is none. */
  private resting: AbortController | null = null;

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

  /** There was no way to the server and there is one again: no reason to wait for it. */
  reached(): void {
    this.resting?.abort();
  }

  private async run(given: AbortSignal): Promise<void> {
    const { connect, heard, log, lost, random, steady } = this.ports;
    for (let failures = 1; !given.aborted; failures += 1) {
      let since: number | null = null;
      let wasOurs = false;
      const taken = () => {
        since = steady();
      };
      const end = await connect(given, taken, (event) => {
        wasOurs = true;
        if (!given.aborted) heard(event);
      });
      if (!given.aborted && wasOurs) lost();
      // Nobody could be let in: whoever signs in starts it again.
      if (given.aborted || (!end.ok && end.error.fault.code === 'signInNeeded')) return;
      if (since !== null && steady() - since >= GOOD) failures = 1;
      const wait = waitAfter(failures, end.ok ? undefined : end.error.fault.retryAfter, random());
      log(end.ok ? 'ended' : end.error.fault.code, wait);
      const isAsked = !end.ok && end.error.fault.retryAfter !== undefined;
      await this.rest(wait, given, isAsked);
    }
  }

  private async rest(wait: number, given: AbortSignal, isAsked: boolean): Promise<void> {
    if (isAsked) return this.ports.pause(wait, given);
    const resting = new AbortController();
    const end = () => resting.abort();
    // By hand: the oldest Electron that this runs on has no `AbortSignal.any`.
    given.addEventListener('abort', end, { once: true });
    if (given.aborted) end();
    this.resting = resting;
    await this.ports.pause(wait, resting.signal);
    given.removeEventListener('abort', end);
    if (this.resting === resting) this.resting = null;
  }
}
