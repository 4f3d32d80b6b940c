import type { NotificationOutcome } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertDelivery, AlertRecord } from '#domain/alerts/alert.ts';
import type { AlertBook } from './alert-book.ts';
import type { AlertPorts } from './alert-ports.ts';
import { notificationOf } from './notification-text.ts';

/** A growing digest is shown anew at most this often. */
const DIGEST_PACE_MS = 1_000;

/**
 * What could not be shown is tried again after so many milliseconds: a daemon may be slow, or start late. An alert that
 * reached nobody for longer waits in the list.
 */
const AGAIN_AFTER_MS = [5_000, 30_000, 120_000] as const;

interface DigestShow {
  shownAt: Instant;
  /** A show is under way or arranged. */
  busy: boolean;
  /** It grew since what is shown. */
  stale: boolean;
}

/** Hands alerts to the OS and writes down what became of it: shown, or why not. */
export class Teller {
  readonly #book: AlertBook;
  readonly #ports: AlertPorts;
  readonly #save: () => void;
  readonly #digests = new Map<Id, DigestShow>();
  /** How often each was tried in vain; and which of them will be tried again. */
  readonly #failures = new Map<Id, number>();
  readonly #again = new Set<Id>();

  constructor(book: AlertBook, ports: AlertPorts, save: () => void) {
    this.#book = book;
    this.#ports = ports;
    this.#save = save;
  }

  tell(record: AlertRecord): void {
    void this.#show(record);
  }

  /** Shows a digest as it is now; while it grows quickly, once a second with all that came meanwhile. */
  tellDigest(digestId: Id): void {
    const show = this.#digests.get(digestId) ?? { shownAt: Number.NEGATIVE_INFINITY, busy: false, stale: false };
    this.#digests.set(digestId, show);
    show.stale = true;
    if (!show.busy) this.#arrange(digestId, show);
  }

  #arrange(digestId: Id, show: DigestShow): void {
    show.busy = true;
    const wait = show.shownAt + DIGEST_PACE_MS - this.#ports.now();
    if (wait > 0) this.#ports.after(wait, () => void this.#showDigest(digestId, show));
    else void this.#showDigest(digestId, show);
  }

  async #showDigest(digestId: Id, show: DigestShow): Promise<void> {
    // All that comes in the same turn is in it: an import's hundreds are one notification, not a count of one.
    await Promise.resolve();
    show.stale = false;
    show.shownAt = this.#ports.now();
    const record = this.#book.get(digestId);
    if (record?.state === 'triggered') await this.#show(record);
    show.busy = false;
    if (show.stale) this.#arrange(digestId, show);
  }

  async #show(record: AlertRecord): Promise<void> {
    const members =
      record.rule === 'digest' ? this.#book.membersOf(record.id).filter((one) => one.state === 'triggered') : [];
    const outcome = await this.#outcomeOf(notificationOf(record, members, this.#ports));
    const now = this.#book.get(record.id);
    if (now === undefined) return;
    this.#book.put({ ...now, delivery: withOutcome(now, outcome, this.#ports.now()) });
    this.#save();
    if (outcome.shown) this.#failures.delete(record.id);
    else if (outcome.reason === 'noDaemon' || outcome.reason === 'failed') this.#tryAgain(record.id);
  }

  #tryAgain(id: Id): void {
    const failures = this.#failures.get(id) ?? 0;
    const wait = AGAIN_AFTER_MS[failures];
    if (wait === undefined || this.#again.has(id)) return;
    this.#again.add(id);
    this.#ports.after(wait, () => {
      this.#again.delete(id);
      this.#failures.set(id, failures + 1);
      const record = this.#book.get(id);
      const reached = record?.delivery.at(-1)?.shown === true;
      if (record?.state !== 'triggered' || reached || record.forPersonId !== this.#ports.person()) return;
      void this.#show(record);
    });
  }

  async #outcomeOf(request: Parameters<AlertPorts['notifications']['show']>[0]): Promise<NotificationOutcome> {
    try {
      return await this.#ports.notifications.show(request);
    } catch {
      this.#ports.log('error', 'alert.showFailed', { alertId: request.alertId });
      return { shown: false, reason: 'failed' };
    }
  }
}

/** A digest shown again with the same outcome keeps one line, and so does what is tried again in vain. */
function withOutcome(record: AlertRecord, outcome: NotificationOutcome, at: Instant): readonly AlertDelivery[] {
  const delivery: AlertDelivery = {
    channel: 'os',
    shown: outcome.shown,
    reason: outcome.shown ? null : outcome.reason,
    at,
  };
  const last = record.delivery.at(-1);
  const same = last?.channel === 'os' && last.shown === delivery.shown && last.reason === delivery.reason;
  return same && (record.rule === 'digest' || !outcome.shown)
    ? [...record.delivery.slice(0, -1), delivery]
    : [...record.delivery, delivery];
}
