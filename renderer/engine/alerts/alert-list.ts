import { type AlertEntry, type AlertMember, MOST_MEMBERS } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import { compareByUrgency } from '#domain/alerts/rules.ts';
import type { AlertBook } from './alert-book.ts';
import type { AlertTimer } from './alert-timer.ts';
import { isUntold } from './blank-record.ts';
import { type Speech, titleOf, whyOf } from './notification-text.ts';

/** The ledger as its person sees it: what has settled, newest first, a digest standing for its members. */
export class AlertList {
  readonly #book: AlertBook;
  readonly #timer: Pick<AlertTimer, 'has'>;
  readonly #speech: Speech;

  constructor(book: AlertBook, timer: Pick<AlertTimer, 'has'>, speech: Speech) {
    this.#book = book;
    this.#timer = timer;
    this.#speech = speech;
  }

  entries(personId: Id, limit: number): readonly AlertEntry[] {
    const shown = [...this.#book.all()].filter((one) => one.forPersonId === personId && this.#isShown(one));
    shown.sort((a, b) => b.lastAt - a.lastAt || compareByUrgency(a, b));
    return shown.slice(0, limit).map((record) => this.#entryOf(record));
  }

  /** Incidents somebody still has to look at, whether they came alone or in a digest. */
  unacknowledged(personId: Id): number {
    let count = 0;
    for (const record of this.#book.all()) {
      const waits = record.state === 'triggered' && record.rule !== 'digest' && record.forPersonId === personId;
      if (waits && !this.#settles(record)) count += 1;
    }
    return count;
  }

  #isShown(record: AlertRecord): boolean {
    return record.digestId === null && record.state !== 'suppressed' && !this.#settles(record);
  }

  #settles(record: AlertRecord): boolean {
    return isUntold(record) && this.#timer.has(record.id);
  }

  #entryOf(record: AlertRecord): AlertEntry {
    const { id, rule, dedupeKey, incidentId, number, priority, count, firstAt, lastAt, state, forPersonId } = record;
    const told = { title: titleOf(record, this.#speech), why: whyOf(record, this.#speech) };
    const line = { id, rule, dedupeKey, incidentId, number, priority, count, firstAt, lastAt, state, forPersonId };
    const { shortDescription } = record;
    return { ...line, ...told, shortDescription, members: this.#membersOf(record), delivery: [...record.delivery] };
  }

  #membersOf(record: AlertRecord): readonly AlertMember[] {
    if (record.rule !== 'digest') return [];
    const members = [...this.#book.membersOf(record.id)].sort(compareByUrgency).slice(0, MOST_MEMBERS);
    return members.map(({ id, number, incidentId, priority, shortDescription, state }) => {
      return { id, incidentId, number, priority, shortDescription, state };
    });
  }
}
