import type { EngineHost, NotificationOutcome } from '#contracts/host/engine-host.ts';

/** A notification that neither appears nor fails within this many milliseconds counts as shown: nobody will say more. */
const ANSWER_WITHIN = 2000;

type BadgeHolder = { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> };

function answered(notification: Notification): Promise<NotificationOutcome> {
  return new Promise((resolve) => {
    const waiting = setTimeout(() => resolve({ shown: true }), ANSWER_WITHIN);
    const answer = (outcome: NotificationOutcome) => () => {
      clearTimeout(waiting);
      resolve(outcome);
    };
    notification.addEventListener('show', answer({ shown: true }));
    notification.addEventListener('error', answer({ shown: false, reason: 'failed' }));
  });
}

/** The browser's own notifications, once a window was given the permission. @param openLink follows a click */
export function webNotifications(openLink: (link: string) => void): EngineHost['notifications'] {
  return {
    show: async ({ title, body, tag, urgency, link }) => {
      if (typeof Notification === 'undefined') return { shown: false, reason: 'notSupported' };
      if (Notification.permission !== 'granted') return { shown: false, reason: 'permissionDenied' };
      try {
        const notification = new Notification(title, { body, tag, requireInteraction: urgency === 'critical' });
        notification.addEventListener('click', () => openLink(link));
        return await answered(notification);
      } catch (error) {
        // Some browsers only notify through a service worker and throw here.
        return { shown: false, reason: 'notSupported', detail: error instanceof Error ? error.name : 'unknown' };
      }
    },
    badge: async (count) => {
      const holder: BadgeHolder = navigator;
      const change = count > 0 ? holder.setAppBadge?.(count) : holder.clearAppBadge?.();
      await change?.catch(() => undefined);
    },
  };
}
