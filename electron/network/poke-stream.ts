import type { Result } from '#contracts/host/host-rules.ts';
import { type StreamEvent, streamEvent } from '#contracts/sync/wire.ts';
import { parseJson, refusalIn, requestOf, type Wire } from '#electron/network/ask.ts';
import { piecesOf } from '#electron/network/bodies.ts';
import { eventReader, NotEventsError, type SentEvent } from '#electron/network/event-stream.ts';
import { codeOfError, type Refused, refused } from '#electron/network/faults.ts';

/** The server's own sign of life comes every twenty seconds. */
export const SILENCE = 60_000;

/** A stream that came about, until it ended. */
export type Followed = Result<null, Refused>;

export interface Following {
  readonly url: string;
  readonly token: string;
  /** Milliseconds without a byte after which the connection counts as dead: a cable pulled out says nothing. */
  readonly silence: number;
  readonly given: AbortSignal;
  /** The server took us in. */
  readonly taken: () => void;
  readonly heard: (event: StreamEvent) => void;
}

const isEvents = (headers: Headers): boolean => /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');

const eventIn = ({ event, data }: SentEvent): StreamEvent | null => {
  const read = streamEvent.safeParse(parseJson(data));
  return read.success && read.data.event === event ? read.data : null;
};

/** Follows one connection to its end. An event that can't be read is of a newer server, and is passed over. */
export const follow = async (wire: Wire, following: Following): Promise<Followed> => {
  const { given, silence, token, taken, heard } = following;
  const control = new AbortController();
  let why: Refused['fault']['code'] = 'offline';
  let ended = (_: Followed): void => undefined;
  const end = new Promise<Followed>((resolve) => {
    ended = resolve;
  });
  const stop = () => {
    ended(refused(why));
    control.abort();
  };
  const silent = () => {
    why = 'timedOut';
    stop();
  };
  let timer = setTimeout(silent, silence);
  given.addEventListener('abort', stop, { once: true });
  const alive = () => {
    clearTimeout(timer);
    if (!control.signal.aborted) timer = setTimeout(silent, silence);
  };

  const listen = async (): Promise<Followed> => {
    try {
      const init = { ...requestOf({ method: 'GET', token }, 'text/event-stream'), signal: control.signal };
      const response = await wire.fetch(following.url, init);
      if (!response.ok) return { ok: false, error: await refusalIn(wire, response) };
      if (!isEvents(response.headers)) return refused('notOurServer');
      taken();
      const decoder = new TextDecoder();
      const take = eventReader((event) => {
        const read = control.signal.aborted ? null : eventIn(event);
        if (read) heard(read);
      });
      for await (const piece of piecesOf(response)) {
        alive();
        take(decoder.decode(piece, { stream: true }));
      }
      return { ok: true, value: null };
    } catch (error) {
      return refused(error instanceof NotEventsError ? 'notOurServer' : codeOfError(error));
    }
  };
  try {
    return given.aborted ? refused('offline') : await Promise.race([listen(), end]);
  } finally {
    clearTimeout(timer);
    given.removeEventListener('abort', stop);
    control.abort();
  }
};
