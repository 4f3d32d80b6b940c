import { Menu, Tray } from 'electron';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';
import { trayIcon } from '#electron/menu/icons.ts';
import { isOnSessionBus } from '#electron/notifications/session-bus.ts';
import { say } from '#electron/words/words.ts';

export interface TrayActions {
  show(): void;
  newIncident(): void;
  quit(): void;
}

/** Whether the desktop surely shows tray icons. A bare X session does not, and tells nobody. */
const showsTrayIcons = async (): Promise<boolean> =>
  process.platform !== 'linux' || (await isOnSessionBus('org.kde.StatusNotifierWatcher'));

/**
 * The icon beside the clock, so that no window need be open. Where nobody shows it, the engine lives on all the
 * same: a second start or a clicked notification opens a window.
 */
export const tray = (actions: TrayActions, log: Log) => {
  let icon: Tray | null = null;
  let shown = 0;
  const showCount = (count: number) => {
    icon?.setToolTip(count > 0 ? say('tray.tooltipAlerts', { count }) : say('tray.tooltip'));
    if (count > 0 !== shown > 0) icon?.setImage(trayIcon(count > 0));
    shown = count;
  };

  return {
    start: async (): Promise<void> => {
      try {
        icon = new Tray(trayIcon(false));
      } catch (error) {
        log('warn', 'tray.failed', errorFields(error));
        return;
      }
      log('info', 'tray.started', { seen: await showsTrayIcons() });
      icon.setContextMenu(
        Menu.buildFromTemplate([
          { id: 'tray.show', label: say('tray.show'), click: () => actions.show() },
          { id: 'tray.newIncident', label: say('tray.newIncident'), click: () => actions.newIncident() },
          { type: 'separator' },
          { id: 'tray.quit', label: say('tray.quit'), click: () => actions.quit() },
        ]),
      );
      icon.on('click', () => actions.show());
      showCount(0);
    },
    setCount: showCount,
    stop: () => icon?.destroy(),
  };
};
