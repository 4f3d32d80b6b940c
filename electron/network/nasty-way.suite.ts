import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Does with a request what it likes; answers whether it did anything. */
export type Nastiness = (asked: IncomingMessage, answer: ServerResponse) => boolean;

export interface NastyWay {
  readonly address: string;
  /** What came by, as `GET /api/v1/about`, with what it brought. */
  readonly passed: { readonly line: string; readonly headers: IncomingMessage['headers'] }[];
  /** Requests whose connection still stands and whose answer has not ended. */
  open(): number;
  nasty: Nastiness;
  /** The answer of the server behind is thrown away, and the connection cut. */
  swallow: (line: string) => boolean;
  /** Cuts every connection. */
  cut(): void;
  close(): Promise<void>;
}

/** A way to a server (or to nothing) that does to requests whatever a test wants of it. */
export async function nastyWay(behind: string | null): Promise<NastyWay> {
  const sockets = new Set<{ destroy(): void }>();
  const waiting = new Set<ServerResponse>();
  const server = createServer((asked, answer) => {
    const line = `${asked.method} ${asked.url?.split('?')[0]}`;
    waiting.add(answer);
    answer.on('close', () => waiting.delete(answer));
    way.passed.push({ line, headers: asked.headers });
    if (way.nasty(asked, answer)) return;
    if (behind === null) return void asked.socket.destroy();
    const through = request(`${behind}${asked.url}`, { method: asked.method, headers: asked.headers }, (got) => {
      if (way.swallow(line)) {
        got.resume();
        got.on('end', () => asked.socket.destroy());
        return;
      }
      answer.writeHead(got.statusCode ?? 500, got.headers);
      got.pipe(answer);
    });
    through.on('error', () => asked.socket.destroy());
    answer.on('close', () => through.destroy());
    asked.pipe(through);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const way: NastyWay = {
    address: `http://127.0.0.1:${port}`,
    passed: [],
    nasty: () => false,
    swallow: () => false,
    open: () => waiting.size,
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

/** Answers with this, whatever was asked. */
export const always =
  (status: number, headers: Record<string, string>, body: string): Nastiness =>
  (_asked, answer) => {
    answer.writeHead(status, headers).end(body);
    return true;
  };

/** An answer that never ends, as fast as it is read. */
export const endless =
  (status: number, headers: Record<string, string>): Nastiness =>
  (_asked, answer) => {
    answer.writeHead(status, headers);
    const more = () => {
      while (!answer.destroyed && answer.write('"'.repeat(16_000)));
    };
    answer.on('drain', more);
    more();
    return true;
  };

export const JSON_TYPE = { 'content-type': 'application/json' };
export const HTML = { 'content-type': 'text/html' };
