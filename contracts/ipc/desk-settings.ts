import { z } from 'zod';
import type { DeskSettings } from '#contracts/host/desk-host.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';

const keyMap = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9.]{0,59}$/), z.string().max(40))
  .refine((keys) => Object.keys(keys).length <= 200);

/** One schema for each setting, so that a bad value costs that setting only. */
const settingSchemas = {
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  density: z.enum(['compact', 'normal', 'roomy']),
  language: z.enum(['system', 'en', 'en-XA', 'ar-XB']),
  afterSave: z.enum(['next', 'stay', 'close']),
  singleKeys: z.boolean(),
  keys: keyMap,
  closeToTray: z.boolean(),
  notifications: z.boolean(),
  lastQueue: z.enum(QUEUE_IDS),
} satisfies { [K in keyof DeskSettings]: z.ZodType<DeskSettings[K]> };

export const DEFAULT_DESK_SETTINGS: DeskSettings = {
  theme: 'system',
  density: 'normal',
  language: 'system',
  afterSave: 'next',
  singleKeys: true,
  keys: {},
  closeToTray: true,
  notifications: true,
  lastQueue: 'unassigned',
};

export const deskSettingsSchema = z.strictObject(settingSchemas);
/** What a window may change: any of them, and nothing else. */
export const deskSettingsChangesSchema = z.strictObject({
  theme: settingSchemas.theme.exactOptional(),
  density: settingSchemas.density.exactOptional(),
  language: settingSchemas.language.exactOptional(),
  afterSave: settingSchemas.afterSave.exactOptional(),
  singleKeys: settingSchemas.singleKeys.exactOptional(),
  keys: settingSchemas.keys.exactOptional(),
  closeToTray: settingSchemas.closeToTray.exactOptional(),
  notifications: settingSchemas.notifications.exactOptional(),
  lastQueue: settingSchemas.lastQueue.exactOptional(),
} satisfies Record<keyof DeskSettings, z.ZodType>);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The settings a stored file means: every missing or bad value replaced by its default. */
export const readDeskSettings = (stored: unknown): DeskSettings => {
  const values = isRecord(stored) ? stored : {};
  const good = Object.entries(settingSchemas).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(values[name]);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return deskSettingsSchema.parse({ ...DEFAULT_DESK_SETTINGS, ...Object.fromEntries(good) });
};

/** What to store after a change. Values this build does not know belong to a newer one and stay. */
export const changeDeskSettings = (stored: unknown, changes: Partial<DeskSettings>): Record<string, unknown> => ({
  ...(isRecord(stored) ? stored : {}),
  ...readDeskSettings(stored),
  ...changes,
});
