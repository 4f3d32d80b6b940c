import type { Scope } from '#contracts/sync/scope.ts';
import type { SaidRefusal, SyncState } from '#contracts/sync/state.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import { Contact } from './contact.ts';
import type { OutboxEntry, OutboxFrame, OwnCommand } from './outbox-frames.ts';
import { OutboxKeeper } from './outbox-keeper.ts';
import { type Effective, type PendingRecord, tryOut } from './overlay.ts';
import { OverlayCache, type OverlayChange } from './overlay-cache.ts';
import type { ClientStore, Transport } from './ports.ts';
import { Rounds } from './rounds.ts';
import { parkedRecordingOf } from './settlement.ts';
import { statesOf } from './states.ts';

/** How far a restored backup may lie back: acknowledged commands are kept that long (SPEC 6.4). */
const BACKUP_HORIZON = 35 * 24 * 3_600_000;
/** The first page of a first load is on the screen at once; those after it cost less, each and together, when larger. */
const FIRST_PAGE = 500;
const PAGE = 1_000;
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
  /** What this device keeps of its person's view, as things stand (SPEC 8.7); null, or nobody to say: all. */
  scope?(): Scope | null;
  /** Told what looks different, within the step that changed it: `pendingOn` and the store say how it looks now. */
  changed?(change: OverlayChange): void;
}

/** What a person wants done about a parked command. */
export interface Decision {
  readonly commandId: Id;
  /** A word of whoever shows conflicts. */
  readonly how: string;
  readonly at: Instant;
  readonly instead: OwnCommand | null;
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
    const firstPage = ports.page ?? FIRST_PAGE;
    this.ports = ports;
    this.keeper = keeper;
    this.contact = new Contact(ports.now);
    this.cache = new OverlayCache(ports.store, ports.zone, (change) => ports.changed?.(change));
    const scope = () => ports.scope?.() ?? null;
    this.rounds = new Rounds({ ...ports, page, firstPage, horizon, scope }, keeper, this.contact, this.cache);
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

  /** Every id under which this device sent, the present one last. */
  get devices(): readonly Id[] {
    return this.keeper.outbox.devices;
  }

  /** The command has its place when this resolves, and no crash takes it away. The same id twice is once. */
  record(command: OwnCommand): Promise<void> {
    assertSendable(command);
    return this.keeper.alone(() => this.keep([command]));
  }

  /**
   * Records, in one durable step, what this device would not refuse as things stand here. Answers for each: null once
   * it has its place, or why it was refused; of a refused one nothing is kept, its person still has it before them.
   */
  submit(commands: readonly OwnCommand[]): Promise<readonly (SaidRefusal | null)[]> {
    for (const command of commands) assertSendable(command);
    return this.keeper.alone(async () => {
      const { outbox } = this.keeper;
      const fresh = commands.filter(({ id }) => outbox.entry(id) === undefined);
      const said = await tryOut(this.ports.store, outbox, fresh, this.ports.zone);
      const refused = new Map(fresh.map(({ id }, at) => [id, said[at] ?? null]));
      await this.keep(fresh.filter(({ id }) => refused.get(id) === null));
      return commands.map(({ id }) => refused.get(id) ?? null);
    });
  }

  /** Only within `alone`. */
  private async keep(commands: readonly OwnCommand[]): Promise<void> {
    const { outbox } = this.keeper;
    const frames: OutboxFrame[] = [];
    const places = new Map<Id, number>();
    const taken = new Set<Id>();
    for (const command of commands) {
      if (taken.has(command.id) || outbox.entry(command.id) !== undefined) continue;
      taken.add(command.id);
      const place = (places.get(command.person) ?? outbox.nextPlace(command.person) - 1) + 1;
      places.set(command.person, place);
      frames.push({ kind: 'recorded', command, place });
      const needed = parkedRecordingOf(outbox, command);
      const refusal = { code: 'notFound', details: { what: 'incident' } };
      if (needed !== null) frames.push({ kind: 'parked', commandId: command.id, refusal, because: needed.command.id });
    }
    await this.keeper.append(frames);
    await this.cache.touchedBy(outbox, frames);
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

  /**
   * Its person decides a parked command, and what hangs on it: `instead` is recorded, or nothing. One whose `instead`
   * this device would refuse stays parked; answers why, for each in its place.
   */
  decide(decisions: readonly Decision[]): Promise<readonly (SaidRefusal | null)[]> {
    for (const { instead } of decisions) if (instead !== null) assertSendable(instead);
    return this.keeper.alone(async () => {
      const { outbox } = this.keeper;
      const open = decisions.filter(({ commandId }) => outbox.entry(commandId)?.parked);
      const asked = open.flatMap(({ instead }) => instead ?? []);
      const said = await tryOut(this.ports.store, outbox, asked, this.ports.zone);
      const refusals = new Map(asked.map(({ id }, at) => [id, said[at] ?? null]));
      const taken = open.filter(({ instead }) => instead === null || refusals.get(instead.id) === null);
      await this.keep(taken.flatMap(({ instead }) => instead ?? []));
      const frames = taken.flatMap(({ commandId, how, at, instead }): OutboxFrame[] => {
        const decided = { how, at, instead: instead?.id ?? null };
        return [commandId, ...this.hangingOn(commandId)].map((id) => ({ kind: 'dismissed', commandId: id, decided }));
      });
      await this.keeper.append(frames);
      this.cache.told();
      return decisions.map(({ instead }) => (instead === null ? null : (refusals.get(instead.id) ?? null)));
    });
  }

  /** Why this device would refuse this command if it were recorded now; null: it would not. Nothing is kept. */
  async wouldRefuse(command: OwnCommand): Promise<SaidRefusal | null> {
    const [said] = await tryOut(this.ports.store, this.keeper.outbox, [command], this.ports.zone);
    return said ?? null;
  }

  /** They take that back: what was decided together is parked together again. */
  recall(commandIds: readonly Id[]): Promise<void> {
    return this.keeper.alone(async () => {
      const all = commandIds.flatMap((id) => [id, ...this.hangingOn(id)]);
      await this.keeper.append(all.map((commandId) => ({ kind: 'recalled', commandId })));
      this.cache.told();
    });
  }

  private hangingOn(commandId: Id): readonly Id[] {
    return this.entries()
      .filter(({ parked, dismissed }) => (parked ?? dismissed)?.because === commandId)
      .map(({ command }) => command.id);
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

  /** Our server said that somebody ended their session on purpose: what is held as theirs goes (SPEC 7.9). */
  revoke(person: Id): Promise<void> {
    this.contact.revoke(person);
    return this.rounds.dropViewOf(person);
  }

  /** False while the server asked to be left alone. */
  get mayTryNow(): boolean {
    return this.contact.facts.trouble !== 'busy';
  }

  /** This device is a copy of another, or its like: from now on it sends under an id of its own. */
  takeNewDevice(): Promise<void> {
    return this.keeper.alone(async () => {
      const frame: OutboxFrame = { kind: 'moved', device: this.ports.newId(), restored: false };
      await this.keeper.append([frame]);
      await this.cache.touchedBy(this.keeper.outbox, [frame]);
    });
  }

  isSignedIn(person: Id): boolean {
    return this.contact.signedIn.has(person);
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

  /** Incidents that a command of this device names, itself or by what it undoes. */
  namedBy(commandId: Id): readonly Id[] {
    return this.keeper.outbox.index.named(commandId);
  }

  /** What pending commands make of this incident; undefined when nothing is pending on it. */
  pendingOn(incidentId: Id): Effective | undefined {
    return this.cache.pendingOn(incidentId);
  }

  /** Entries of the directory, and the matrix, as pending commands leave them. */
  get pendingDesk(): { readonly records: readonly PendingRecord[]; readonly matrix: PriorityMatrix | null } {
    return { records: this.cache.records, matrix: this.cache.matrix };
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

  /** Keeps this incident here, in this device's scope or not: it comes with the next round (SPEC 8.10). */
  keepBeside(incidentId: Id): Promise<void> {
    return this.rounds.keepBeside(incidentId);
  }

  /** Fetches an incident with its whole timeline, for somebody who opens it; false when that can't be had now. */
  open(incidentId: Id): Promise<boolean> {
    return this.rounds.open(incidentId);
  }
}

/** Nothing could be said about another, not even that it is to be skipped. */
function assertSendable({ id }: OwnCommand): void {
  if (id === '' || id.length > LONGEST_ID) throw new Error('a command has an id that can be sent');
}
