import type { DeskSettings } from '#contracts/host/desk-host.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';

/**
 * The personal settings of a device. Read before the first window opens, so without zod, whose loading alone would
 * delay it; the IPC table's schema is made of the same checks.
 */

type Check = (value: unknown) => boolean;

const oneOf =
  (...choices: readonly unknown[]): Check =>
  (value) =>
    choices.includes(value);
const isBoolean: Check = (value) => typeof value === 'boolean';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MOST_KEYS = 200;
const actionName = /^[A-Za-z][A-Za-z0-9.]{0,59}$/;
const isKeyMap: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length <= MOST_KEYS &&
  Object.entries(value).every(
    ([action, key]) => actionName.test(action) && typeof key === 'string' && key.length <= 40,
  );

/** One check for each setting, so that a bad value costs that setting only. */
const checks: Readonly<Record<keyof DeskSettings, Check>> = {
  theme: oneOf('system', 'light', 'dark', 'contrast'),
  density: oneOf('compact', 'normal', 'roomy'),
  language: oneOf('system', 'en', 'en-XA', 'ar-XB'),
  afterSave: oneOf('next', 'stay', 'close'),
  singleKeys: isBoolean,
  keys: isKeyMap,
  closeToTray: isBoolean,
  notifications: isBoolean,
  lastQueue: oneOf(...QUEUE_IDS),
};

export const DEFAULT_DESK_SETTINGS: DeskSettings = {
  theme: 'system',
  density: 'normal',
  language: 'system',
  afterSave: 'stay',
  singleKeys: true,
  keys: {},
  closeToTray: true,
  notifications: true,
  lastQueue: 'unassigned',
};

const isSetting = (name: string): name is keyof DeskSettings => Object.hasOwn(checks, name);
const isGood = ([name, value]: readonly [string, unknown]): boolean => isSetting(name) && checks[name](value);

/** Whether a value is settings to write: known ones with good values, and nothing else. */
export const isDeskSettingsChange = (value: unknown): value is Partial<DeskSettings> =>
  isRecord(value) && Object.entries(value).every(isGood);

/** Whether a value is all the settings there are. */
export const isDeskSettings = (value: unknown): value is DeskSettings =>
  isDeskSettingsChange(value) && Object.keys(value).length === Object.keys(checks).length;

/** The settings a stored file means: every missing or bad value replaced by its default. */
export const readDeskSettings = (stored: unknown): DeskSettings => ({
  ...DEFAULT_DESK_SETTINGS,
  ...Object.fromEntries(Object.entries(isRecord(stored) ? stored : {}).filter(isGood)),
});

/** What to store after a change. Values this build does not know belong to a newer one and stay. */
export const changeDeskSettings = (stored: unknown, changes: Partial<DeskSettings>): Record<string, unknown> => ({
  ...(isRecord(stored) ? stored : {}),
  ...readDeskSettings(stored),
  ...changes,
});
