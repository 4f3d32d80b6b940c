import type { UploadMetadata } from '#contracts/api/files.ts';
import { ok, type Result } from '#contracts/host/host-rules.ts';
import { dateOf, isJson, refusalIn, requestOf, type Wire, within } from '#electron/network/ask.ts';
import { piecesOf } from '#electron/network/bodies.ts';
import { codeOfError, type Refused, refusalOf, refused } from '#electron/network/faults.ts';

/** What of tus 1.0 a desk speaks: an upload is begun, asked how far it has come, and given bytes. */
const TUS = { 'tus-resumable': '1.0.0' } as const;
const MEDIA = 'application/offset+octet-stream';
const SMALL = 20_000;
/** A line that brings fewer bytes in a millisecond is as good as none. */
const SLOWEST = 4;

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly time: number;
}

/** An upload on the server: its id, and how many bytes it has. */
export interface Begun {
  readonly id: string;
  readonly offset: number;
}

const countIn = (headers: Headers, name: string): number | null => {
  const text = headers.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
};

const metadataOf = (fields: UploadMetadata): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(String(value)).toString('base64')}`)
    .join(',');

/** The routes of attachments on one server. */
export class FileRoutes {
  private readonly wire: Wire;
  private readonly base: string;
  private readonly given: AbortSignal;

  /** @param given aborted when nobody waits for answers any more */
  constructor(wire: Wire, base: string, given: AbortSignal) {
    this.wire = wire;
    this.base = base;
    this.given = given;
  }

  begin(token: string, metadata: UploadMetadata, bytes: number): Promise<Result<Begun, Refused>> {
    const headers = { ...TUS, 'upload-length': String(bytes), 'upload-metadata': metadataOf(metadata) };
    return this.ask({ method: 'POST', url: this.base, token, headers, time: SMALL }, async ({ headers: said }) => {
      const id = /\/files\/([0-9a-zA-Z-]{1,64})$/.exec(said.get('location') ?? '')?.[1];
      const offset = countIn(said, 'upload-offset');
      return id === undefined || offset === null ? refused('notOurServer') : ok({ id, offset });
    });
  }

  /** How many bytes the server has of an upload. */
  offset(token: string, id: string): Promise<Result<number, Refused>> {
    return this.ask({ method: 'HEAD', url: this.of(id), token, headers: TUS, time: SMALL }, offsetIn);
  }

  /** Brings bytes that belong at `offset`; answers how many the server has now. */
  send(token: string, id: string, offset: number, body: Uint8Array): Promise<Result<number, Refused>> {
    const headers = { ...TUS, 'content-type': MEDIA, 'upload-offset': String(offset) };
    const time = SMALL + body.byteLength / SLOWEST;
    return this.ask({ method: 'PATCH', url: this.of(id), token, headers, body, time }, offsetIn);
  }

  /**
   * Brings a file from `from` on; pieces are told with their place, which is the beginning when the server sends all.
   * @param bytes of the whole file: more is no answer
   */
  get(
    token: string,
    sha256: string,
    { from, bytes }: { readonly from: number; readonly bytes: number },
    take: (piece: Uint8Array, at: number) => Promise<void>,
  ): Promise<Result<null, Refused>> {
    const headers: Record<string, string> = from === 0 ? {} : { range: `bytes=${from}-` };
    const time = SMALL + (bytes - from) / SLOWEST;
    return this.ask({ method: 'GET', url: this.of(sha256), token, headers, time }, async (response, isWanted) => {
      if (response.headers.get('content-type') === null) return refused('notOurServer');
      let at = response.status === 206 ? from : 0;
      if (at > 0 && !response.headers.get('content-range')?.startsWith(`bytes ${from}-`))
        return refused('notOurServer');
      for await (const piece of piecesOf(response)) {
        if (!isWanted()) return refused('timedOut');
        if (at + piece.byteLength > bytes) return refused('answerTooLarge');
        await take(piece, at);
        at += piece.byteLength;
      }
      return at === bytes ? ok(null) : refused('offline');
    });
  }

  private of(id: string): string {
    return `${this.base}/${id}`;
  }

  private ask<T>(
    { method, url, token, headers, body, time }: Asked,
    hear: (response: Response, isWanted: () => boolean) => Promise<Result<T, Refused>>,
  ): Promise<Result<T, Refused>> {
    return within({ time, given: this.given }, async (control): Promise<Result<T, Refused>> => {
      try {
        const init = requestOf({ method, token }, '*/*');
        const { signal } = control;
        const all = { ...init.headers, ...headers };
        const sent = body === undefined ? {} : { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength) };
        const response = await this.wire.fetch(url, { ...init, headers: all, signal, ...sent });
        const heard = response.ok
          ? await hear(response, () => !signal.aborted)
          : { ok: false as const, error: await this.refusalOf(method, response) };
        // Under Electron only this ends a connection whose body nobody reads to its end.
        control.abort();
        return heard;
      } catch (error) {
        return refused(codeOfError(error));
      }
    });
  }

  private async refusalOf(method: string, response: Response): Promise<Refused> {
    if (method !== 'HEAD') return refusalIn(this.wire, response);
    return withoutWords(response, dateOf(response.headers) ?? this.wire.now());
  }
}

const offsetIn = async ({ headers }: Response): Promise<Result<number, Refused>> => {
  const offset = countIn(headers, 'upload-offset');
  return offset === null ? refused('notOurServer') : ok(offset);
};

/** An answer to HEAD has no body: that it is ours shows in its headers alone. */
function withoutWords(response: Response, now: number): Refused {
  const { status, headers } = response;
  const isOurs = isJson(headers) || headers.get('tus-resumable') !== null;
  if (isOurs && status === 401) return { fault: { code: 'signInNeeded' }, problem: 'notSignedIn' };
  if (isOurs && (status === 404 || status === 410)) return { fault: { code: 'notFound' }, problem: 'uploadGone' };
  return refusalOf(response, undefined, now);
}
