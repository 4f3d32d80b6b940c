import type { NetworkHost } from '#contracts/host/network.ts';
import type { SyncState } from '#contracts/sync/state.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import { type AlertChange, replacedIn } from '#domain/alerts/rules.ts';
import { foldIncident } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import type { DirectoryRow } from '#renderer/data/rows.ts';
import type { Applied, SharedStore } from '#renderer/data/shared/shared-store.ts';
import type { KnownPerson } from '#renderer/data/sync-records.ts';
import { SyncClient } from '#sync/client/client.ts';
import type { OverlayChange } from '#sync/client/overlay-cache.ts';
import type { LocalChange, Position } from '#sync/client/ports.ts';
import { isInSight } from '../in-sight.ts';
import type { LiveDesk } from '../live-desk.ts';
import { QueueIndex } from '../queue-index/queue-index.ts';
import { SearchIndex } from '../search/search-index.ts';
import type { Pause } from '../slices.ts';
import { BlockNumbers } from './block-numbers.ts';
import { DeskClientStore } from './client-store.ts';
import { textAt } from './incident-names.ts';
import { personOf } from './known-people.ts';
import type { SyncBook } from './sync-book.ts';
import { networkTransport } from './transport.ts';

export interface SharedDeskPorts {
  readonly desk: LiveDesk;
  readonly book: SyncBook;
  readonly shared: SharedStore;
  readonly network: NetworkHost;
  readonly zone: string;
  now(): Instant;
  random(): number;
  newId(): Id;
  pause(): Pause;
  /** The timeline of an incident that names files is here anew. */
  filesNamed(timeline: readonly Activity[]): void;
  /** What is held could not be read to be shown: for the log. */
  failed(cause: unknown): void;
  /** What others did, once it is here. */
  learned(changes: readonly AlertChange[]): void;
}

/**
 * A desk that follows a server: what its client holds, confirmed and pending, is what the lists, the search and every
 * answer to a window are made of.
 */
export class SharedDesk {
  readonly client: SyncClient;
  readonly store: DeskClientStore;
  private readonly ports: SharedDeskPorts;
  /** Entries of the directory as confirmed, where something pending stands over them. */
  private readonly covered = new Map<string, DirectoryRow | null>();
  /** What looks different since it was shown. */
  private readonly stale = new Set<Id>();
  /** What devices called their incidents before the server numbered them. */
  readonly numbers = new BlockNumbers();
  private showing: Promise<void> = Promise.resolve();
  /** Who signed in at this desk: known to it whatever becomes of the server's directory here. */
  private readonly people = new Map<Id, KnownPerson>();

  private constructor(ports: SharedDeskPorts, store: DeskClientStore, client: SyncClient) {
    this.ports = ports;
    this.store = store;
    this.client = client;
  }

  /** Reads what is held into the live desk, with what is pending over it. Throws what the database throws. */
  static async open(ports: SharedDeskPorts, people: readonly KnownPerson[]): Promise<SharedDesk> {
    const { desk, book, shared, network, now, random, newId, zone } = ports;
    let opened: SharedDesk | null = null;
    const store = await DeskClientStore.open({
      book,
      shared,
      applied: (change, applied, from) => opened?.applied(change, applied, from),
    });
    const client = await SyncClient.open({
      store,
      transport: networkTransport(network),
      now,
      random,
      newId,
      zone,
      scope: () => desk.membership.scope,
      changed: (change) => opened?.changed(change),
    });
    opened = new SharedDesk(ports, store, client);
    desk.shared = opened.source();
    desk.proposed = (id) => client.pendingOn(id);
    try {
      await opened.load(people);
    } catch (cause) {
      opened.close();
      throw cause;
    }
    return opened;
  }

  close(): void {
    const { desk, shared } = this.ports;
    desk.shared = null;
    desk.proposed = () => undefined;
    this.store.close();
    shared.close();
  }

  /** Those of these incidents whose whole timeline is here. */
  withWholeTimeline(ids: readonly Id[]): Promise<ReadonlySet<Id>> {
    return this.ports.shared.withWholeTimeline(ids);
  }

  /** Somebody signed in; the directory may not have come yet. */
  know(person: KnownPerson): void {
    this.people.set(person.personId, person);
    this.ports.desk.directory.put({ kind: 'person', id: person.personId, lsn: 0, record: personOf(person) });
  }

  states(): Promise<readonly SyncState[]> {
    return this.client.states();
  }

  private source() {
    const { shared } = this.ports;
    return {
      incidents: async (ids: readonly Id[]): Promise<ReadonlyMap<Id, Incident>> =>
        new Map([...(await shared.incidents(ids))].map(([id, { value }]) => [id, value])),
      timeline: async (id: Id): Promise<readonly Activity[]> => (await shared.timelines([id])).get(id)?.entries ?? [],
      isWhole: async (id: Id): Promise<boolean> => (await shared.withWholeTimeline([id])).has(id),
    };
  }

  private async load(people: readonly KnownPerson[]): Promise<void> {
    const { desk, shared, pause } = this.ports;
    desk.forgetCached();
    desk.directory.clear();
    for (const person of people) this.know(person);
    for (const { value } of await this.store.records()) desk.directory.put(rowOf(value));
    await this.takeMatrix();
    desk.index = new QueueIndex(desk.directory);
    desk.search = new SearchIndex(desk.index, desk.directory);
    const wait = pause();
    for await (const incidents of shared.incidentBatches()) {
      for (const incident of incidents) {
        desk.index.upsert(incident, incident.throughSeq);
        this.numbers.note(incident);
        await wait();
      }
    }
    for (const { command } of this.client.entries()) {
      const number = textAt(command.args, 'provisionalNumber');
      if (number !== null) this.numbers.take(number);
    }
    this.showDesk();
    await this.lookForFiles();
    await this.show(this.client.entries().flatMap(({ command }) => this.client.namedBy(command.id)));
  }

  /** What was attached here and confirmed may not have been sent before the last run ended. */
  private async lookForFiles(): Promise<void> {
    const accepted = this.client.entries().filter(({ command, verdict }) => {
      return command.name === 'incident.attach' && verdict?.outcome === 'accepted';
    });
    const ids = new Set(accepted.flatMap(({ command }) => this.client.namedBy(command.id)));
    for (const { entries } of (await this.store.timelines([...ids])).values()) this.ports.filesNamed(entries);
  }

  /** A page, or an incident by itself, is stored: what is held says something else now. */
  private applied(change: LocalChange, applied: Applied, from: Position): void {
    const { desk } = this.ports;
    const renamed: Id[] = [];
    for (const { value } of change.records) {
      const row = rowOf(value);
      if (desk.directory.renames(row)) renamed.push(row.id);
      this.confirm(row);
    }
    for (const { kind, id } of applied.droppedRecords) this.confirmGone(kind, id);
    for (const person of this.people.values()) {
      if (desk.directory.row('person', person.personId) === null) this.know(person);
    }
    if (renamed.length > 0) desk.index.personsRenamed(renamed);
    void this.takeMatrix();
    for (const id of [...change.removed, ...applied.dropped]) this.look(id, null);
    for (const { value } of change.incidents) {
      this.numbers.note(value);
      this.look(value.id, value);
    }
    for (const [id, { entries }] of change.timelines) {
      desk.forget(id);
      if (entries.some(isAttaching)) this.ports.filesNamed(entries);
    }
    if (change.records.length + applied.droppedRecords.length > 0) desk.touch('directory', 'session', 'configuration');
    desk.touch('agreement', 'status');
    this.tell(change, applied, from);
  }

  /** An incident as confirmed; what is pending on it is shown over it. */
  private look(id: Id, confirmed: Incident | null): void {
    const { desk } = this.ports;
    desk.forget(id);
    const shown = this.client.pendingOn(id)?.incident ?? confirmed;
    if (shown === null) desk.hide(id);
    else desk.show(shown);
    desk.touch('incidents', `incident:${id}`);
  }

  private changed({ incidents, all }: OverlayChange): void {
    const { desk } = this.ports;
    if (all) this.showDesk();
    for (const id of incidents) this.stale.add(id);
    desk.touch('agreement');
    void this.catchUp();
  }

  /** Everything that looks different is shown as it is now; resolves when it is, or when it can't be read. */
  catchUp(): Promise<void> {
    this.showing = this.showing.then(() => this.showStale());
    return this.showing;
  }

  private async showStale(): Promise<void> {
    const ids = [...this.stale];
    this.stale.clear();
    if (ids.length === 0) return;
    try {
      await this.show(ids);
    } catch (cause) {
      // What was recorded is durable all the same; it is shown with the next change.
      for (const id of ids) this.stale.add(id);
      this.ports.failed(cause);
    }
  }

  private async show(ids: readonly Id[]): Promise<void> {
    const held = await this.store.incidents([...new Set(ids)]);
    for (const id of new Set(ids)) this.look(id, held.get(id)?.value ?? null);
  }

  /** The directory and the matrix with what is pending on them. */
  private showDesk(): void {
    const { desk } = this.ports;
    const { records, matrix } = this.client.pendingDesk;
    const pending = new Map(records.map((one) => [keyOf(one.kind, one.record.id), one]));
    for (const [key, row] of [...this.covered]) {
      if (pending.has(key)) continue;
      this.covered.delete(key);
      const [kind, id] = key.split(' ') as [DirectoryRow['kind'], Id];
      if (row === null) desk.directory.remove(kind, id);
      else desk.directory.set(row);
    }
    for (const [key, { kind, record }] of pending) {
      if (!this.covered.has(key)) this.covered.set(key, desk.directory.row(kind, record.id));
      desk.directory.set({ kind, id: record.id, lsn: desk.directory.lsnOf(kind, record.id), record });
    }
    void this.takeMatrix(matrix);
    desk.touch('directory', 'session', 'configuration');
  }

  private confirm(row: DirectoryRow): void {
    const key = keyOf(row.kind, row.id);
    if (this.covered.has(key)) this.covered.set(key, row);
    else this.ports.desk.directory.set(row);
  }

  private confirmGone(kind: DirectoryRow['kind'], id: Id): void {
    const key = keyOf(kind, id);
    if (this.covered.has(key)) this.covered.set(key, null);
    else this.ports.desk.directory.remove(kind, id);
  }

  private async takeMatrix(pending = this.client.pendingDesk.matrix): Promise<void> {
    const confirmed = await this.store.matrix();
    const { desk } = this.ports;
    desk.configuration = { lsn: confirmed?.value.seq ?? 0, matrix: pending ?? confirmed?.value.value ?? null };
  }

  /** What is news to the people here: not what a first load brings, and not what comes a second time. */
  private tell({ position, incidents, timelines, dropBefore }: LocalChange, { before }: Applied, from: Position): void {
    if (position.loading !== null || dropBefore !== null) return;
    const changes = incidents.flatMap(({ value }): AlertChange[] => {
      const entries = timelines.get(value.id)?.entries ?? [];
      const was = before.get(value.id) ?? this.elsewhere(entries, from);
      if (was === null && position.asked?.includes(value.id)) return [];
      const news = entries.filter((activity) => (activity.seq ?? 0) > (was?.throughSeq ?? 0));
      const last = news.at(-1);
      if (last === undefined) return [];
      return [{ before: was, after: value, actorId: last.actor, origin: last.origin, replaced: replacedIn(news) }];
    });
    if (changes.length > 0) this.ports.learned(changes);
  }

  /**
   * What only comes into this device's part is nothing new: how it was before, where it was in sight and in no part of
   * this device. Null: it was not there.
   */
  private elsewhere(entries: readonly Activity[], { throughSeq }: Position): Incident | null {
    const { desk } = this.ports;
    if (desk.membership.scope === null) return null;
    const earlier = entries.filter(({ seq }) => (seq ?? 0) <= throughSeq);
    // Alerts ask who had it; the matrix has no say in that.
    const was = foldIncident(earlier, { matrix: DEFAULT_MATRIX });
    return was !== null && isInSight(desk.looker(), was) ? was : null;
  }
}

const isAttaching = ({ type }: Activity): boolean => type === 'incident.attached';

const keyOf = (kind: DirectoryRow['kind'], id: Id): string => `${kind} ${id}`;

const rowOf = ({
  kind,
  seq,
  record,
}: {
  kind: DirectoryRow['kind'];
  seq: number;
  record: DirectoryRow['record'];
}): DirectoryRow => ({
  kind,
  id: record.id,
  lsn: seq,
  record,
});
