import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type ServerUnderTest, startServer } from '#server/server-under-test.suite.ts';
import type { Store } from '#server/store/open.ts';
import { bytesOf, filesUnderTest, incidentOf, sha256, TusDesk } from './files-under-test.suite.ts';

const files = filesUnderTest();

/** The same person, signed in at another node. */
const deskAt = async (server: ServerUnderTest) => new TusDesk(server, await server.login());
const stop = async ({ app, services }: ServerUnderTest) => {
  await app.close();
  await services.close();
};
const someoneWrites = ({ driver }: Store) =>
  vi.waitFor(async () => expect(await driver.query('SELECT 1 FROM uploads WHERE claim IS NOT NULL')).toHaveLength(1));
const idOf = (location: string) => location.slice(location.lastIndexOf('/') + 1);

describe('an upload goes on', () => {
  it('SPEC 17.2: where it was when the connection was cut', async () => {
    const { node, store } = await files();
    const tus = await deskAt(await node());
    const bytes = bytesOf(500_000);
    const location = await tus.begin(await incidentOf(tus.desk), bytes);
    const line = await tus.trickle(location, 0, bytes.length);
    await line.send(bytes.subarray(0, 300_000));
    await someoneWrites(store);
    expect((await tus.patch(location, 0, bytes)).code).toBe('uploadLocked');
    line.cut();
    await vi.waitFor(async () => expect(await tus.offset(location)).toBeGreaterThan(0));
    const offset = await tus.offset(location);
    expect(offset).toBeLessThanOrEqual(300_000);
    await vi.waitFor(async () => expect((await tus.patch(location, offset, bytes.subarray(offset))).status).toBe(204));
    expect((await tus.ask('GET', sha256(bytes))).body.equals(bytes)).toBe(true);
  });

  it('SPEC 17.4: from before the request when it was cut under a checksum', async () => {
    const { node, store } = await files();
    const tus = await deskAt(await node());
    const bytes = bytesOf(100_000);
    const location = await tus.begin(await incidentOf(tus.desk), bytes);
    await tus.patch(location, 0, bytes.subarray(0, 10_000));
    const line = await tus.trickle(location, 10_000, 90_000, { 'upload-checksum': `sha1 ${'A'.repeat(27)}=` });
    await line.send(bytes.subarray(10_000, 60_000));
    await someoneWrites(store);
    line.cut();
    const rest = () => tus.patch(location, 10_000, bytes.subarray(10_000));
    await vi.waitFor(async () => expect((await rest()).status).toBe(204));
    expect((await tus.ask('GET', sha256(bytes))).body.equals(bytes)).toBe(true);
  });

  it('SPEC 17.2: on the server that was started again, and a stop waits for nobody who sends', async () => {
    const { node, store } = await files();
    const first = await node();
    const tus = await deskAt(first);
    const bytes = bytesOf(500_000);
    const location = await tus.begin(await incidentOf(tus.desk), bytes);
    await tus.patch(location, 0, bytes.subarray(0, 100_000));
    const line = await tus.trickle(location, 100_000, 400_000);
    await line.send(bytes.subarray(100_000, 200_000));
    await someoneWrites(store);
    await stop(first);
    await line.answer;
    const again = await deskAt(await node());
    const offset = await again.offset(location);
    expect(offset).toBeGreaterThanOrEqual(100_000);
    expect(offset).toBeLessThanOrEqual(200_000);
    expect((await again.patch(location, offset, bytes.subarray(offset))).status).toBe(204);
    expect((await again.ask('GET', sha256(bytes))).body.equals(bytes)).toBe(true);
  });

  it('SPEC 17.2: on another node; what came after the last word to the disk does not count', async () => {
    const { node, folder } = await files();
    const [one, other] = [await deskAt(await node()), await deskAt(await node())];
    const bytes = bytesOf(90_000);
    const location = await one.begin(await incidentOf(one.desk), bytes);
    await one.patch(location, 0, bytes.subarray(0, 30_000));
    const part = join(folder, 'unfinished', idOf(location));
    writeFileSync(part, Buffer.concat([readFileSync(part), Buffer.alloc(80_000, 1)]));
    expect((await other.patch(location, 30_000, bytes.subarray(30_000, 60_000))).status).toBe(204);
    expect((await one.patch(location, 60_000, bytes.subarray(60_000))).status).toBe(204);
    expect((await other.ask('GET', sha256(bytes))).body.equals(bytes)).toBe(true);
  });

  it('SPEC 17.2: from the beginning when the bytes that had come are away', async () => {
    const { node, folder } = await files();
    const tus = await deskAt(await node());
    const bytes = bytesOf(9_000);
    const location = await tus.begin(await incidentOf(tus.desk), bytes);
    await tus.patch(location, 0, bytes.subarray(0, 5_000));
    truncateSync(join(folder, 'unfinished', idOf(location)), 4_000);
    expect((await tus.patch(location, 5_000, bytes.subarray(5_000))).code).toBe('offsetWrong');
    expect(await tus.offset(location)).toBe(0);
    expect((await tus.patch(location, 0, bytes)).status).toBe(204);
  });

  it('SPEC 17.2: on another node once the one that wrote has been silent for long', async () => {
    const { node, store } = await files();
    const server = await node();
    const tus = await deskAt(server);
    const bytes = bytesOf(1_000);
    const location = await tus.begin(await incidentOf(tus.desk), bytes);
    await store.driver.query('UPDATE uploads SET claim = $1, claimed_until = $2', ['x', server.clock.now + 40_000]);
    expect(await tus.patch(location, 0, bytes)).toMatchObject({ status: 423, headers: { 'retry-after': '5' } });
    server.clock.now += 40_000;
    expect((await tus.patch(location, 0, bytes)).status).toBe(204);
  });
});

describe('a node that was killed while it wrote', () => {
  it('SPEC 17.2: has the upload again as soon as it starts, if there is no other', async () => {
    const { node, store, folder } = await files();
    const tus = await deskAt(await node());
    const location = await tus.begin(await incidentOf(tus.desk), bytesOf(1_000));
    await store.driver.query(`UPDATE uploads SET claim = 'x', claimed_until = 9000000000000000`);
    expect((await tus.patch(location, 0, bytesOf(1_000))).code).toBe('uploadLocked');
    const attached = { driver: store.driver, folder, alone: true };
    await startServer({ attached });
    expect((await tus.patch(location, 0, bytesOf(1_000))).status).toBe(204);
  });
});

describe('a crash when all bytes are there', () => {
  const stranded = async () => {
    const under = await files();
    const server = await under.node();
    const tus = await deskAt(server);
    const bytes = bytesOf(7_000);
    const location = await tus.begin(await incidentOf(tus.desk), bytes);
    await tus.patch(location, 0, bytes);
    // As it stands before the file was entered.
    await under.store.driver.script(
      `UPDATE uploads SET state = 'whole'; DELETE FROM file_references; DELETE FROM files`,
    );
    return { ...under, server, tus, bytes, location };
  };

  it('SPEC 17.2: loses nothing: whoever asks next finds the file kept', async () => {
    const { tus, bytes, location } = await stranded();
    expect((await tus.ask('GET', sha256(bytes))).status).toBe(404);
    expect(await tus.offset(location)).toBe(7_000);
    expect((await tus.ask('GET', sha256(bytes))).status).toBe(200);
  });

  it('SPEC 17.2: loses nothing: the server brings it to its end by itself', async () => {
    const { tus, bytes, node } = await stranded();
    await node();
    await vi.waitFor(async () => expect((await tus.ask('GET', sha256(bytes))).status).toBe(200));
  });

  it('asks for the bytes again when the disk lost them', async () => {
    const { tus, folder, location, node } = await stranded();
    rmSync(folder, { recursive: true });
    await (await node()).services.attachments?.sweep();
    expect((await tus.ask('HEAD', location)).status).toBe(410);
  });
});
