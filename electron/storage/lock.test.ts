import { expect, test } from 'vitest';
import { lockFolder } from './lock.ts';
import { TestDisk } from './test-disk.suite.ts';

const path = '/data/lock';
const pause = async () => {};
const holder = (pid: number, token: string) => Buffer.from(JSON.stringify({ pid, born: '', token }));
/** A process number that no machine gives. */
const DEAD = 2 ** 30;

test('a lock of the dead is taken over', async () => {
  const disk = new TestDisk();
  disk.replace(path, holder(DEAD, 'dead'));
  expect(await lockFolder(disk, path, new Set(), pause)).not.toBeNull();
  expect(disk.paths()).toEqual([path]);
});

test('of two that find a lock of the dead, the slower one leaves the quicker one’s lock alone', async () => {
  const disk = new TestDisk();
  disk.replace(path, holder(DEAD, 'dead'));
  let quick = false;
  disk.fault = (operation, at) => {
    if (operation === 'rename' && at === path && !quick) {
      quick = true;
      disk.replace(path, holder(process.ppid, 'quicker'));
    }
    return null;
  };
  expect(await lockFolder(disk, path, new Set(), pause)).toBeNull();
  expect(disk.paths()).toEqual([path]);
  expect(disk.bytes(path).toString()).toContain('quicker');
});
