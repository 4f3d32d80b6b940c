import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertPorts } from './alert-ports.ts';

/** Timers of the platform end at once when asked for more than 24 days; a suspended machine stretches long ones. */
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** Alerts that wait for an instant: until they have settled, or until a snooze is over. One timer for all. */
export class AlertTimer {
  readonly #ports: Pick<AlertPorts, 'now' | 'after'>;
  readonly #due: (ids: readonly Id[]) => void;
  readonly #at = new Map<Id, Instant>();
  #cancel: () => void = () => undefined;

  constructor(ports: Pick<AlertPorts, 'now' | 'after'>, due: (ids: readonly Id[]) => void) {
    this.#ports = ports;
    this.#due = due;
  }

  add(id: Id, at: Instant): void {
    this.#at.set(id, at);
    this.#arm();
  }

  remove(id: Id): void {
    if (this.#at.delete(id)) this.#arm();
  }

  has(id: Id): boolean {
    return this.#at.has(id);
  }

  #arm(): void {
    this.#cancel();
    this.#cancel = () => undefined;
    if (this.#at.size === 0) return;
    let next = Number.POSITIVE_INFINITY;
    for (const at of this.#at.values()) if (at < next) next = at;
    const wait = Math.min(Math.max(0, next - this.#ports.now()), LONGEST_WAIT_MS);
    this.#cancel = this.#ports.after(wait, () => this.#ring());
  }

  #ring(): void {
    const now = this.#ports.now();
    const due = [...this.#at].filter(([, at]) => at <= now).map(([id]) => id);
    for (const id of due) this.#at.delete(id);
    this.#arm();
    if (due.length > 0) this.#due(due);
  }
}
