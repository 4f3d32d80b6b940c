import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { contentSecurityPolicy } from '#electron/protocol/csp.ts';
import { fileFor, mimeTypeOf } from '#electron/protocol/resources.ts';
import { root } from '../system/places.ts';

/** Serves the built renderer on the loopback interface, by the very policy and file rules of the application. */

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

const refuse = (response: ServerResponse, status: number) => response.writeHead(status, headers).end();

const send = async (folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const file = fileFor(folder, request.url?.split('?', 1)[0] ?? '');
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !found?.isFile()) return void refuse(response, 404);
  response.writeHead(200, { ...headers, 'Content-Type': mimeTypeOf(file), 'Content-Length': found.size });
  if (request.method === 'HEAD') return void response.end();
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
};

const answer = async (folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return void refuse(response, 405);
  if (request.url === '/') return void response.writeHead(302, { ...headers, Location: '/desk.html' }).end();
  return send(folder, request, response);
};

export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Port 0 takes a free one. */
export const startWebServer = async (port: number, folder = join(root, 'out/renderer')): Promise<WebServer> => {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
};
