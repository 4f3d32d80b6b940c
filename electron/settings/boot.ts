import { app } from 'electron';
import type { Boot } from '#contracts/host/desk-host.ts';
import { type BootValues, bootValues } from '#contracts/ipc/schemas.ts';
import type { OpenedRooms } from '#electron/ipc/engine-handlers.ts';
import type { DeskSettingsFile } from '#electron/settings/desk-settings-file.ts';
import type { DeskWindow } from '#electron/windows/desk-window.ts';

const languageFor = (chosen: string): string => (chosen === 'system' ? app.getLocale() || 'en' : chosen);

/** What a window needs for its first paint, from files alone. */
export const boots = (deps: { readonly storage: () => Promise<OpenedRooms>; readonly settings: DeskSettingsFile }) => {
  const storedValues = async (): Promise<BootValues> => {
    const opened = await deps.storage();
    const read = opened.ok ? await opened.value.settings.read() : opened;
    return bootValues.parse(read.ok ? read.value : {});
  };
  return {
    bootFor: async (desk: Pick<DeskWindow, 'windowId' | 'route'>): Promise<Boot> => {
      const settings = deps.settings.get();
      const { firstPage, person } = await storedValues();
      return {
        platform: 'electron',
        version: app.getVersion(),
        windowId: desk.windowId,
        route: desk.route,
        settings,
        person,
        firstPage,
        language: languageFor(settings.language),
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      };
    },
  };
};
export type Boots = ReturnType<typeof boots>;
