import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentSecurityPolicy } from '#electron/protocol/csp.ts';
import { startWebServer, type WebServer } from './server.ts';

let server: WebServer;

beforeAll(async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'deskbell-web-')), 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'desk.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets/desk-1.js'), 'export {};');
  writeFileSync(join(folder, '../secret.json'), '{}');
  server = await startWebServer(0, folder);
});
afterAll(() => server.close());

/** A raw request: `fetch` would tidy up the very paths we want to try. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number; header: (name: string) => string | undefined }>((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const call = request({ hostname, port, path, method }, (response) => {
      response.resume();
      const header = (name: string) => response.headers[name]?.toString();
      resolve({ status: response.statusCode ?? 0, header });
    });
    call.on('error', reject).end();
  });

it('serves pages and modules under the policy of the application', async () => {
  const page = await ask('/desk.html?x=1');
  expect(page.status).toBe(200);
  expect(page.header('content-type')).toContain('text/html');
  expect(page.header('content-security-policy')).toBe(contentSecurityPolicy);
  expect((await ask('/assets/desk-1.js')).header('content-type')).toContain('text/javascript');
});

it('leads to the desk', async () => {
  const root = await ask('/');
  expect(root.status).toBe(302);
  expect(root.header('location')).toBe('/desk.html');
});

it.each([
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/assets/../../secret.json',
  '/..\\secret.json',
  '/assets',
  '/none.js',
])('has nothing at %s', async (path) => {
  expect((await ask(path)).status).toBe(404);
});

it('only reads', async () => {
  expect((await ask('/desk.html', 'POST')).status).toBe(405);
});

it('listens on this machine alone', () => {
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
});
