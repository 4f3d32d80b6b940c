import { describe, expect, test } from 'vitest';
import {
  changeDeskSettings,
  DEFAULT_DESK_SETTINGS,
  isDeskSettings,
  isDeskSettingsChange,
  readDeskSettings,
} from '#contracts/ipc/desk-settings.ts';

describe('desk settings', () => {
  test.each([undefined, null, 7, 'dark', [], {}])('a file that holds %j means the defaults', (stored) => {
    expect(readDeskSettings(stored)).toEqual(DEFAULT_DESK_SETTINGS);
  });

  test('a bad value costs that setting only', () => {
    const stored = {
      theme: 'dark',
      density: 'enormous',
      singleKeys: 'yes',
      keys: { 'incident.new': 'n' },
      lastQueue: 'x',
    };
    expect(readDeskSettings(stored)).toEqual({
      ...DEFAULT_DESK_SETTINGS,
      theme: 'dark',
      keys: { 'incident.new': 'n' },
    });
  });

  test('values of a newer build stay in the file and out of the settings', () => {
    const stored = { theme: 'dark', hologram: { on: true } };
    expect(changeDeskSettings(stored, { density: 'compact' })).toEqual({
      ...DEFAULT_DESK_SETTINGS,
      theme: 'dark',
      density: 'compact',
      hologram: { on: true },
    });
    expect(readDeskSettings(stored)).not.toHaveProperty('hologram');
  });

  test('a change names known settings with good values, and nothing else', () => {
    expect(isDeskSettingsChange({ theme: 'contrast' })).toBe(true);
    expect(isDeskSettingsChange({})).toBe(true);
    expect(isDeskSettingsChange({ theme: undefined })).toBe(false);
    expect(isDeskSettingsChange({ hologram: true })).toBe(false);
    expect(isDeskSettingsChange({ keys: { 'x y': 'n' } })).toBe(false);
    expect(isDeskSettingsChange({ toString: 'x' })).toBe(false);
    expect(isDeskSettingsChange([])).toBe(false);
  });

  test('only all of them are the settings', () => {
    expect(isDeskSettings(DEFAULT_DESK_SETTINGS)).toBe(true);
    expect(isDeskSettings({ theme: 'dark' })).toBe(false);
    expect(isDeskSettings({ ...DEFAULT_DESK_SETTINGS, theme: 'pink' })).toBe(false);
  });
});
