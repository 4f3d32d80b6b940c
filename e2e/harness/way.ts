import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the way between a desk and the servers does to whatever goes along it. */
export const MOODS = ['pass', 'cut', 'slow', 'failing', 'busy', 'portal', 'dead'] as const;
export type Mood = (typeof MOODS)[number];

/** What stands between a desk and the servers: the network, which a test can make as bad as it likes. */
export interface Way {
  /** Where the desk finds the server. */
  readonly address: string;
  mood: Mood;
  /** How many requests met which mood. */
  readonly met: Record<Mood, number>;
  /** Breaks every connection of the moment, in the middle of whatever is said. */
  cut(): void;
  /** Breaks every connection and lets none through, as a cable that was pulled, until `mend`. */
  pull(): void;
  mend(): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface WayOptions {
  /** From 0 up to 1: how long a slow request takes, and where an answer is cut. */
  readonly chance?: () => number;
}

const LONGEST_DELAY = 5_000;
const HTML = { 'content-type': 'text/html' };
const page = (status: number, body: string, more: Answer['headers'] = {}): Answer => ({
  status,
  headers: { ...HTML, ...more },
  body,
});
const ANSWERS: Partial<Record<Mood, Answer>> = {
  failing: page(500, '<h1>Internal Server Error</h1>'),
  busy: page(429, '<h1>Too Many Requests</h1>', { 'retry-after': '1' }),
  portal: page(200, '<!doctype html><title>Welcome</title><p>Please accept the terms of this network.'),
};
/** A node that is down, as whatever stands in front of a pair of them would say it. */
const BAD_GATEWAY = page(502, '<h1>Bad Gateway</h1>');

/** @param behind the server's address, or where the next request goes */
export async function startWay(behind: string | (() => string), { chance = () => 0.5 }: WayOptions = {}): Promise<Way> {
  const to = typeof behind === 'string' ? () => behind : behind;
  const sockets = new Set<Socket>();
  const answer = (response: ServerResponse, { status, headers, body }: Answer): void => {
    response.writeHead(status, headers).end(body);
  };
  const server = createServer((asked, response) => {
    const { mood } = way;
    way.met[mood] += 1;
    if (mood === 'dead') return void asked.socket.destroy();
    const instead = ANSWERS[mood];
    if (instead) return answer(response, instead);
    setTimeout(() => pass(asked, response, mood === 'cut'), mood === 'slow' ? chance() * LONGEST_DELAY : 0);
    return undefined;
  });

  /** The request arrives whole; of an answer that is cut only the beginning does. */
  const pass = (asked: IncomingMessage, response: ServerResponse, isCut: boolean): void => {
    const { method, headers, url } = asked;
    const through = request(`${to()}${url}`, { method, headers, agent: false }, (got) => {
      got.on('error', () => asked.socket.destroy());
      response.writeHead(got.statusCode ?? 502, got.headers);
      if (isCut) got.once('data', (piece: Buffer) => cutIn(piece, response, asked.socket));
      else got.pipe(response);
    });
    through.on('error', () => {
      if (response.headersSent) asked.socket.destroy();
      else answer(response, BAD_GATEWAY);
    });
    response.on('close', () => through.destroy());
    asked.on('error', () => through.destroy());
    asked.pipe(through);
  };

  const cutIn = (piece: Buffer, response: ServerResponse, socket: Socket): void => {
    response.write(piece.subarray(0, Math.floor(piece.length * chance())), () => socket.destroy());
  };

  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const way: Way = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'pass',
    met: { pass: 0, cut: 0, slow: 0, failing: 0, busy: 0, portal: 0, dead: 0 },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    pull: () => {
      way.mood = 'dead';
      way.cut();
    },
    mend: () => {
      way.mood = 'pass';
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      way.cut();
      await closed;
    },
  };
  return way;
}
