import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey } from '#domain/incident/numbering.ts';
import { DEFAULT_MATRIX, type PriorityMatrix } from '#domain/priority/matrix.ts';
import type { DeskStore, StoreBatch } from '#renderer/data/desk-store.ts';
import type { Applied, CommandRow, CommittedStage, Configuration } from '#renderer/data/rows.ts';
import { type Membership, membershipOf } from './agreement/membership.ts';
import { DeskDirectory } from './desk-directory.ts';
import { isInSight, type Looker } from './in-sight.ts';
import { Overlay } from './overlay.ts';
import { QueueIndex } from './queue-index/queue-index.ts';
import { SearchIndex } from './search/search-index.ts';
import type { Topic, Touches } from './touches.ts';

/** Incidents read or written last: enough for every row on every screen. */
const KEPT_INCIDENTS = 2_000;
/** Timelines of what was looked at or worked on last. */
const KEPT_TIMELINES = 100;
/** Incidents read at once to be shown again. */
const SHOWN_AT_ONCE = 500;

/** Where what is confirmed is read: the desk's own database, or the one that follows a server. */
export interface IncidentSource {
  incidents(ids: readonly Id[]): Promise<ReadonlyMap<Id, Incident>>;
  timeline(id: Id): Promise<readonly Activity[]>;
  /** False: the beginning of the timeline is not here. */
  isWhole(id: Id): Promise<boolean>;
}

/** An incident with what is not confirmed yet. */
export interface Proposed {
  readonly incident: Incident;
  readonly timeline: readonly Activity[];
  readonly whole: boolean;
}

/** The desk as it stands after the last durable frame: what every answer to a window is made of. */
export class LiveDesk {
  readonly directory = new DeskDirectory();
  readonly overlay = new Overlay();
  index: QueueIndex;
  search: SearchIndex;
  /** The database of the moment; null while there is none. */
  store: DeskStore | null = null;
  /** Whether this desk shares its log. */
  membership: Membership = membershipOf([]);
  /** Where incidents are read instead of `store`: set while this desk follows a server. */
  shared: IncidentSource | null = null;
  /** What this desk's people did to an incident since it was confirmed; undefined when that is nothing. */
  proposed: (id: Id) => Proposed | undefined = () => undefined;
  /** Who looks at the lists. */
  looker: () => Looker = () => ({ person: null, isShared: false });
  configuration: Configuration = { lsn: 0, matrix: null };
  stages: readonly CommittedStage[] = [];
  applied: Applied = { journalId: '', appliedLsn: 0, counters: {}, savedAt: null };
  /** The lsn of the last frame installed; the database may be behind it. */
  lsn = 0;
  /** How far the kept indexes of the next start are; 0 when none are kept. */
  checkpointLsn = 0;
  /** Keys of numbers that staged incidents will bear. */
  readonly setAside = new Set<string>();
  private readonly cache = new Map<Id, Incident>();
  private readonly timelines = new Map<Id, readonly Activity[]>();
  /** What is held here and not for whoever looks: in no list, and found by no search. */
  private readonly outOfSight = new Set<Id>();
  private sifted: { readonly person: Person | null; readonly index: QueueIndex } | null = null;
  private readonly touches: Touches;
  private filling = 0;
  /** Raised when something is stored anew: what was read before is not kept. */
  private forgotten = 0;
  private installed: () => void = () => undefined;

  constructor(touches: Touches) {
    this.touches = touches;
    this.index = new QueueIndex(this.directory);
    this.search = new SearchIndex(this.index, this.directory);
  }

  get matrix(): PriorityMatrix {
    return this.configuration.matrix ?? DEFAULT_MATRIX;
  }

  /** Where what is confirmed is read; null while there is nothing to read. */
  get source(): Omit<IncidentSource, 'isWhole'> | null {
    return this.shared ?? this.store;
  }

  async incident(id: Id): Promise<Incident | null> {
    return (await this.incidents([id]))[0] ?? null;
  }

  /** In the order asked; unknown ones are left out. */
  async incidents(ids: readonly Id[]): Promise<readonly Incident[]> {
    const { forgotten } = this;
    const missing = ids.filter((id) => !this.atHand(id));
    const read = missing.length > 0 ? await this.source?.incidents(missing) : undefined;
    // Looked up again: a command may have been installed while the database was read.
    const lookUp = (id: Id) => this.atHand(id) ?? read?.get(id);
    // What was at hand before may have made room for others meanwhile.
    const lost = ids.filter((id) => !lookUp(id) && !missing.includes(id));
    const again = lost.length > 0 ? await this.source?.incidents(lost) : undefined;
    const found = ids.flatMap((id) => lookUp(id) ?? again?.get(id) ?? []);
    // Not while they are looked up: remembering one forgets another, perhaps one of these.
    if (forgotten === this.forgotten) for (const incident of found) this.remember(incident);
    return found;
  }

  private atHand(id: Id): Incident | undefined {
    return this.proposed(id)?.incident ?? this.overlay.incident(id) ?? this.cache.get(id);
  }

  timeline(id: Id): Promise<readonly Activity[]> {
    return this.readTimeline(id, true);
  }

  /** The same for work that goes over all incidents: what people look at stays at hand. */
  timelineInPassing(id: Id): Promise<readonly Activity[]> {
    return this.readTimeline(id, false);
  }

  private async readTimeline(id: Id, keeps: boolean): Promise<readonly Activity[]> {
    const proposed = this.proposed(id);
    if (proposed) return proposed.timeline;
    const { forgotten } = this;
    const kept = this.timelines.get(id);
    if (kept) return kept;
    const stored = (await this.source?.timeline(id)) ?? [];
    const known = new Set(stored.map((activity) => activity.id));
    const whole = [...stored, ...this.overlay.activitiesOf(id).filter((activity) => !known.has(activity.id))];
    if (keeps && forgotten === this.forgotten) keepNewest(this.timelines, id, whole, KEPT_TIMELINES);
    return whole;
  }

  /** False: the beginning of this incident's timeline is on the server only. */
  async isTimelineWhole(id: Id): Promise<boolean> {
    return this.proposed(id)?.whole ?? (await this.shared?.isWhole(id)) ?? true;
  }

  /** Accepted commands among `ids`. */
  async commands(ids: readonly Id[]): Promise<ReadonlyMap<Id, CommandRow>> {
    const waiting = ids.flatMap((id) => this.overlay.command(id) ?? []);
    const stored = (await this.store?.commands(ids)) ?? [];
    return new Map([...waiting, ...stored].map((row) => [row.id, row]));
  }

  /** True for a number or alias that an incident bears, or that an import still going on has set aside. */
  isNumberTaken(number: string): boolean {
    return this.setAside.has(numberKey(number)) || this.index.isNumberTaken(number);
  }

  /** Takes in what the journal has made durable; from here on every answer shows it. */
  install(batch: StoreBatch): void {
    this.overlay.add(batch);
    this.extendTimelines(batch);
    const renamed = batch.directory.filter((row) => this.directory.renames(row)).map((row) => row.id);
    for (const row of batch.directory) this.directory.put(row);
    if (renamed.length > 0) this.index.personsRenamed(renamed);
    for (const incident of batch.incidents) this.show(incident);
    if (batch.configuration) this.configuration = batch.configuration;
    if (batch.stages) this.stages = batch.stages;
    this.applied = batch.applied;
    this.lsn = Math.max(this.lsn, batch.applied.appliedLsn);
    this.touches.touch(...topicsOf(batch));
    this.installed();
  }

  /** Told after every `install`: the database has something to follow. */
  onInstalled(listener: () => void): void {
    this.installed = listener;
  }

  private extendTimelines(batch: StoreBatch): void {
    // One that is being read may have been read before this was stored, and find it waiting to be stored no more.
    if (batch.activities.length > 0) this.forgotten += 1;
    for (const { activity } of batch.activities) {
      const kept = this.timelines.get(activity.subject.id);
      if (kept) this.timelines.set(activity.subject.id, [...kept, activity]);
    }
  }

  /** False while an import that is committed has still to enter the lists: `lsn` then says more than they hold. */
  get isWhole(): boolean {
    return this.filling === 0;
  }

  /** Runs `work`, during which the lists are not whole. */
  async fill<T>(work: () => Promise<T>): Promise<T> {
    this.filling += 1;
    try {
      return await work();
    } finally {
      this.filling -= 1;
    }
  }

  /** Puts one incident into lists and search, if it is for whoever looks. */
  show(incident: Incident): void {
    if (!isInSight(this.looker(), incident)) {
      this.putOut(incident.id);
      return;
    }
    this.outOfSight.delete(incident.id);
    this.remember(incident);
    this.index.upsert(incident, incident.throughSeq);
    this.search.upsert(incident);
  }

  /** Takes one incident out of lists and search: it has left this desk's view. */
  hide(id: Id): void {
    this.putOut(id);
    this.outOfSight.delete(id);
    this.forget(id);
  }

  /**
   * Somebody else looks, or what they may read has changed: on a shared log, what was fetched for others leaves lists
   * and search before this returns; what they may read of it again comes back until this resolves.
   */
  async sift(): Promise<void> {
    const { person, isShared } = this.looker();
    const { index } = this;
    if (!isShared || person === null || (this.sifted?.person === person && this.sifted.index === index)) return;
    this.sifted = { person, index };
    const out = [...this.outOfSight];
    for (const id of index.unreadableBy(person)) this.putOut(id);
    this.touch('incidents', 'alerts');
    for (let at = 0; at < out.length; at += SHOWN_AT_ONCE) {
      const read = await this.incidents(out.slice(at, at + SHOWN_AT_ONCE));
      // It may have left this desk's view meanwhile.
      for (const incident of read) if (this.outOfSight.has(incident.id)) this.show(incident);
      this.touch('incidents');
    }
  }

  private putOut(id: Id): void {
    this.search.remove(id);
    this.index.remove(id);
    this.outOfSight.add(id);
  }

  /** Something of this incident is stored anew: it is read again when it is asked for. */
  forget(id: Id): void {
    this.forgotten += 1;
    this.cache.delete(id);
    this.timelines.delete(id);
  }

  touch(...topics: readonly Topic[]): void {
    this.touches.touch(...topics);
  }

  forgetCached(): void {
    this.cache.clear();
    this.timelines.clear();
    this.outOfSight.clear();
  }

  private remember(incident: Incident): void {
    keepNewest(this.cache, incident.id, incident, KEPT_INCIDENTS);
  }
}

function keepNewest<Value>(kept: Map<Id, Value>, id: Id, value: Value, limit: number): void {
  kept.delete(id);
  kept.set(id, value);
  const oldest = kept.keys().next().value;
  if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
}

function topicsOf(batch: StoreBatch): Topic[] {
  const topics: Topic[] = ['status', ...batch.incidents.map((incident): Topic => `incident:${incident.id}`)];
  if (batch.incidents.length > 0) topics.push('incidents');
  if (batch.directory.length > 0) topics.push('directory', 'session');
  if (batch.alerts.length > 0) topics.push('alerts');
  if (batch.configuration) topics.push('configuration');
  return topics;
}
