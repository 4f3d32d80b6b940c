import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { leaveWithoutLock } from '#electron/main/refused-start.ts';

const leave = async (profile: string) => {
  const tell = vi.fn();
  const exit = vi.fn();
  await leaveWithoutLock({ profile, tell, exit, ready: async () => undefined });
  return { tell, exit };
};

test('a second start leaves quietly: the first one has been told', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'deskbell-profile-'));
  const { tell, exit } = await leave(profile);
  rmSync(profile, { recursive: true });
  expect(tell).not.toHaveBeenCalled();
  expect(exit).toHaveBeenCalledExactlyOnceWith(0);
});

test('a profile that takes no files is named before the program ends', async () => {
  // Nobody writes there, not even root, for whom the rights of a folder say nothing.
  const { tell, exit } = await leave('/proc/deskbell');
  expect(tell).toHaveBeenCalledExactlyOnceWith(expect.any(String), expect.stringContaining('/proc/deskbell'));
  expect(exit).toHaveBeenCalledExactlyOnceWith(1);
});
