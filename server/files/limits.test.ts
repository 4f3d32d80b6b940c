import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v4 } from 'uuid';
import { describe, expect, it, vi } from 'vitest';
import { bytesOf, filesUnderTest, incidentOf, sha256, TusDesk } from './files-under-test.suite.ts';
import type { FileLimits } from './limits.ts';

const files = filesUnderTest();

const started = async (limits: Partial<FileLimits>) => {
  const under = await files();
  const server = await under.node(limits);
  const tus = new TusDesk(server, await server.login());
  const incidentId = await incidentOf(tus.desk);
  const create = (bytes: Uint8Array) => tus.create({ incidentId, filename: 'x', sha256: sha256(bytes) }, bytes.length);
  return { ...under, server, tus, incidentId, create };
};

const DAY = 24 * 60 * 60_000;

describe('limits', () => {
  it('SPEC 17.9: no file is larger than the server takes', async () => {
    const { create, tus } = await started({ file: 1_000 });
    expect((await create(bytesOf(1_000))).status).toBe(201);
    expect(await create(bytesOf(1_001))).toMatchObject({ status: 413, code: 'tooLarge' });
    const huge = { incidentId: 'x', filename: 'x', sha256: sha256(bytesOf(1)) };
    expect(await tus.create(huge, 1e15)).toMatchObject({ status: 400 });
  });

  it('SPEC 17.9: a person attaches so many bytes in a day; what is given up counts as far as it came', async () => {
    const { create, tus, server, incidentId } = await started({ day: 10_000 });
    const first = await tus.begin(incidentId, bytesOf(8_000, 1));
    await tus.patch(first, 0, bytesOf(3_000, 1));
    expect(await create(bytesOf(5_000, 2))).toMatchObject({ status: 429, code: 'dayUsed' });
    await tus.ask('DELETE', first);
    const [one, other] = await Promise.all([create(bytesOf(5_000, 2)), create(bytesOf(5_000, 3))]);
    expect([one?.status, other?.status].toSorted()).toEqual([201, 429]);
    server.clock.now += DAY;
    const later = new TusDesk(server, await server.login());
    expect((await later.create({ incidentId, filename: 'x', sha256: sha256(bytesOf(9_000)) }, 9_000)).status).toBe(201);
  });

  it('SPEC 17.9: a person begins so many uploads in a day, with bytes or without', async () => {
    const { create } = await started({ uploadsADay: 2 });
    expect((await create(Buffer.alloc(0))).status).toBe(201);
    expect((await create(Buffer.alloc(0))).status).toBe(201);
    expect(await create(Buffer.alloc(0))).toMatchObject({ status: 429, code: 'dayUsed' });
  });

  it('SPEC 17.9: the disk is not filled to its end', async () => {
    const { create } = await started({ kept: Number.MAX_SAFE_INTEGER });
    expect(await create(bytesOf(10))).toMatchObject({
      status: 507,
      code: 'noRoom',
      headers: { 'retry-after': '5' },
    });
  });

  it('SPEC 17.9: an upload without progress expires, and nothing is left of it', async () => {
    const { tus, server, incidentId, kept, store } = await started({ life: 60_000 });
    const bytes = bytesOf(1_000);
    const location = await tus.begin(incidentId, bytes);
    server.clock.now += 59_000;
    await tus.patch(location, 0, bytes.subarray(0, 500));
    server.clock.now += 59_000;
    expect(await tus.offset(location)).toBe(500);
    server.clock.now += 1_000;
    expect((await tus.ask('HEAD', location)).status).toBe(410);
    expect(await tus.patch(location, 500, bytes.subarray(500))).toMatchObject({ status: 410, code: 'uploadGone' });
    expect(kept()).toHaveLength(1);
    await server.services.attachments?.sweep();
    expect(kept()).toEqual([]);
    server.clock.now += DAY;
    await server.services.attachments?.sweep();
    expect(await store.driver.query('SELECT id FROM uploads')).toEqual([]);
  });

  it('clears away bytes that belong to no upload, and leaves those that do', async () => {
    const { tus, server, incidentId, kept, folder } = await started({});
    const location = await tus.begin(incidentId, bytesOf(1_000));
    await tus.patch(location, 0, bytesOf(1_000).subarray(0, 100));
    mkdirSync(join(folder, 'unfinished'), { recursive: true });
    writeFileSync(join(folder, 'unfinished', v4()), 'left');
    expect(kept()).toHaveLength(2);
    await server.services.attachments?.sweep();
    expect(kept()).toEqual([join('unfinished', location.slice(location.lastIndexOf('/') + 1))]);
  });

  it('SPEC 17.9: a sender who falls silent is let go', async () => {
    const { tus, incidentId } = await started({ silence: 200 });
    const bytes = bytesOf(100_000);
    const location = await tus.begin(incidentId, bytes);
    const line = await tus.trickle(location, 0, bytes.length);
    await line.send(bytes.subarray(0, 50_000));
    expect(await line.answer).toBe(null);
    await vi.waitFor(async () => expect(await tus.offset(location)).toBe(50_000));
    await vi.waitFor(async () => expect((await tus.patch(location, 50_000, bytes.subarray(50_000))).status).toBe(204));
  });
});
