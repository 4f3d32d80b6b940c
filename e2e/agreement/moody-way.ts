import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Counts, type Mood, noMoods } from './moods.ts';

/** Stands between one desk and the servers, and does to requests what its mood is. */
export interface MoodyWay {
  readonly address: string;
  mood: Mood;
  /** How many requests met which mood. */
  readonly met: Counts<Mood>;
  /** Cuts every connection. */
  cut(): void;
  close(): Promise<void>;
}

interface WayPorts {
  /** Where the next request goes. */
  behind(): string;
  /** From 0 up to 1. */
  chance(): number;
}

const LONGEST_DELAY = 5_000;
const HTML = { 'content-type': 'text/html' };
const PORTAL = '<!doctype html><title>Welcome</title><p>Please accept the terms of this network.';

const answered = (answer: ServerResponse, status: number, headers: Record<string, string>, body: string): void => {
  answer.writeHead(status, headers).end(body);
};

export async function moodyWay({ behind, chance }: WayPorts): Promise<MoodyWay> {
  const sockets = new Set<Socket>();
  const server = createServer((asked, answer) => {
    const { mood } = way;
    way.met[mood] += 1;
    if (mood === 'dead') return void asked.socket.destroy();
    if (mood === 'failing') return answered(answer, 500, HTML, '<h1>Internal Server Error</h1>');
    if (mood === 'busy') return answered(answer, 429, { ...HTML, 'retry-after': '1' }, '<h1>Too Many Requests</h1>');
    if (mood === 'portal') return answered(answer, 200, HTML, PORTAL);
    const delay = mood === 'slow' ? chance() * LONGEST_DELAY : 0;
    setTimeout(() => pass(asked, answer, mood === 'cut'), delay);
    return undefined;
  });

  /** The request arrives whole; of an answer that is cut only the beginning does. */
  const pass = (asked: IncomingMessage, answer: ServerResponse, isCut: boolean): void => {
    const { method, headers, url } = asked;
    const through = request(`${behind()}${url}`, { method, headers, agent: false }, (got) => {
      got.on('error', () => asked.socket.destroy());
      answer.writeHead(got.statusCode ?? 502, got.headers);
      if (isCut) got.once('data', (piece: Buffer) => cutIn(piece, answer, asked.socket));
      else got.pipe(answer);
    });
    // A node that is down, as whatever stands in front of a pair of them would say it.
    through.on('error', () => {
      if (answer.headersSent) asked.socket.destroy();
      else answered(answer, 502, HTML, '<h1>Bad Gateway</h1>');
    });
    answer.on('close', () => through.destroy());
    asked.on('error', () => through.destroy());
    asked.pipe(through);
  };

  const cutIn = (piece: Buffer, answer: ServerResponse, socket: Socket): void => {
    answer.write(piece.subarray(0, Math.floor(piece.length * chance())), () => socket.destroy());
  };

  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const way: MoodyWay = {
    address: `http://127.0.0.1:${port}`,
    mood: 'pass',
    met: noMoods(),
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        way.cut();
      }),
  };
  return way;
}
