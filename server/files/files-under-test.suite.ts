import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { createMemoryAccounts } from '#server/accounts/memory-accounts.ts';
import { type Desk, recordArgs, type ServerUnderTest, startServer } from '#server/server-under-test.suite.ts';
import type { Store } from '#server/store/open.ts';
import { opened } from '#server/store/testing/stores.suite.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import type { FileLimits } from './limits.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that are all different from those of another seed. */
export function bytesOf(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0, state = seed; at < length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[at] = state >> 16;
  }
  return bytes;
}

export const metadataOf = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly body: Buffer;
  readonly code: string | null;
}

/** Speaks tus as a desk does. */
export class TusDesk {
  readonly desk: Desk;
  private readonly server: ServerUnderTest;

  constructor(server: ServerUnderTest, desk: Desk) {
    this.server = server;
    this.desk = desk;
  }

  async ask(
    method: 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'DELETE' | 'OPTIONS',
    url: string,
    headers: Record<string, string> = {},
    payload?: Buffer,
  ): Promise<Said> {
    const response = await this.server.app.inject({
      method,
      url: url.startsWith('/') ? url : `/api/v1/files/${url}`,
      headers: { authorization: `Bearer ${this.desk.tokens.accessToken}`, 'tus-resumable': '1.0.0', ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const isProblem = String(response.headers['content-type']).includes('problem') && response.body !== '';
    const code = isProblem ? String(response.json().code) : null;
    return { status: response.statusCode, headers: response.headers, body: response.rawPayload, code };
  }

  create(fields: Readonly<Record<string, string>>, length: number): Promise<Said> {
    const headers = { 'upload-length': String(length), 'upload-metadata': metadataOf(fields) };
    return this.ask('POST', '/api/v1/files', headers);
  }

  patch(location: string, offset: number, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Said> {
    const about = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), ...headers };
    return this.ask('PATCH', location, about, Buffer.from(bytes));
  }

  /** Begins an upload of these bytes; its address. */
  async begin(incidentId: string, bytes: Uint8Array, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const fields = { incidentId, filename: 'notes.txt', sha256: sha256(bytes), ...more };
    const { status, headers, body } = await this.create(fields, bytes.length);
    if (status !== 201) throw new Error(`create: ${body.toString()}`);
    return String(headers.location);
  }

  /** The whole way. */
  async attach(incidentId: string, bytes: Uint8Array, more: Readonly<Record<string, string>> = {}): Promise<Said> {
    const location = await this.begin(incidentId, bytes, more);
    return this.patch(location, 0, bytes);
  }

  async offset(location: string): Promise<number> {
    return Number((await this.ask('HEAD', location)).headers['upload-offset']);
  }

  /** Sends bytes over a real connection and leaves it open; the answer comes when all of `announced` was sent. */
  async trickle(location: string, offset: number, announced: number, headers: Record<string, string> = {}) {
    if (!this.server.app.server.listening) await this.server.app.listen({ host: '127.0.0.1', port: 0 });
    const address = this.server.app.server.address();
    const sending = request({
      port: typeof address === 'object' ? address?.port : 0,
      path: location,
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${this.desk.tokens.accessToken}`,
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': offset,
        'content-length': announced,
        ...headers,
      },
    });
    const answer = new Promise<number | null>((resolve) => {
      sending.on('response', (response) => resolve(response.resume().statusCode ?? null));
      sending.on('error', () => resolve(null));
    });
    return {
      answer,
      send: (bytes: Uint8Array) => new Promise<void>((resolve) => sending.write(bytes, () => resolve())),
      cut: () => sending.destroy(),
    };
  }
}

export interface FilesUnderTest {
  readonly folder: string;
  /** A node on the same database and folder; the first one has none beside it. */
  node(limits?: Partial<FileLimits>): Promise<ServerUnderTest>;
  /** Everything that lies in the folder, but for folders. */
  kept(): readonly string[];
  readonly store: Store;
}

/** One database for the tests of a file; each has a folder, a log and accounts of its own. */
export function filesUnderTest(open = () => opened({ kind: 'memory' })): () => Promise<FilesUnderTest> {
  let store: Store | null = null;
  beforeAll(async () => {
    store = await open();
  }, 120_000);
  afterAll(() => store?.close());
  return async () => {
    if (store === null) throw new Error('too early');
    const kept = store;
    await kept.driver.script('DELETE FROM uploads; DELETE FROM file_references; DELETE FROM files');
    const base = mkdtempSync(join(tmpdir(), 'deskbell-files-'));
    onTestFinished(() => rmSync(base, { recursive: true, force: true }));
    const folder = join(base, 'files');
    const shared = { log: createMemoryLog('epoch'), accounts: createMemoryAccounts() };
    return {
      folder,
      store: kept,
      node: (limits = {}) =>
        startServer({ ...shared, attached: { driver: kept.driver, folder, limits: { kept: 0, ...limits } } }),
      kept: () =>
        readdirSync(base, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
          .toSorted(),
    };
  };
}

/** Records an incident and answers its id. */
export async function incidentOf(desk: Desk, callerId: string | null = null): Promise<string> {
  const args = { ...recordArgs('a file will follow'), ...(callerId === null ? {} : { callerId }) };
  const { body } = await desk.push({ name: 'incident.record', args, id: newId() });
  if (body.results[0]?.status !== 'accepted') throw new Error(JSON.stringify(body));
  return args.incidentId;
}
