import { Readable } from 'node:stream';
import { type IncomingMessage, net, type Session } from 'electron';
import type { Fetch } from '#electron/network/ask.ts';

const WITHOUT_BODY = [101, 204, 205, 304];

const headersOf = (message: IncomingMessage): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) headers.set(name, [value].flat().join(', '));
  return headers;
};

const responseOf = (message: IncomingMessage): Response => {
  const { statusCode: status } = message;
  // Electron's types say less than is true of it.
  if (!(message instanceof Readable)) throw new Error('an answer of Electron is a stream');
  const body = WITHOUT_BODY.includes(status) ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers: headersOf(message) });
};

/**
 * `fetch`, as far as it is used here, over Chromium's requests in one session. Not the session's own `fetch`: in
 * runtimes with an older Node its signal is lost to the garbage collector, and a connection that was to end stays.
 * Whatever is asked for, it goes without cookies, cache or redirects.
 */
export const fetchOver =
  (session: Session): Fetch =>
  (url, { method = 'GET', headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = net.request({
        url,
        method,
        session,
        credentials: 'omit',
        useSessionCookies: false,
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      new Headers(headers).forEach((value, name) => {
        request.setHeader(name, value);
      });
      const stop = () => {
        request.abort();
        reject(new Error('given up'));
      };
      signal?.addEventListener('abort', stop, { once: true });
      request.on('error', reject);
      request.on('response', (message) => {
        try {
          resolve(responseOf(message));
        } catch (error) {
          reject(error);
          request.abort();
        }
      });
      if (body instanceof Uint8Array) request.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
      else request.end(typeof body === 'string' ? body : undefined);
      if (signal?.aborted) stop();
    });
