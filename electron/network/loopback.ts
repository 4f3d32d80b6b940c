import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK_PATH } from '#contracts/api/browser-sign-in.ts';

/** What a browser brought. */
export interface Arrived {
  readonly query: URLSearchParams;
  /** Shows it a page; the connection ends. */
  show(html: string): void;
}

/** An ear on this machine for one browser that comes back (RFC 8252, 7.3). */
export interface Loopback {
  readonly port: number;
  /** The first request that has the state. All others are told that there is nothing. */
  readonly arrived: Promise<Arrived>;
  /** Resolves when nothing listens any more. What was shown arrives. */
  close(): Promise<void>;
}

/** Milliseconds for the head of a request: the browser is on the same machine. */
const HEAD = 5_000;
/** Connections at a time. Browsers open some before they need them. */
const MOST = 16;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  connection: 'close',
};

/** Listens on 127.0.0.1 alone, at whichever port is free. Rejects when the system gives none. */
export const listenOnLoopback = async (state: string): Promise<Loopback> => {
  let arrive = (_: Arrived): void => undefined;
  const arrived = new Promise<Arrived>((resolve) => {
    arrive = resolve;
  });
  let isOpen = true;
  const server = createServer({ headersTimeout: HEAD, requestTimeout: HEAD, connectionsCheckingInterval: 1_000 });
  server.maxConnections = MOST;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  server.on('request', (asked: IncomingMessage, answer: ServerResponse) => {
    const query = isOpen ? queryOf(asked, port, state) : null;
    if (query === null) return void answer.writeHead(404, HEADERS).end();
    isOpen = false;
    arrive({ query, show: (html) => void answer.writeHead(200, HEADERS).end(html) });
  });
  return {
    port,
    arrived,
    close: () =>
      new Promise((resolve) => {
        isOpen = false;
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
      }),
  };
};

/** Null unless it is the one request that was waited for. A name that leads here is not this machine's own word. */
const queryOf = (
  { method, url = '', headers }: IncomingMessage,
  port: number,
  state: string,
): URLSearchParams | null => {
  if (method !== 'GET' || headers.host !== `127.0.0.1:${port}`) return null;
  const [path, search, ...more] = url.split('?');
  if (path !== LOOPBACK_PATH || more.length > 0) return null;
  const query = new URLSearchParams(search);
  const states = query.getAll('state');
  return states.length === 1 && states[0] === state ? query : null;
};
