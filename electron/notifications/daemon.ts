import { stringsIn } from '#electron/notifications/bus-messages.ts';
import { callOnSessionBus } from '#electron/notifications/session-bus.ts';

/** Who shows notifications on this desktop, as far as it matters to us. */
export interface Daemon {
  /** It reads the body as markup: a caller's words must not become its links. */
  readonly readsMarkup: boolean;
}

/**
 * Asks for the notification daemon, which starts it where the desktop can; null when there is none. Other systems
 * than Linux always have theirs.
 */
export const findDaemon = async (): Promise<Daemon | null> => {
  if (process.platform !== 'linux') return { readsMarkup: false };
  const answer = await callOnSessionBus({
    destination: 'org.freedesktop.Notifications',
    path: '/org/freedesktop/Notifications',
    interface: 'org.freedesktop.Notifications',
    member: 'GetCapabilities',
  });
  if (answer?.kind !== 'return') return null;
  return { readsMarkup: stringsIn(answer.body).includes('body-markup') };
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The body as this daemon shows it letter by letter. */
export const forDaemon = (daemon: Daemon, body: string): string =>
  daemon.readsMarkup ? body.replace(/[&<>]/g, (letter) => entities[letter] ?? letter) : body;
