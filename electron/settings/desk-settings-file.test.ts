import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_DESK_SETTINGS } from '#contracts/ipc/desk-settings.ts';
import { jsonFile } from '#electron/files/json-file.ts';
import { deskSettingsFile } from '#electron/settings/desk-settings-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskbell-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = () => join(folder, 'profile', 'desk-settings.json');
const open = () => deskSettingsFile(jsonFile(path()), vi.fn());
const onDisk = () => JSON.parse(readFileSync(path(), 'utf8'));

describe('the settings of a device', () => {
  test('without a file they are the defaults', () => {
    expect(open().get()).toEqual(DEFAULT_DESK_SETTINGS);
  });

  test('a change is on disk when it is answered, and there at the next start', async () => {
    expect(await open().change({ theme: 'dark' })).toEqual({
      ok: true,
      value: { ...DEFAULT_DESK_SETTINGS, theme: 'dark' },
    });
    expect(open().get().theme).toBe('dark');
  });

  test('changes made at once all hold, and the file is whole', async () => {
    const file = open();
    await Promise.all([
      file.change({ theme: 'dark' }),
      file.change({ density: 'roomy' }),
      file.change({ theme: 'light' }),
    ]);
    expect(onDisk()).toMatchObject({ theme: 'light', density: 'roomy' });
  });

  test('everybody is told, before it is on disk', async () => {
    const file = open();
    const told = vi.fn();
    file.onChange(told);
    const written = file.change({ singleKeys: false });
    expect(told).toHaveBeenCalledWith({ ...DEFAULT_DESK_SETTINGS, singleKeys: false });
    await written;
  });

  test('values of a newer build survive a change', async () => {
    await open().change({ theme: 'dark' });
    writeFileSync(path(), JSON.stringify({ ...onDisk(), hologram: 1 }));
    await open().change({ theme: 'light' });
    expect(onDisk()).toMatchObject({ theme: 'light', hologram: 1 });
  });

  test('a damaged file means the defaults, and the next change mends it', async () => {
    await open().change({ theme: 'dark' });
    writeFileSync(path(), '{"theme": "da');
    expect(open().get()).toEqual(DEFAULT_DESK_SETTINGS);
    await open().change({ density: 'compact' });
    expect(onDisk()).toMatchObject({ density: 'compact' });
  });

  test('what can’t be written is told as a code and still holds for this run', async () => {
    writeFileSync(join(folder, 'profile'), 'in the way');
    const file = open();
    expect(await file.change({ theme: 'dark' })).toEqual({ ok: false, error: { code: 'ioError' } });
    expect(file.get().theme).toBe('dark');
  });
});
