import type { Id, Instant } from '#domain/activity/activity.ts';
import { type AlertRecord, LEDGER_KEPT_MS } from '#domain/alerts/alert.ts';
import { isExpired } from '#domain/alerts/rules.ts';

const LIVE: readonly AlertRecord['state'][] = ['triggered', 'acknowledged', 'snoozed'];
export const isLive = (record: AlertRecord): boolean => LIVE.includes(record.state);

/** The ledger in memory, found by alert, incident, rule and digest; and what of it has still to be written. */
export class AlertBook {
  readonly #byId = new Map<Id, AlertRecord>();
  readonly #byIncident = new Map<Id, Set<Id>>();
  readonly #latestByKey = new Map<string, AlertRecord>();
  readonly #members = new Map<Id, Set<Id>>();
  readonly #unwritten = new Map<Id, AlertRecord>();

  /** Takes what is stored already. */
  load(records: readonly AlertRecord[]): void {
    for (const record of records) this.#keep(record);
  }

  put(record: AlertRecord): AlertRecord {
    this.#keep(record);
    this.#unwritten.set(record.id, record);
    return record;
  }

  get(id: Id): AlertRecord | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<AlertRecord> {
    return this.#byId.values();
  }

  /** The youngest alert of this rule, incident and person. */
  latest(dedupeKey: string): AlertRecord | undefined {
    return this.#latestByKey.get(dedupeKey);
  }

  /** Alerts of an incident that are not over. */
  liveOf(incidentId: Id): AlertRecord[] {
    return this.#records(this.#byIncident.get(incidentId)).filter(isLive);
  }

  membersOf(digestId: Id): AlertRecord[] {
    return this.#records(this.#members.get(digestId));
  }

  /** What was put since the last time, newest form of each. */
  takeUnwritten(): AlertRecord[] {
    const records = [...this.#unwritten.values()];
    this.#unwritten.clear();
    return records;
  }

  /** Forgets what is older than the ledger is kept. */
  forgetExpired(now: Instant): Id[] {
    const expired = [...this.#byId.values()].filter((record) => isExpired(record, now, LEDGER_KEPT_MS));
    for (const record of expired) this.#forget(record);
    return expired.map((record) => record.id);
  }

  #keep(record: AlertRecord): void {
    this.#byId.set(record.id, record);
    if (record.incidentId !== null) addTo(this.#byIncident, record.incidentId, record.id);
    if (record.digestId !== null) addTo(this.#members, record.digestId, record.id);
    const latest = this.#latestByKey.get(record.dedupeKey);
    if (latest === undefined || latest.firstAt <= record.firstAt) this.#latestByKey.set(record.dedupeKey, record);
  }

  #forget(record: AlertRecord): void {
    this.#byId.delete(record.id);
    this.#unwritten.delete(record.id);
    this.#members.delete(record.id);
    if (record.incidentId !== null) this.#byIncident.get(record.incidentId)?.delete(record.id);
    if (this.#latestByKey.get(record.dedupeKey)?.id === record.id) this.#latestByKey.delete(record.dedupeKey);
  }

  #records(ids: ReadonlySet<Id> | undefined): AlertRecord[] {
    return [...(ids ?? [])].flatMap((id) => this.#byId.get(id) ?? []);
  }
}

function addTo(sets: Map<Id, Set<Id>>, key: Id, id: Id): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([id]));
  else known.add(id);
}
