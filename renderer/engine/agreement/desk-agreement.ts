import type {
  AgreementCalls,
  AgreementQueries,
  Connection,
  JoinPreview,
  Readiness,
  SeatedPerson,
} from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { JournalError, JournalOpening } from '#contracts/host/engine-host.ts';
import type { SignedIn } from '#contracts/host/network.ts';
import { isNarrow } from '#contracts/sync/scope.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { dropOtherShares, openSharedStore } from '#renderer/data/shared/open-shared-store.ts';
import type { Share, SyncRecord } from '#renderer/data/sync-records.ts';
import type { Outcome, StoreFault, Submission } from '#sync/authority/store.ts';
import type { Judge } from '../command-queue.ts';
import type { EngineEnvironment } from '../environment.ts';
import type { AdoptionSink } from '../import/adoption.ts';
import type { LiveDesk } from '../live-desk.ts';
import type { Log } from '../log.ts';
import type { AgreementAnswers, AgreementDeeds } from './agreement.ts';
import { ConflictInbox } from './conflict-inbox.ts';
import { Joining } from './joining.ts';
import { takeEverythingAlong } from './leaving.ts';
import { membershipOf } from './membership.ts';
import { knownPerson, seated, told, withoutShare } from './network-words.ts';
import { exportedOutbox, outboxOf } from './outbox-view.ts';
import { RoadBook } from './road.ts';
import { bringHere, sizeOfScope } from './scope.ts';
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
  /** Nothing is judged while `work` goes on, nor afterwards if it says true, until `openAnew`. Answers what it says. */
  whileStill(work: () => Promise<boolean>): Promise<boolean>;
  /** Where whole histories come into the desk's own log. */
  readonly adoptionSink: AdoptionSink;
  /** Judged by the desk itself. */
  submitAlone(submission: Submission): Promise<Result<Outcome, StoreFault>>;
  /** The desk is open, or it is known why it is not. */
  settled(): Promise<void>;
  /** The desk is another one now: it is opened anew. */
  openAnew(): Promise<void>;
  syncedAt(): Instant | null;
  synced(at: Instant): void;
  bug(where: string, cause: unknown): void;
}

const LEAVE_AGAIN_MS = 10_000;
/** What could not be had is asked for again when the incident is looked at this much later. */
const ASK_AGAIN_MS = 15_000;

/** This desk's side of the agreement with others. */
export class DeskAgreement implements AgreementAnswers, AgreementDeeds {
  private readonly ports: AgreementPorts;
  private readonly book: SyncBook;
  private readonly road: RoadBook;
  private readonly joining: Joining;
  private readonly inbox: ConflictInbox;
  /** When the timeline of an incident was asked for last. */
  private readonly asked = new Map<Id, Instant>();
  private run: ShareRun | null = null;

  constructor(ports: AgreementPorts) {
    const { environment, desk, log, refused } = ports;
    this.ports = ports;
    this.book = new SyncBook({ desk, log, now: environment.now, refused });
    this.road = new RoadBook({
      desk,
      shared: () => this.run?.shared ?? null,
      syncedAt: ports.syncedAt,
      room: () => environment.host.database.room(),
      fetchFiles: async (timeline, personId) => this.run?.files.fetch(timeline, personId),
      changed: () => this.changed(),
    });
    this.inbox = new ConflictInbox(desk, environment);
    this.joining = new Joining({
      ...ports,
      book: this.book,
      device: () => this.device,
      keep: (records) => this.keep(records),
      changed: () => this.changed(),
    });
  }

  /** The desk is open: takes up its share, if it has one. Answers who judges; null: the desk itself. */
  async open(opening: JournalOpening): Promise<Judge | null> {
    const { desk, environment, person, learned, synced, openAnew, bug } = this.ports;
    const { phase, share } = desk.membership;
    if (phase === 'handingOver' && share !== null) this.joining.handOver(share, desk.membership.through);
    if (phase === 'leaving' && share !== null) void this.afterOpening(() => this.takeAlong(share));
    if (phase !== 'joined' || share === null) return null;
    const { book } = this;
    const lost = () => void openAnew();
    const ports = { environment, desk, book, person, learned, lost, synced, failed: bug };
    // One that an earlier leaving left behind.
    dropOtherShares(environment.databaseName, share.shareId).catch((cause: unknown) => bug('dropOtherShares', cause));
    this.run = await ShareRun.open(ports, share, opening);
    return this.run.judge;
  }

  /** Begun once commands are judged again; what it throws is for the log. */
  private async afterOpening(work: () => Promise<void>): Promise<void> {
    await this.ports.settled();
    await work().catch((cause: unknown) => this.ports.bug('leaving', cause));
  }

  /** The desk is closed, or opened anew. */
  async close(): Promise<void> {
    const { run } = this;
    this.run = null;
    await Promise.all([run?.close(), this.joining.stop()]);
  }

  /** What is settled leaves the journal; for a quiet moment before a snapshot. */
  retell(): Promise<void> {
    return this.book.retell();
  }

  async connection(): Promise<Connection> {
    const state = await this.ports.environment.host.network.state();
    const { run } = this;
    if (run === null) return { ...withoutShare(state), ...this.joining.told(state) };
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
      notTaken: membership.notTaken.length,
      scope: membership.scope ?? undefined,
      waiting: entries.filter(({ owed, hollow }) => owed && !hollow).length,
      parked: run.shared.client.parked().length,
    };
  }

  async outbox(limit: number): Promise<AgreementQueries['outbox']['value']> {
    const { run } = this;
    if (!run) return { total: 0, items: [] };
    return outboxOf(limit, this.ports.desk, run.shared, (person) => run.shared.client.isSignedIn(person));
  }

  async conflicts(personId: Id): Promise<AgreementQueries['conflicts']['value']> {
    const { run } = this;
    return run ? this.inbox.of(personId, run) : { items: [], names: {}, decided: null };
  }

  readiness(personId: Id): Promise<Readiness> {
    return this.road.readiness(personId);
  }

  async findServer(args: { address: string }): Promise<Result<{ address: string }, EngineError>> {
    if (this.run) return err({ code: 'sharedAlready' });
    const found = told(await this.network.connect(args));
    this.changed();
    return found;
  }

  async signIn(args: { email: string; password: string }): Promise<Result<SeatedPerson, EngineError>> {
    return this.signedIn(told(await this.network.signIn({ ...args, device: this.device })));
  }

  async signInByBrowser(): Promise<Result<SeatedPerson, EngineError>> {
    return this.signedIn(told(await this.network.signInByBrowser({ device: this.device })));
  }

  async cancelSignIn(): Promise<Result<null, EngineError>> {
    return told(await this.network.cancelSignIn());
  }

  async signOut({ personId }: { personId: Id }): Promise<Result<null, EngineError>> {
    const out = told(await this.network.signOut({ person: personId }));
    await this.run?.seat(await this.network.state());
    this.changed();
    return out.ok ? ok(null) : out;
  }

  /** What was refused has to be decided first: a desk that works alone has nowhere to keep it. */
  async leave(): Promise<Result<null, EngineError>> {
    const { environment, desk, openAnew } = this.ports;
    const parked = this.run?.shared.client.parked().length ?? 0;
    if (parked > 0) return err({ code: 'conflictsWait', details: { count: parked } });
    const { phase } = desk.membership;
    if (phase === 'alone') return this.forgetServer();
    // It takes everything along already; an end before that is done would lose it.
    if (phase === 'leaving') return ok(null);
    const at = environment.now();
    const record: SyncRecord = phase === 'joined' ? { kind: 'leaving', at } : { kind: 'left', at, refused: [] };
    const kept = await this.keep([record]);
    if (!kept.ok) return kept;
    await openAnew();
    return phase === 'joined' ? ok(null) : this.forgetServer();
  }

  private async forgetServer(): Promise<Result<null, EngineError>> {
    const gone = told(await this.network.disconnect());
    this.changed();
    return gone;
  }

  /** The desk works alone again: what it holds of the share comes into its own log, while people work on. */
  private async takeAlong(share: Share): Promise<void> {
    const { environment, desk, log, submitAlone, adoptionSink } = this.ports;
    const { databaseName, newId, now } = environment;
    const store = await openSharedStore(databaseName, share.shareId, () => undefined);
    const ports = { store, sink: adoptionSink, device: log()?.device ?? '', newId, submit: submitAlone };
    const refused = await takeEverythingAlong(ports, share, desk.membership.frames);
    store.close();
    if (desk.membership.phase !== 'leaving') return;
    if (refused === null) {
      // No room on the disk, most likely. Tried again until it is done, and at every start.
      environment.host.log('warn', 'leave.again');
      environment.after(LEAVE_AGAIN_MS, () => void this.afterOpening(() => this.takeAlong(share)));
      return;
    }
    if (refused.length > 0) environment.host.log('warn', 'leave.refused', { count: refused.length });
    const kept = await this.keep([{ kind: 'left', at: now(), refused }]);
    if (!kept.ok) return;
    await this.network.disconnect();
    await dropOtherShares(databaseName, null);
    this.changed();
  }

  async syncNow(): Promise<Result<null, EngineError>> {
    if (!this.run && !this.joining.isHandingOver) return notShared();
    this.run?.runner.tryNow();
    this.joining.wake();
    return ok(null);
  }

  async exportOutbox(): Promise<Result<{ text: string }, EngineError>> {
    return this.run ? ok({ text: exportedOutbox(this.ports.desk, this.run.shared) }) : notShared();
  }

  async previewJoin(args: AgreementCalls['previewJoin']['args']): Promise<Result<JoinPreview, EngineError>> {
    return this.joining.preview(args);
  }

  async join(args: AgreementCalls['join']['args']): Promise<Result<null, EngineError>> {
    return this.joining.join(args);
  }

  async decideConflicts(args: AgreementCalls['decideConflicts']['args']) {
    return this.run ? this.inbox.decide(args, this.run) : notShared();
  }

  async undoDecision(args: AgreementCalls['undoDecision']['args']) {
    return this.run ? this.inbox.undo(args, this.run) : notShared();
  }

  async prepareForRoad({ personId }: { personId: Id }): Promise<Result<null, EngineError>> {
    if (!this.run) return notShared();
    this.road.fetch(personId).catch((cause: unknown) => this.ports.bug('prepareForRoad', cause));
    return ok(null);
  }

  async sizeOfScope(args: AgreementCalls['sizeOfScope']['args']) {
    return this.run ? sizeOfScope(this.network, args) : notShared();
  }

  /** The next page that is asked for begins to load what this desk keeps from now on. */
  async keepScope({ scope }: AgreementCalls['keepScope']['args']): Promise<Result<null, EngineError>> {
    const { run } = this;
    if (!run) return notShared();
    const kept = await this.keep([{ kind: 'scope', scope: scope !== null && isNarrow(scope) ? scope : null }]);
    if (!kept.ok) return kept;
    this.changed();
    run.runner.tryNow();
    return ok(null);
  }

  async bringHere(args: AgreementCalls['bringHere']['args']) {
    return this.run ? bringHere(this.network, this.run.shared, args) : notShared();
  }

  /** Somebody opens an incident: its timeline is fetched if its beginning is on the server only. */
  opened(incidentId: Id): void {
    this.complete(incidentId).catch((cause: unknown) => this.ports.bug('opened', cause));
  }

  private async complete(incidentId: Id): Promise<void> {
    const { run } = this;
    const now = this.ports.environment.now();
    const lately = now - (this.asked.get(incidentId) ?? Number.NEGATIVE_INFINITY) < ASK_AGAIN_MS;
    if (!run || lately || (await this.ports.desk.isTimelineWhole(incidentId))) return;
    this.asked.set(incidentId, now);
    await run.shared.client.open(incidentId);
  }

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
    this.joining.wake();
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
