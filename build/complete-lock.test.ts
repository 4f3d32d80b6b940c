import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeLock, type LockPackages } from './complete-lock.ts';

const lock = readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8');

describe('the lockfile', () => {
  it('covers the native packages of every system, so that npm ci takes it anywhere', () => {
    expect(completeLock(JSON.parse(lock).packages)).toEqual([]);
  });

  it('records no download addresses', () => {
    expect(lock).not.toContain('"resolved"');
  });

  it('gets what a mirror left out, by what the name says', () => {
    const packages: LockPackages = {
      'node_modules/x': { version: '1.0.0', dev: true, optionalDependencies: { '@x/linux-arm64-musl': '1.0.0' } },
    };
    expect(completeLock(packages)).toEqual(['@x/linux-arm64-musl']);
    expect(packages['node_modules/@x/linux-arm64-musl']).toEqual({
      version: '1.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
    });
  });
});
