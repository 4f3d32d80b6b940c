import { create } from 'zustand';
import type { DeskHost, DeskSettings } from '#contracts/host/desk-host.ts';

/** What a person gets before choosing anything. */
export const usualSettings: DeskSettings = {
  theme: 'system',
  density: 'normal',
  language: 'system',
  afterSave: 'stay',
  singleKeys: true,
  keys: {},
  closeToTray: true,
  notifications: true,
  lastQueue: 'myWork',
};

/** This window's copy of the settings main keeps; main tells every window when one of them changed something. */
export const useSettings = create<DeskSettings>(() => usualSettings);

/** Takes what main says, wholly. */
export const adoptSettings = (settings: DeskSettings): void => useSettings.setState({ ...settings }, true);

/** Shows a change at once and has it kept. */
export async function changeSettings(host: DeskHost, change: Partial<DeskSettings>): Promise<void> {
  useSettings.setState(change);
  adoptSettings(await host.writeSettings(change));
}
