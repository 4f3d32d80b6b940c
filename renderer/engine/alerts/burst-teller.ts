import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertDelivery, AlertRecord } from '#domain/alerts/alert.ts';
import { afterDigest, afterSingle, type Burst, burstOf, mannerOf } from '#domain/alerts/burst.ts';
import type { Priority } from '#domain/incident/incident.ts';
import type { AlertBook } from './alert-book.ts';
import type { AlertPorts } from './alert-ports.ts';
import { blankRecord } from './blank-record.ts';
import type { Teller } from './teller.ts';

/** Tells one alert alone, or lets a digest grow by it (domain/alerts/burst.ts), for each person apart. */
export class BurstTeller {
  readonly #book: AlertBook;
  readonly #ports: Pick<AlertPorts, 'now' | 'newId'>;
  readonly #teller: Teller;
  readonly #bursts = new Map<Id, Burst>();

  constructor(book: AlertBook, ports: Pick<AlertPorts, 'now' | 'newId'>, teller: Teller) {
    this.#book = book;
    this.#ports = ports;
    this.#teller = teller;
  }

  tell(record: AlertRecord): void {
    const now = this.#ports.now();
    const person = record.forPersonId;
    const burst = this.#bursts.get(person) ?? burstOf(this.#book.all(), person, now);
    const manner = mannerOf(burst, now);
    if (manner === 'alone') {
      this.#bursts.set(person, afterSingle(burst, now));
      this.#teller.tell(record);
      return;
    }
    const growing = manner === 'growDigest' ? this.#book.get(burst.digest?.id ?? '') : undefined;
    const digest = this.#grow(growing ?? this.#newDigest(person, now), record, now);
    this.#bursts.set(person, afterDigest(burst, digest.id, now));
    this.#teller.tellDigest(digest.id);
  }

  /** Somebody answered the digest: what comes now is told anew. */
  stopGrowing(digestId: Id): void {
    for (const [person, burst] of this.#bursts) {
      if (burst.digest?.id === digestId) this.#bursts.set(person, { ...burst, digest: null });
    }
  }

  #newDigest(person: Id, now: Instant): AlertRecord {
    const id = this.#ports.newId();
    return { ...blankRecord(id, person, now), dedupeKey: `digest:${id}`, count: 0 };
  }

  #grow(digest: AlertRecord, member: AlertRecord, now: Instant): AlertRecord {
    const delivery: AlertDelivery = { channel: 'none', shown: false, reason: 'inDigest', at: now };
    this.#book.put({ ...member, digestId: digest.id, delivery: [...member.delivery, delivery] });
    const priority = Math.min(digest.priority ?? 5, member.priority ?? 5) as Priority;
    const count = digest.state === 'resolved' ? 1 : digest.count + 1;
    return this.#book.put({ ...digest, count, lastAt: now, priority, state: 'triggered' });
  }
}
