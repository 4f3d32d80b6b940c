import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { v4 } from 'uuid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bytesOf, sha256 } from './files-under-test.suite.ts';
import { type Receiving, receive } from './receive.ts';

const MIB = 1024 * 1024;

const partFile = async () => {
  const path = join(tmpdir(), `deskbell-part-${v4()}`);
  const part = await open(path, 'w');
  onTestFinished(async () => {
    await part.close();
    await rm(path);
  });
  return { path, part };
};

const inPieces = (bytes: Buffer, size = 256 * 1024) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size)),
  );

const arriving = (bytes: Buffer, part: Receiving['part'], more: Partial<Receiving> = {}) => {
  const noted: number[] = [];
  const hash = createHash('sha256');
  const advance = async (at: number) => noted.push(at) > 0;
  const body = inPieces(bytes);
  const receiving = { body, part, hash, check: null, from: 0, length: bytes.length, silence: 60_000, advance, ...more };
  return { noted, hash, body, result: receive(receiving) };
};

describe('bytes that arrive', () => {
  it('SPEC 17.2: are on the disk and noted every few megabytes', async () => {
    const { path, part } = await partFile();
    const bytes = bytesOf(20 * MIB);
    const { noted, hash, result } = arriving(bytes, part);
    expect(await result).toEqual({ at: bytes.length, end: 'ended' });
    expect(noted).toEqual([8 * MIB, 16 * MIB]);
    expect(hash.digest('hex')).toBe(sha256(bytes));
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  it('SPEC 17.3: are not noted as all there before they were found right', async () => {
    const { part } = await partFile();
    const { noted, result } = arriving(bytesOf(8 * MIB), part);
    expect(await result).toEqual({ at: 8 * MIB, end: 'ended' });
    expect(noted).toEqual([]);
  });

  it('SPEC 17.4: are not noted at all while their checksum is not known to hold', async () => {
    const { part } = await partFile();
    const { noted, result } = arriving(bytesOf(9 * MIB), part, { check: createHash('sha1') });
    expect(await result).toEqual({ at: 9 * MIB, end: 'ended' });
    expect(noted).toEqual([0]);
  });

  it('SPEC 17.4: are left where they are once somebody else has the upload', async () => {
    const { path, part } = await partFile();
    const { result, body } = arriving(bytesOf(20 * MIB), part, { advance: async () => false });
    expect(await result).toEqual({ at: 8 * MIB, end: 'lost' });
    expect(await readFile(path)).toHaveLength(8 * MIB);
    expect(body.destroyed).toBe(false);
  });

  it('SPEC 17.9: end when the disk is full, without harm', async () => {
    const full: Receiving['part'] = {
      datasync: async () => undefined,
      write: (() => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))) as FileHandle['write'],
    };
    expect(await arriving(bytesOf(1_000), full).result).toEqual({ at: 0, end: 'full' });
    const late = Object.assign(new Error('full'), { code: 'ENOSPC' });
    const lazy = { ...full, datasync: () => Promise.reject(late) };
    expect(await arriving(Buffer.alloc(0), lazy).result).toEqual({ at: 0, end: 'full' });
    const broken = { ...full, datasync: () => Promise.reject(Object.assign(new Error('broken'), { code: 'EIO' })) };
    await expect(arriving(Buffer.alloc(0), broken).result).rejects.toThrow('broken');
  });
});
