import type { SaidRefusal, SyncState } from '#contracts/sync/state.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { Contact } from './contact.ts';
import type { OutboxEntry, OutboxFrame, OwnCommand } from './outbox-frames.ts';
import { OutboxKeeper } from './outbox-keeper.ts';
import type { Effective } from './overlay.ts';
import { OverlayCache } from './overlay-cache.ts';
import type { ClientStore, Transport } from './ports.ts';
import { Rounds } from './rounds.ts';
import { parkedRecordingOf } from './settlement.ts';
import { statesOf } from './states.ts';

/** How far a restored backup may lie back: acknowledged commands are kept that long (SPEC 6.4). */
const BACKUP_HORIZON = 35 * 24 * 3_600_000;
const PAGE = 500;
const LONGEST_ID = 100;

export interface ClientPorts {
  readonly store: ClientStore;
  readonly transport: Transport;
  /** This device's clock, however wrong. */
  now(): Instant;
  /** At least 0, below 1. */
  random(): number;
  newId(): Id;
  /** IANA zone of the organisation. */
  readonly zone: string;
  /** Rows and entries asked for at once. */
  readonly page?: number;
  /** The server's stated backup horizon in milliseconds. */
  readonly horizon?: number;
}

/**
 * One device's side of the agreement. It sends what its people record and follows the log, a round at a time; what
 * must not be lost is in its store before anything depends on it, so it may end anywhere and be opened anew.
 */
export class SyncClient {
  private readonly ports: ClientPorts;
  private readonly keeper: OutboxKeeper;
  private readonly contact: Contact;
  private readonly cache: OverlayCache;
  private readonly rounds: Rounds;
  private going: Promise<number | null> | null = null;

  private constructor(ports: ClientPorts, keeper: OutboxKeeper) {
    const { page = PAGE, horizon = BACKUP_HORIZON } = ports;
    this.ports = ports;
    this.keeper = keeper;
    this.contact = new Contact(ports.now);
    this.cache = new OverlayCache(ports.store, ports.zone);
    this.rounds = new Rounds({ ...ports, page, horizon }, keeper, this.contact, this.cache);
  }

  static async open(ports: ClientPorts): Promise<SyncClient> {
    const keeper = await OutboxKeeper.open(ports.store, ports.newId);
    const client = new SyncClient(ports, keeper);
    await keeper.alone(() => client.cache.clear(keeper.outbox));
    return client;
  }

  get device(): Id {
    return this.keeper.outbox.device;
  }

  /** The command has its place when this resolves, and no crash takes it away. The same id twice is once. */
  record(command: OwnCommand): Promise<void> {
    // Nothing could be said about it, not even that it is to be skipped.
    if (command.id === '' || command.id.length > LONGEST_ID) throw new Error('a command has an id that can be sent');
    return this.keeper.alone(async () => {
      const { outbox } = this.keeper;
      if (outbox.entry(command.id) !== undefined) return;
      const frames: OutboxFrame[] = [{ kind: 'recorded', command, place: outbox.nextPlace(command.person) }];
      const needed = parkedRecordingOf(outbox, command);
      const refusal = { code: 'notFound', details: { what: 'incident' } };
      if (needed !== null) frames.push({ kind: 'parked', commandId: command.id, refusal, because: needed.command.id });
      await this.keeper.append(frames);
      await this.cache.touchedBy(outbox, frames);
    });
  }

  /** What was refused, with its text, until its person says that it is done with (SPEC 2.1). */
  parked(): readonly OutboxEntry[] {
    return this.keeper.outbox.parked();
  }

  dismiss(commandId: Id): Promise<void> {
    return this.keeper.alone(async () => {
      if (this.keeper.outbox.entry(commandId)?.parked) await this.keeper.append([{ kind: 'dismissed', commandId }]);
    });
  }

  /** Every command kept here, in the order recorded, with what became of it. */
  entries(): readonly OutboxEntry[] {
    return this.keeper.outbox.all();
  }

  /** From now on this person's commands are sent, and the log is followed as far as they may see it. */
  signIn(person: Id): void {
    this.contact.signIn(person);
  }

  /** Their commands wait until they come back; those of others go on (SPEC 13.6). */
  signOut(person: Id): void {
    this.contact.signOut(person);
  }

  async states(): Promise<readonly SyncState[]> {
    const { cursor, loading } = await this.ports.store.position();
    const owed = this.entries().filter((entry) => entry.owed && !entry.hollow);
    const going = owed.filter(({ command }) => this.contact.signedIn.has(command.person));
    const again = going.filter((entry) => entry.again).length;
    return statesOf({
      ...this.contact.facts,
      loading: cursor === '' ? { done: 0, total: 0 } : loading,
      again,
      owed: going.length - again,
      waiting: owed.length - going.length,
      parked: this.parked().length,
    });
  }

  /** Incidents as they are with what this device's people did since. */
  effective(ids: readonly Id[]): Promise<ReadonlyMap<Id, Effective>> {
    return this.keeper.alone(() => this.cache.effective(this.keeper.outbox, ids));
  }

  /** Pending commands that would be refused as things stand here; the server may see it otherwise (SPEC 4.5). */
  get mayBeRefused(): ReadonlyMap<Id, SaidRefusal> {
    return this.cache.mayBeRefused;
  }

  /**
   * Sends what is owed and takes what is new, as far as both go. Answers how many milliseconds to wait before the
   * next try; null when there is nothing to try before something happens.
   */
  round(): Promise<number | null> {
    this.going ??= this.rounds
      .go()
      .then(() => this.contact.wait(this.ports.random()))
      .finally(() => {
        this.going = null;
      });
    return this.going;
  }

  /** Fetches an incident with its whole timeline, for somebody who opens it; false when that can't be had now. */
  open(incidentId: Id): Promise<boolean> {
    return this.rounds.open(incidentId);
  }
}
