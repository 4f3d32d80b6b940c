import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fallbackLine, resolveFrom, type Sources } from './resolve.ts';
import type { Runtime } from './runtime.ts';

const official: Runtime = { kind: 'official', dist: '/official', executable: '/official/electron' };
const standIn: Runtime = { kind: 'fallback', dist: '/stand-in', executable: '/stand-in/electron' };

const world = (over: Partial<Sources> = {}): Sources => ({
  override: undefined,
  installed: vi.fn(() => undefined),
  hostAnswers: vi.fn(() => Promise.resolve(false)),
  install: vi.fn(() => Promise.resolve(official)),
  fallbackFits: vi.fn(() => true),
  fallback: vi.fn(() => Promise.resolve(standIn)),
  announce: vi.fn<(line: string) => void>(),
  ...over,
});

describe('the Electron to use', () => {
  it('is the folder the person named, before anything else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'deskbell-override-'));
    const executable = join(
      folder,
      { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ??
        'electron',
    );
    mkdirSync(join(executable, '..'), { recursive: true });
    writeFileSync(executable, '');
    const sources = world({ override: folder, installed: () => official });
    expect(await resolveFrom(sources)).toEqual({ kind: 'override', dist: folder, executable });
  });

  it('is refused when the named folder holds none', async () => {
    await expect(resolveFrom(world({ override: '/nowhere' }))).rejects.toThrow('ELECTRON_OVERRIDE_DIST_PATH');
  });

  it('is the pinned one when it is there, without asking the network', async () => {
    const sources = world({ installed: vi.fn(() => official) });
    expect(await resolveFrom(sources)).toBe(official);
    expect(sources.hostAnswers).not.toHaveBeenCalled();
  });

  it('is downloaded when the release host answers, and a failed download is not papered over', async () => {
    expect(await resolveFrom(world({ hostAnswers: () => Promise.resolve(true) }))).toBe(official);
    const broken = world({
      hostAnswers: () => Promise.resolve(true),
      install: () => Promise.reject(new Error('checksum mismatch')),
    });
    await expect(resolveFrom(broken)).rejects.toThrow('checksum mismatch');
    expect(broken.fallback).not.toHaveBeenCalled();
  });

  it('is the stand-in only when the release host is silent, and says so in one line', async () => {
    const sources = world();
    expect(await resolveFrom(sources)).toBe(standIn);
    expect(vi.mocked(sources.announce).mock.calls).toEqual([[fallbackLine]]);
    expect(fallbackLine).not.toContain('\n');
  });

  it('does not exist where the stand-in does not run', async () => {
    await expect(resolveFrom(world({ fallbackFits: () => false }))).rejects.toThrow('cannot be downloaded');
  });
});
