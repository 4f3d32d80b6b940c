import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { always, HTML, type Nastiness } from '#electron/network/nasty-way.suite.ts';
import type { Network } from '#electron/network/network.ts';
import {
  account,
  networkUnderTest,
  type Surroundings,
  surroundings,
  testFile,
} from '#electron/network/network-under-test.suite.ts';
import { nodeFileSystem } from '#electron/storage/file-system.ts';
import { recorded } from '#server/server-under-test.suite.ts';
import type { Store } from '#server/store/open.ts';
import { opened } from '#server/store/testing/stores.suite.ts';
import type { Attachments } from './attachments.ts';
import { add, ledgerFile, madeUp, type Opened, openedIn, sha256 } from './attachments-under-test.suite.ts';

/** Main's attachments against our own server, over a way on which a test can do harm. */

const PIECE = 16 * 1024;

class Sharing {
  around = {} as Surroundings;
  folder = '';
  network = {} as Network;
  desk = {} as Opened;
  person = '';
  incidentId = '';
  ledger = ledgerFile();
  private readonly closed: (() => Promise<void>)[] = [];
  private networkFile = testFile();

  async begin(store: Store): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'deskbell-transfers-'));
    await store.driver.script('DELETE FROM uploads; DELETE FROM file_references; DELETE FROM files');
    const attached = {
      driver: store.driver,
      folder: join(this.folder, 'server'),
      limits: { kept: 0, silence: 500 },
    };
    this.around = await surroundings({ attached });
    const admin = await this.around.server.login();
    const command = recorded('printer');
    await admin.push(command);
    this.incidentId = command.args.incidentId;
    await this.startDesk('one');
    await this.network.connect({ address: this.around.way.address });
    const answer = await this.network.signIn(account);
    if (!answer.ok) throw new Error(answer.error.code);
    this.person = answer.value.user.id;
  }

  /** Another run on what is on the disk; or, under another name, another desk of the same person. */
  async startDesk(name: string, ledger = ledgerFile(this.ledger.text), fs = nodeFileSystem): Promise<Attachments> {
    const under = networkUnderTest({ file: testFile(this.networkFile.text) });
    this.network = under.network;
    this.networkFile = under.file;
    this.ledger = ledger;
    const network = async () => under.network;
    this.desk = await openedIn(join(this.folder, name), { network, ledger, fs, piece: PIECE });
    const { attachments } = this.desk;
    under.network.onSignIn(() => attachments.wake());
    this.closed.push(
      () => attachments.close(),
      () => under.network.close(),
    );
    return attachments;
  }

  async attach(bytes: Uint8Array): Promise<string> {
    const added = await add(this.desk.attachments, bytes);
    if (!added.ok) throw new Error(added.error.code);
    return added.value.sha256;
  }

  upload(hash: string) {
    const { person, incidentId } = this;
    const wanted = { person, incidentId, sha256: hash, name: 'log.txt', visibility: 'internal' } as const;
    return this.desk.attachments.upload(wanted);
  }

  async state(hash: string) {
    const [state] = await this.desk.attachments.state({ sha256s: [hash] });
    return state;
  }

  async sent(hash: string): Promise<void> {
    await expect.poll(async () => (await this.state(hash))?.sent, { timeout: 20_000 }).toEqual([this.incidentId]);
  }

  /** Requests of this kind that came by. */
  asked(method: string): number {
    return this.around.way.passed.filter(({ line }) => line.startsWith(`${method} /api/v1/files`)).length;
  }

  /** Files that the server keeps under their hashes. */
  onServer(): string[] {
    return readdirSync(join(this.folder, 'server'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  }

  async end(): Promise<void> {
    for (const close of this.closed.splice(0)) await close();
    await this.around.way.close();
    await this.around.server.app.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The content, so slowly that it comes in more than one piece. */
const inPieces =
  (piece: number, bytes: Buffer): Nastiness =>
  (asked, answer) => {
    if (asked.method !== 'GET' || !asked.url?.includes('/files/')) return false;
    answer.writeHead(200, { 'content-type': 'text/plain' });
    answer.write(bytes.subarray(0, piece));
    setTimeout(() => answer.end(bytes.subarray(piece)), 100);
    return true;
  };

describe('files between a desk and a server', () => {
  let store: Store | null = null;
  let t = new Sharing();
  beforeAll(async () => {
    store = await opened({ kind: 'memory' });
  }, 120_000);
  afterAll(() => store?.close());
  beforeEach(async () => {
    t = new Sharing();
    if (store) await t.begin(store);
  });
  afterEach(() => t.end());

  test('SPEC 17.11: go up piece by piece, and progress is told until the server has them', async () => {
    const hash = await t.attach(madeUp(5 * PIECE + 7));
    expect(await t.upload(hash)).toEqual({ ok: true, value: null });
    await t.sent(hash);
    expect(t.onServer()).toEqual([hash]);
    expect(t.asked('PATCH')).toBe(6);
    const moved = t.desk.told.flatMap(({ transfer }) => transfer?.moved ?? []);
    expect(moved).toEqual(moved.toSorted((a, b) => a - b));
    expect(moved).toContain(3 * PIECE);
    expect(await t.state(hash)).toMatchObject({ transfer: null, trouble: null });
    expect(await t.upload(hash)).toEqual({ ok: true, value: null });
    expect(t.asked('POST')).toBe(1);
  });

  test('SPEC 17.11: go on after cuts at any byte, and arrive as they were', async () => {
    const hash = await t.attach(madeUp(12 * PIECE));
    let cuts = 0;
    t.around.way.nasty = (asked) => {
      if (asked.method !== 'PATCH' || cuts >= 6) return false;
      cuts += 1;
      let left = (cuts * 7_919) % PIECE;
      asked.on('data', (piece: Buffer) => {
        left -= piece.length;
        if (left < 0) asked.socket.destroy();
      });
      return false;
    };
    await t.upload(hash);
    await t.sent(hash);
    expect(cuts).toBe(6);
    expect(t.onServer()).toEqual([hash]);
    expect(t.asked('POST')).toBe(1);
    expect(t.asked('HEAD')).toBeGreaterThan(0);
  });

  test('SPEC 17.11: go on in the next run from where the last one was', async () => {
    const hash = await t.attach(madeUp(8 * PIECE));
    let pieces = 0;
    t.around.way.nasty = (asked, answer) => {
      if (asked.method === 'PATCH') pieces += 1;
      if (asked.method !== 'PATCH' || pieces <= 4) return false;
      answer.destroy();
      return true;
    };
    await t.upload(hash);
    await expect.poll(() => pieces).toBeGreaterThan(4);
    await t.desk.attachments.close();
    const before = t.asked('PATCH');
    t.around.way.nasty = () => false;
    await t.startDesk('one');
    await t.sent(hash);
    expect(t.asked('POST')).toBe(1);
    expect(t.asked('PATCH') - before).toBeLessThanOrEqual(5);
    expect(t.onServer()).toEqual([hash]);
  });

  test('SPEC 17.5: are not sent where the server has them from whoever sends', async () => {
    const hash = await t.attach(madeUp(3 * PIECE));
    await t.upload(hash);
    await t.sent(hash);
    const before = t.asked('PATCH');
    await t.startDesk('one', ledgerFile());
    await t.upload(hash);
    await t.sent(hash);
    expect(t.asked('PATCH')).toBe(before);
  });

  test('SPEC 17.11: that wait for an incident, for a server or for somebody to sign in go as soon as they can', async () => {
    const hash = await t.attach(madeUp(100));
    await t.network.signOut({ person: t.person });
    await t.upload(hash);
    await expect.poll(async () => (await t.state(hash))?.trouble).toBe('signInNeeded');
    expect((await t.state(hash))?.transfer).toMatchObject({ way: 'up', waits: true });
    await t.network.signIn(account);
    await t.sent(hash);
  });

  test('SPEC 17.3: that are no longer what they were are not on the server, and that is told', async () => {
    const bytes = madeUp(2 * PIECE);
    const hash = await t.attach(bytes);
    const place = join(t.folder, 'one', hash.slice(0, 2), hash);
    writeFileSync(place, madeUp(2 * PIECE, 9));
    await t.upload(hash);
    await expect.poll(async () => (await t.state(hash))?.trouble, { timeout: 10_000 }).toBe('contentWrong');
    expect(t.onServer()).toEqual([]);
  });

  test('SPEC 17.12: come down whole, checked, and from where they were cut', async () => {
    const bytes = madeUp(30 * PIECE);
    const hash = await t.attach(bytes);
    await t.upload(hash);
    await t.sent(hash);
    const { person } = t;
    await t.startDesk('two', ledgerFile());
    let cuts = 0;
    t.around.way.nasty = (asked, answer) => {
      if (asked.method !== 'GET' || cuts >= 4) return false;
      cuts += 1;
      const write = answer.write.bind(answer);
      let left = cuts * 40_001;
      answer.write = ((piece: Buffer) => {
        left -= piece.length;
        const taken = write(left < 0 ? piece.subarray(0, Math.max(0, piece.length + left)) : piece);
        if (left < 0) setTimeout(() => asked.socket.destroy(), 20);
        return taken;
      }) as typeof answer.write;
      return false;
    };
    expect(await t.desk.attachments.download({ person, sha256: hash, bytes: bytes.length })).toMatchObject({
      ok: true,
    });
    await expect.poll(async () => (await t.state(hash))?.here, { timeout: 20_000 }).toBe(true);
    expect(cuts).toBe(4);
    expect(t.around.way.passed.some(({ headers }) => /^bytes=\d+-$/.test(headers.range ?? ''))).toBe(true);
    let saved: Buffer = Buffer.alloc(0);
    await t.desk.attachments.save(hash, async (pieces) => {
      for await (const piece of pieces) saved = Buffer.concat([saved, piece]);
    });
    expect(sha256(saved)).toBe(hash);
  });

  test('that find the disk full on their way down say so, and are not asked for again and again', async () => {
    const bytes = madeUp(3 * PIECE);
    const hash = await t.attach(bytes);
    await t.upload(hash);
    await t.sent(hash);
    let isFull = true;
    const open: typeof nodeFileSystem.open = async (path, flags) => {
      const file = await nodeFileSystem.open(path, flags);
      const full = () => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
      return { ...file, write: (data, at) => (isFull && at > 0 ? full() : file.write(data, at)) };
    };
    await t.startDesk('two', ledgerFile(), { ...nodeFileSystem, open });
    const wanted = { person: t.person, sha256: hash, bytes: bytes.length };
    t.around.way.nasty = inPieces(PIECE, bytes);
    await t.desk.attachments.download(wanted);
    await expect.poll(async () => (await t.state(hash))?.trouble).toBe('diskFull');
    expect(t.asked('GET')).toBe(1);
    isFull = false;
    t.around.way.nasty = () => false;
    await t.desk.attachments.download(wanted);
    await expect.poll(async () => (await t.state(hash))?.here).toBe(true);
  });

  test('SPEC 17.12: that are not what was promised are thrown away', async () => {
    const wrong = madeUp(1_000, 3);
    t.around.way.nasty = (asked, answer) => {
      if (asked.method !== 'GET' || !asked.url?.includes('/files/')) return false;
      answer.writeHead(200, { 'content-type': 'image/png' }).end(wrong);
      return true;
    };
    const hash = sha256(madeUp(1_000));
    await t.desk.attachments.download({ person: t.person, sha256: hash, bytes: 1_000 });
    await expect.poll(async () => (await t.state(hash))?.trouble).toBe('contentWrong');
    expect(await t.state(hash)).toMatchObject({ here: false });
    // Wrong once it is fetched once more.
    await expect.poll(() => readdirSync(join(t.folder, 'one', 'incoming'))).toEqual([]);
  });

  test('SPEC 17.12: that are longer than the log says, missing, or from somebody else are no file', async () => {
    const hash = sha256(madeUp(1_000));
    const wanted = { person: t.person, sha256: hash, bytes: 1_000 };
    const trouble = () => expect.poll(async () => (await t.state(hash))?.trouble);
    await t.desk.attachments.download(wanted);
    await trouble().toBe('notFound');
    t.around.way.nasty = always(200, { 'content-type': 'image/png' }, 'x'.repeat(1_001));
    await t.desk.attachments.download(wanted);
    await trouble().toBe('answerTooLarge');
    t.around.way.nasty = always(403, HTML, '<html>');
    await t.desk.attachments.download(wanted);
    await trouble().toBe('notOurServer');
    expect(await t.state(hash)).toMatchObject({ here: false });
  });
});
