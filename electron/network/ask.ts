import type { z } from 'zod';
import { ok, type Result } from '#contracts/host/host-rules.ts';
import type { Answered } from '#contracts/host/network.ts';
import { readText } from '#electron/network/bodies.ts';
import { codeOfError, type Refused, refusalOf, refused } from '#electron/network/faults.ts';

/** The part of `fetch` that is used here, so that Electron's and Node's both fit. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What the protocol stands on. */
export interface Wire {
  readonly fetch: Fetch;
  /** The device's clock, for dates in headers. */
  readonly now: () => number;
}

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly token?: string;
  readonly body?: unknown;
  /** Greatest size of the request in bytes; larger ones are not sent. */
  readonly most?: number;
  /** Milliseconds until the whole answer is there. */
  readonly time: number;
  /** Greatest size of the answer, in bytes. */
  readonly bytes: number;
  /** Whoever asked no longer wants to know. */
  readonly given: AbortSignal;
}

export type Heard<T> = Result<Answered<T>, Refused>;

const headersOf = ({ token, body }: Pick<Question, 'token' | 'body'>, accept: string): Record<string, string> => ({
  accept,
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
});

/** Neither cookies nor caches nor redirects: a request is what it says, and goes where it says. */
export const requestOf = (
  question: Pick<Question, 'token' | 'body'> & { readonly method: string },
  accept: string,
): RequestInit => ({
  method: question.method,
  headers: headersOf(question, accept),
  credentials: 'omit',
  cache: 'no-store',
  redirect: 'error',
  referrerPolicy: 'no-referrer',
});

export const isJson = (headers: Headers): boolean =>
  /^application\/(?:[a-z.]+\+)?json\b/i.test(headers.get('content-type') ?? '');

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const dateOf = (headers: Headers): number | null => {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isFinite(at) ? at : null;
};

/** An abort of our own: at a time, or when whoever asked gave up. `work` is left behind, whatever it still does. */
export const within = async <T>(
  { time, given }: Pick<Question, 'time' | 'given'>,
  work: (control: AbortController) => Promise<Result<T, Refused>>,
): Promise<Result<T, Refused>> => {
  const control = new AbortController();
  let end = (_: Result<T, Refused>): void => undefined;
  const ended = new Promise<Result<T, Refused>>((resolve) => {
    end = resolve;
  });
  const giveUp = (code: 'timedOut' | 'offline') => () => {
    end(refused(code));
    control.abort();
  };
  const stop = giveUp('offline');
  const timer = setTimeout(giveUp('timedOut'), time);
  given.addEventListener('abort', stop, { once: true });
  try {
    if (given.aborted) return refused('offline');
    return await Promise.race([work(control), ended]);
  } finally {
    clearTimeout(timer);
    given.removeEventListener('abort', stop);
  }
};

/** Bytes of a problem document; ours have a few hundred. */
const PROBLEM_BYTES = 64 * 1024;

/** What an answer without success means, by whatever its body says of it. */
export const refusalIn = async (wire: Pick<Wire, 'now'>, response: Response): Promise<Refused> => {
  const text = isJson(response.headers) ? await readText(response, PROBLEM_BYTES) : null;
  return refusalOf(response, parseJson(text ?? ''), dateOf(response.headers) ?? wire.now());
};

/** Asks one question and reads the answer to its end. Everything that can happen is a value. */
export const ask = async <T>(wire: Wire, question: Question, schema: z.ZodType<T>): Promise<Heard<T>> => {
  const body = question.body === undefined ? undefined : JSON.stringify(question.body);
  if (body !== undefined && Buffer.byteLength(body) > (question.most ?? Infinity)) return refused('tooLarge');
  return within(question, async (control): Promise<Heard<T>> => {
    try {
      const { signal } = control;
      const init = { ...requestOf(question, 'application/json'), signal, ...(body === undefined ? {} : { body }) };
      const response = await wire.fetch(question.url, init);
      const heard = await hear(wire, response, question.bytes, schema);
      // Under Electron only this ends a connection whose body nobody reads to its end.
      if (!heard.read) control.abort();
      return heard.heard;
    } catch (error) {
      return refused(codeOfError(error));
    }
  });
};

/** `read`: the body has come to its end. */
const hear = async <T>(
  wire: Wire,
  response: Response,
  bytes: number,
  schema: z.ZodType<T>,
): Promise<{ readonly heard: Heard<T>; readonly read: boolean }> => {
  const serverNow = dateOf(response.headers);
  const worth = isJson(response.headers) || response.status === 204;
  const text = worth ? await readText(response, bytes) : null;
  const read = text !== null;
  if (worth && !read) return { heard: refused(response.ok ? 'answerTooLarge' : 'notOurServer'), read };
  const body = response.status === 204 ? null : parseJson(text ?? '');
  if (!response.ok) return { heard: { ok: false, error: refusalOf(response, body, serverNow ?? wire.now()) }, read };
  const parsed = schema.safeParse(body);
  return { heard: parsed.success ? ok({ body: parsed.data, serverNow }) : refused('notOurServer'), read };
};
