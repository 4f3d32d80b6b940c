import { app, Notification } from 'electron';
import type { NotificationOutcome, NotificationRequest } from '#contracts/host/engine-host.ts';
import type { Log } from '#electron/logs/log.ts';
import { findDaemon, forDaemon } from '#electron/notifications/daemon.ts';

const SHOWN_WITHIN = 2_000;
/** Handles kept so that a later one with the same tag can replace an earlier one, and clicks find their way. */
const KEPT = 50;

const notShown = (
  reason: Extract<NotificationOutcome, { shown: false }>['reason'],
  detail?: string,
): NotificationOutcome => ({ shown: false, reason, ...(detail === undefined ? {} : { detail }) });

/** Resolves with what became of it: the system tells by an event, or, where it does not, by silence. */
const present = (notification: Notification): Promise<NotificationOutcome> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(notShown('noDaemon', 'no answer')), SHOWN_WITHIN);
    const settle = (outcome: NotificationOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    notification.once('show', () => settle({ shown: true }));
    notification.once('failed', (_event, error) => settle(notShown('failed', error.slice(0, 100))));
    notification.show();
  });

/** Shows what the engine decided to say, and tells it why not when that was impossible. */
export const notifier = (deps: {
  readonly log: Log;
  readonly openLink: (link: string) => void;
  readonly onBadge: (count: number) => void;
  /** The person's own switch. */
  readonly allowed: () => boolean;
}) => {
  const shown = new Map<string, Notification>();

  const keep = (tag: string, notification: Notification) => {
    shown.get(tag)?.close();
    shown.delete(tag);
    shown.set(tag, notification);
    for (const oldest of [...shown.keys()].slice(0, Math.max(0, shown.size - KEPT))) shown.delete(oldest);
  };

  const dropped = (tag: string, notification: Notification) => {
    if (shown.get(tag) === notification) shown.delete(tag);
  };
  const forget = (tag: string, notification: Notification) => {
    notification.close();
    dropped(tag, notification);
  };

  const show = async (request: NotificationRequest): Promise<NotificationOutcome> => {
    if (!deps.allowed()) return notShown('permissionDenied', 'switched off');
    if (!Notification.isSupported()) return notShown('notSupported');
    const daemon = await findDaemon();
    if (!daemon) return notShown('noDaemon');
    const { title, urgency, tag, link } = request;
    const body = forDaemon(daemon, request.body);
    const timeoutType = urgency === 'critical' ? 'never' : 'default';
    const notification = new Notification({ title, body, urgency, timeoutType, silent: urgency === 'low' });
    notification.once('close', () => dropped(tag, notification));
    notification.on('click', () => {
      deps.log('info', 'notification.clicked', { alertId: request.alertId });
      // Electron lets go of a clicked one; left on the screen, a second click on it would do nothing.
      forget(tag, notification);
      deps.openLink(link);
    });
    keep(tag, notification);
    return present(notification);
  };

  return {
    show: async (request: NotificationRequest): Promise<NotificationOutcome> => {
      const outcome = await show(request).catch(() => notShown('failed'));
      const reason = outcome.shown ? 'none' : outcome.reason;
      deps.log('info', 'notification.show', { alertId: request.alertId, shown: outcome.shown, reason });
      return outcome;
    },
    /** The number on tray and dock. */
    badge: (count: number): void => {
      app.setBadgeCount(count);
      deps.onBadge(count);
    },
    closeAll: (): void => {
      for (const notification of shown.values()) notification.close();
      shown.clear();
    },
  };
};
export type Notifier = ReturnType<typeof notifier>;
