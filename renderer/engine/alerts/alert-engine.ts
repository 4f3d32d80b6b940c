import type { AlertEntry } from '#contracts/engine/protocol.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertDelivery, AlertRecord } from '#domain/alerts/alert.ts';
import {
  type AlertCause,
  type AlertChange,
  alertFor,
  compareByUrgency,
  isNewer,
  stillHolds,
} from '#domain/alerts/rules.ts';
import { AlertBook, isLive } from './alert-book.ts';
import { AlertList } from './alert-list.ts';
import type { AlertPorts } from './alert-ports.ts';
import { AlertTimer } from './alert-timer.ts';
import { blankRecord, isUntold } from './blank-record.ts';
import { BurstTeller } from './burst-teller.ts';
import { hasSubject, subjectOf } from './subject.ts';
import { Teller } from './teller.ts';
import { asComing, isWaiting, reachedNobody, withoutRepeats } from './waiting.ts';

export type { AlertPorts } from './alert-ports.ts';

/**
 * Decides who is told of what, and when: rules (domain/alerts/rules.ts), one live alert for each incident and rule,
 * bursts as a digest, acknowledging and snoozing, and a ledger of all of it. Main only shows, and says why not.
 */
export class AlertEngine {
  readonly #ports: AlertPorts;
  readonly #book = new AlertBook();
  readonly #teller: Teller;
  readonly #timer: AlertTimer;
  readonly #bursts: BurstTeller;
  readonly #list: AlertList;
  #badge = -1;

  constructor(ports: AlertPorts) {
    this.#ports = ports;
    this.#teller = new Teller(this.#book, ports, () => this.#save());
    this.#bursts = new BurstTeller(this.#book, ports, this.#teller);
    this.#timer = new AlertTimer(ports, (due) => {
      this.#tellDue(due);
      this.#save();
    });
    this.#list = new AlertList(this.#book, this.#timer, ports);
  }

  /**
   * Takes the stored ledger at start, before the first change. What was still settling or snoozed is told when its
   * time comes. What should have been told just when the desk stopped stays in the list, and is not shown again.
   * Called again after the store was reconciled, it takes only what it does not know: it knows better than the store.
   */
  restore(records: readonly AlertRecord[]): void {
    const unknown = records.filter((record) => this.#book.get(record.id) === undefined);
    this.#book.load(unknown);
    const now = this.#ports.now();
    for (const record of unknown) {
      // Members of a digest wake with it.
      const sleeps = record.state === 'snoozed' && record.digestId === null;
      if (sleeps || (isUntold(record) && record.dueAt > now)) this.#timer.add(record.id, record.dueAt);
      else if (isUntold(record)) this.#undelivered(record, this.#settledForAbsent(record) ?? 'unknownAfterRestart');
    }
    this.#tellWaiting();
    this.#save();
  }

  /**
   * What just happened, in order: one call for each batch the engine applied, an import's commit in one call. Only
   * for what is new: never called for a replay, nor for sample data. Whoever shares the desk and is not at it is told
   * when they come (docs/decisions/0015-alerts-of-a-shared-desk.md).
   */
  consider(changes: readonly AlertChange[]): void {
    const people = this.#ports.people();
    const due: Id[] = [];
    for (const change of changes) {
      this.#follow(change);
      for (const person of people) {
        const found = alertFor(change, person);
        const raised = found && this.#raise(found, change, person);
        if (raised === null) continue;
        if (raised.dueAt > raised.firstAt) this.#timer.add(raised.id, raised.dueAt);
        else due.push(raised.id);
      }
    }
    this.#tellDue(due);
    this.#save();
  }

  /** Somebody else sits at the desk now: the badge is theirs, and they are told what waited for them. */
  personChanged(): void {
    this.#tellWaiting();
    this.#save();
    this.#showBadge();
    this.#ports.changed();
  }

  /** False when there is no such alert. One that is over stays over. */
  acknowledge(alertId: Id): boolean {
    return this.#answer(alertId, { state: 'acknowledged', acknowledgedAt: this.#ports.now(), snoozedUntil: null });
  }

  /** Silent until then, and told again if it is not over by that time. False when there is no such alert. */
  snooze(alertId: Id, until: Instant): boolean {
    const known = this.#answer(alertId, { state: 'snoozed', snoozedUntil: until, dueAt: until });
    if (this.#book.get(alertId)?.state === 'snoozed') this.#timer.add(alertId, until);
    return known;
  }

  /** Newest first, digests standing for their members. */
  entries(personId: Id, limit: number): { readonly unacknowledged: number; readonly entries: readonly AlertEntry[] } {
    return { unacknowledged: this.#list.unacknowledged(personId), entries: this.#list.entries(personId, limit) };
  }

  /** Records older than 90 days, forgotten here and to be deleted from the store. */
  prune(): Id[] {
    return this.#book.forgetExpired(this.#ports.now());
  }

  /** Ends the alerts that a change has answered; one not told yet will be told as things are by then. */
  #follow({ after }: AlertChange): void {
    for (const record of this.#book.liveOf(after.id)) {
      if (stillHolds(record, after)) {
        const isOld = reachedNobody(record) && !hasSubject(record, after);
        if (isOld) this.#book.put({ ...record, ...subjectOf(after) });
        continue;
      }
      const away = record.forPersonId !== this.#ports.person();
      if (reachedNobody(record) && (away || this.#timer.has(record.id)))
        this.#undelivered({ ...record, state: 'suppressed' }, away ? 'notAtDesk' : 'settledAway');
      else this.#book.put({ ...record, state: 'resolved', snoozedUntil: null });
      this.#timer.remove(record.id);
      if (record.digestId !== null) this.#endDigest(record.digestId, 'resolved');
    }
  }

  #raise(cause: AlertCause, { after }: AlertChange, person: Id): AlertRecord | null {
    const known = this.#book.latest(cause.dedupeKey);
    if (known !== undefined && (isLive(known) || !isNewer(known, after.throughSeq))) return null;
    const now = this.#ports.now();
    return this.#book.put({
      ...blankRecord(this.#ports.newId(), person, now),
      rule: cause.rule,
      dedupeKey: cause.dedupeKey,
      reason: cause.reason,
      ...subjectOf(after),
      dueAt: now + cause.settlesIn,
      throughSeq: after.throughSeq,
    });
  }

  /** Tells of what is due, the most urgent alone as long as there is room, the rest in the digest. */
  #tellDue(ids: readonly Id[]): void {
    const due = ids
      .flatMap((id) => this.#book.get(id) ?? [])
      .filter((one) => one.state === 'triggered' || one.state === 'snoozed');
    for (const record of due.sort(compareByUrgency)) {
      const awake = this.#wake(record);
      if (awake.forPersonId !== this.#ports.person()) this.#undelivered(awake, 'notAtDesk');
      else if (awake.rule === 'digest') this.#teller.tellDigest(awake.id);
      else this.#bursts.tell(awake);
    }
  }

  /** What came due while its person was away, for the one who sits at the desk now. */
  #tellWaiting(): void {
    const person = this.#ports.person();
    const waiting = [...this.#book.all()].filter((one) => one.forPersonId === person && isWaiting(one));
    const { told, repeats } = withoutRepeats(waiting);
    for (const record of repeats) this.#undelivered({ ...record, state: 'suppressed' }, 'toldAsAssigned');
    for (const record of told) this.#book.put(asComing(record));
    this.#tellDue(told.map((record) => record.id));
  }

  /** The desk stopped while an assignment settled for somebody who was away: they are told like any other. */
  #settledForAbsent({ forPersonId, dueAt, firstAt }: AlertRecord): 'notAtDesk' | null {
    return forPersonId !== this.#ports.person() && dueAt > firstAt ? 'notAtDesk' : null;
  }

  /** The alert waits for an answer again, and so do those a digest stands for. */
  #wake(record: AlertRecord): AlertRecord {
    for (const member of this.#book.membersOf(record.id)) {
      if (member.state === 'snoozed') this.#book.put({ ...member, state: 'triggered', snoozedUntil: null });
    }
    return this.#book.put({ ...record, state: 'triggered', snoozedUntil: null });
  }

  /** Puts a person's answer on an alert, and on all that a digest stands for. */
  #answer(alertId: Id, answer: Partial<AlertRecord>): boolean {
    const record = this.#book.get(alertId);
    if (record === undefined) return false;
    for (const one of [record, ...this.#book.membersOf(alertId)]) {
      if (one.state !== 'triggered' && one.state !== 'snoozed') continue;
      this.#timer.remove(one.id);
      this.#book.put({ ...one, ...answer });
    }
    this.#bursts.stopGrowing(alertId);
    if (record.digestId !== null) this.#endDigest(record.digestId, 'acknowledged');
    this.#save();
    return true;
  }

  /** A digest all of whose members need no answer any more needs none itself. */
  #endDigest(digestId: Id, state: 'resolved' | 'acknowledged'): void {
    const digest = this.#book.get(digestId);
    const waits = this.#book.membersOf(digestId).some((one) => one.state === 'triggered' || one.state === 'snoozed');
    if (digest === undefined || waits || digest.state === 'resolved') return;
    this.#timer.remove(digestId);
    // One that is over because its incidents are may still grow: a burst makes one digest.
    if (state === 'acknowledged') this.#bursts.stopGrowing(digestId);
    this.#book.put({ ...digest, state, snoozedUntil: null });
  }

  #undelivered(record: AlertRecord, reason: string): void {
    const delivery: AlertDelivery = { channel: 'none', shown: false, reason, at: this.#ports.now() };
    this.#book.put({ ...record, delivery: [...record.delivery, delivery] });
  }

  #save(): void {
    const records = this.#book.takeUnwritten();
    if (records.length === 0) return;
    this.#ports.ledger.append(records).catch(() => {
      this.#ports.log('error', 'alert.ledgerFailed', { records: records.length });
    });
    this.#showBadge();
    this.#ports.changed();
  }

  #showBadge(): void {
    const person = this.#ports.person();
    const count = person === null ? 0 : this.#list.unacknowledged(person);
    if (count === this.#badge) return;
    this.#badge = count;
    this.#ports.notifications.badge(count).catch(() => {
      this.#ports.log('warn', 'alert.badgeFailed', { count });
    });
  }
}
