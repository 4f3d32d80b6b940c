import type { AgreementCalls, Connection, Readiness, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { JournalError, JournalOpening } from '#contracts/host/engine-host.ts';
import type { NetworkState, SignedIn } from '#contracts/host/network.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { SyncRecord } from '#renderer/data/sync-records.ts';
import type { Judge } from '../command-queue.ts';
import type { EngineEnvironment } from '../environment.ts';
import type { LiveDesk } from '../live-desk.ts';
import type { Log } from '../log.ts';
import type { AgreementAnswers, AgreementDeeds } from './agreement.ts';
import { membershipOf } from './membership.ts';
import { knownPerson, seated, told } from './network-words.ts';
import { ShareRun } from './share-run.ts';
import { SyncBook } from './sync-book.ts';

interface AgreementPorts {
  readonly environment: EngineEnvironment;
  readonly desk: LiveDesk;
  log(): Log | null;
  /** Who is at the desk. */
  person(): Id | null;
  /** This person is at the desk from now on. */
  seatPerson(personId: Id): Promise<Result<null, EngineError>>;
  refused(error: JournalError): void;
  learned(changes: readonly AlertChange[]): void;
  /** The desk is another one now: it is opened anew. */
  openAnew(): Promise<void>;
  syncedAt(): Instant | null;
  synced(at: Instant): void;
  bug(where: string, cause: unknown): void;
}

/** This desk's side of the agreement with others. */
export class DeskAgreement implements AgreementAnswers, AgreementDeeds {
  private readonly ports: AgreementPorts;
  private readonly book: SyncBook;
  private run: ShareRun | null = null;

  constructor(ports: AgreementPorts) {
    const { environment, desk, log, refused } = ports;
    this.ports = ports;
    this.book = new SyncBook({ desk, log, now: environment.now, refused });
  }

  /** The desk is open: takes up its share, if it has one. Answers who judges; null: the desk itself. */
  async open(opening: JournalOpening): Promise<Judge | null> {
    const { desk, environment, person, learned, synced, bug } = this.ports;
    const { phase, share } = desk.membership;
    if (phase !== 'joined' || share === null) return null;
    const ports = { environment, desk, book: this.book, person, learned, synced, failed: bug };
    this.run = await ShareRun.open(ports, share, opening);
    return this.run.judge;
  }

  /** The desk is closed, or opened anew. */
  async close(): Promise<void> {
    const { run } = this;
    this.run = null;
    await run?.close();
  }

  async connection(): Promise<Connection> {
    const state = await this.ports.environment.host.network.state();
    const { run } = this;
    if (run === null) return withoutShare(state);
    const { membership } = this.ports.desk;
    const entries = run.shared.client.entries();
    const signedIn = state.mode === 'connected' ? state.people : [];
    return {
      ...withoutShare(state),
      mode: 'joined',
      address: membership.share?.address ?? null,
      people: membership.people.map((known) => {
        const session = signedIn.find(({ user }) => user.id === known.personId);
        return session ? seated(session) : { ...known, open: false };
      }),
      states: await run.shared.states(),
      syncedAt: this.ports.syncedAt(),
      nextTryAt: run.runner.nextTryAt,
      waiting: entries.filter(({ owed, hollow }) => owed && !hollow).length,
      parked: run.shared.client.parked().length,
    };
  }

  outbox = async () => ({ total: 0, items: [] });
  conflicts = async () => ({ items: [], names: {}, decided: null });
  readiness = async (): Promise<Readiness> => ({
    incidents: 0,
    wanted: 0,
    held: 0,
    missing: [],
    fetching: null,
    syncedAt: null,
    loading: null,
    bytesFree: null,
    score: 100,
    ready: true,
  });

  async findServer(args: { address: string }): Promise<Result<{ address: string }, EngineError>> {
    if (this.run) return err({ code: 'sharedAlready' });
    const found = told(await this.network.connect(args));
    this.changed();
    return found;
  }

  async signIn(args: { email: string; password: string }): Promise<Result<SeatedPerson, EngineError>> {
    return this.signedIn(told(await this.network.signIn({ ...args, device: this.device })));
  }

  signInByBrowser = async () => notShared();

  async signOut({ personId }: { personId: Id }): Promise<Result<null, EngineError>> {
    const out = told(await this.network.signOut({ person: personId }));
    await this.run?.seat(await this.network.state());
    this.changed();
    return out.ok ? ok(null) : out;
  }

  previewJoin = async () => notShared();

  async join({ personId }: AgreementCalls['join']['args']): Promise<Result<null, EngineError>> {
    const { desk, environment, openAnew } = this.ports;
    if (desk.membership.phase !== 'alone') return err({ code: 'sharedAlready' });
    const state = await this.network.state();
    const session = state.mode === 'connected' ? state.people.find(({ user }) => user.id === personId) : undefined;
    if (state.mode !== 'connected' || !session) return err({ code: 'network', network: 'signInNeeded' });
    const share = {
      shareId: environment.newId(),
      address: state.address,
      person: knownPerson(session),
      mapping: [],
      at: environment.now(),
    };
    const kept = await this.keep([{ kind: 'joined', share }]);
    if (!kept.ok) return kept;
    await openAnew();
    return this.ports.seatPerson(personId);
  }

  async leave(): Promise<Result<null, EngineError>> {
    const gone = told(await this.network.disconnect());
    this.changed();
    return gone;
  }

  async syncNow(): Promise<Result<null, EngineError>> {
    if (!this.run) return notShared();
    this.run.runner.tryNow();
    return ok(null);
  }

  exportOutbox = async () => notShared();
  decideConflicts = async () => notShared();
  undoDecision = async () => notShared();
  prepareForRoad = async () => notShared();

  /** Somebody else is at the desk: their view is followed. */
  async personChanged(): Promise<void> {
    if (!this.run) return;
    await this.run.seat(await this.network.state());
    this.run.runner.tryNow();
  }

  private get network() {
    return this.ports.environment.host.network;
  }

  /** The id under which this desk signs in. */
  private get device(): Id {
    return this.run?.shared.client.device ?? this.ports.log()?.device ?? '';
  }

  private async signedIn(answer: Result<SignedIn, EngineError>): Promise<Result<SeatedPerson, EngineError>> {
    if (!answer.ok) {
      this.changed();
      return answer;
    }
    const person = knownPerson(answer.value);
    if (this.run) {
      const kept = await this.keep([{ kind: 'person', person }]);
      if (!kept.ok) return kept;
      this.run.shared.know(person);
      const here = await this.ports.seatPerson(person.personId);
      if (!here.ok) return here;
    }
    this.changed();
    return ok(seated(answer.value));
  }

  /** Durable, and the desk's own membership says so. */
  private async keep(records: readonly SyncRecord[]): Promise<Result<null, EngineError>> {
    const kept = await this.book.append(records);
    if (!kept.ok) return err({ code: kept.error.code === 'diskFull' ? 'diskFull' : 'journalFailed' });
    this.ports.desk.membership = membershipOf(await this.book.records());
    return kept;
  }

  private changed(): void {
    this.ports.desk.touch('agreement', 'status', 'session');
  }
}

const notShared = (): Result<never, EngineError> => err({ code: 'notShared' });

const withoutShare = (state: NetworkState): Connection => ({
  mode: state.mode === 'connected' ? 'found' : state.mode,
  address: state.mode === 'connected' ? state.address : null,
  people: state.mode === 'connected' ? state.people.map(seated) : [],
  tokens: state.mode === 'connected' && state.people.length > 0 ? state.tokens : null,
  states: [],
  syncedAt: null,
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
});
