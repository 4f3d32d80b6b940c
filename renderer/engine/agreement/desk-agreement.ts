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
import type { NetworkState, SignedIn } from '#contracts/host/network.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import type { Refusal } from '#domain/command/command.ts';
import type { Role } from '#domain/directory/directory.ts';
import { may } from '#domain/permissions/permissions.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { dropOtherShares, openSharedStore } from '#renderer/data/shared/open-shared-store.ts';
import type { Share, SyncRecord } from '#renderer/data/sync-records.ts';
import type { Outcome, StoreFault, Submission } from '#sync/authority/store.ts';
import type { OwnCommand } from '#sync/client/outbox-frames.ts';
import type { Judge } from '../command-queue.ts';
import type { EngineEnvironment } from '../environment.ts';
import type { AdoptionSink } from '../import/adoption.ts';
import type { LiveDesk } from '../live-desk.ts';
import type { Log } from '../log.ts';
import type { AgreementAnswers, AgreementDeeds } from './agreement.ts';
import { NothingKept } from './client-store.ts';
import { conflictsOf, decisionOf } from './conflicts.ts';
import { HandOver } from './hand-over.ts';
import { incidentsOf } from './incident-names.ts';
import { takeEverythingAlong } from './leaving.ts';
import { mappingTargets, newRecords, suggestMapping } from './mapping.ts';
import { membershipOf } from './membership.ts';
import { knownPerson, seated, told } from './network-words.ts';
import { exportedOutbox, outboxOf } from './outbox-view.ts';
import { RoadBook } from './road.ts';
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

/** This desk's side of the agreement with others. */
export class DeskAgreement implements AgreementAnswers, AgreementDeeds {
  private readonly ports: AgreementPorts;
  private readonly book: SyncBook;
  private readonly road: RoadBook;
  private run: ShareRun | null = null;
  private handing: HandOver | null = null;

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
  }

  /** The desk is open: takes up its share, if it has one. Answers who judges; null: the desk itself. */
  async open(opening: JournalOpening): Promise<Judge | null> {
    const { desk, environment, person, learned, synced, bug } = this.ports;
    const { phase, share } = desk.membership;
    if (phase === 'handingOver' && share !== null) this.handOver(share, desk.membership.through);
    if (phase === 'leaving' && share !== null) void this.afterOpening(() => this.takeAlong(share));
    if (phase !== 'joined' || share === null) return null;
    const ports = { environment, desk, book: this.book, person, learned, synced, failed: bug };
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
    const { run, handing } = this;
    this.run = null;
    this.handing = null;
    await Promise.all([run?.close(), handing?.stop()]);
  }

  async connection(): Promise<Connection> {
    const state = await this.ports.environment.host.network.state();
    const { run } = this;
    if (run === null) return { ...withoutShare(state), handingOver: this.handing?.progress ?? null };
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
    return run ? conflictsOf(personId, this.ports.desk, run.shared) : { items: [], names: {}, decided: null };
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

  async signOut({ personId }: { personId: Id }): Promise<Result<null, EngineError>> {
    const out = told(await this.network.signOut({ person: personId }));
    await this.run?.seat(await this.network.state());
    this.changed();
    return out.ok ? ok(null) : out;
  }

  async previewJoin({ personId }: AgreementCalls['previewJoin']['args']): Promise<Result<JoinPreview, EngineError>> {
    const { desk } = this.ports;
    const joining = await this.joining(personId);
    if (!joining.ok) return joining;
    const { session, address } = joining.value;
    const query = { cursor: '', limit: 1 };
    const page = told(await this.network.pull({ person: personId, device: this.device, query }));
    if (!page.ok) return page;
    const { records } = page.value.body;
    const { role } = session.user;
    return ok({
      address,
      person: seated(session),
      incidents: desk.index.size,
      mayHandOver: may(role, 'importHistory', false),
      mayAddRecords: may(role, 'configure', false),
      rows: desk.index.size === 0 ? [] : suggestMapping(desk.directory.rows(), records),
      targets: mappingTargets(records),
    });
  }

  async join({ personId, mapping }: AgreementCalls['join']['args']): Promise<Result<null, EngineError>> {
    const { desk, environment, openAnew } = this.ports;
    const joining = await this.joining(personId);
    if (!joining.ok) return joining;
    const { session, address } = joining.value;
    const { role, name } = session.user;
    const hasHistory = desk.index.size > 0;
    if (hasHistory && !mayTakeAlong(role, newRecords(desk.directory.rows(), mapping).length)) {
      return err({ code: 'mayNotHandOver' });
    }
    const share: Share = {
      shareId: environment.newId(),
      address,
      person: knownPerson(session),
      mapping,
      source: name,
      at: environment.now(),
      lsn: desk.lsn,
    };
    const kept = await this.keep([{ kind: hasHistory ? 'handingOver' : 'joined', share }]);
    if (!kept.ok) return kept;
    if (hasHistory) this.handOver(share);
    else await openAnew();
    this.changed();
    return hasHistory ? ok(null) : this.ports.seatPerson(personId);
  }

  /** Who would join, and where; refused unless this desk works alone and the person is signed in. */
  private async joining(personId: Id): Promise<Result<{ session: SignedIn; address: string }, EngineError>> {
    if (this.ports.desk.membership.phase !== 'alone') return err({ code: 'sharedAlready' });
    const state = await this.network.state();
    const session = state.mode === 'connected' ? state.people.find(({ user }) => user.id === personId) : undefined;
    if (state.mode !== 'connected' || !session?.open) return err({ code: 'network', network: 'signInNeeded' });
    return ok({ session, address: state.address });
  }

  /** This desk's own history goes to the server while people work on. */
  private handOver(share: Share, through: Id | null = null): void {
    const { environment, desk, whileStill, openAnew, seatPerson, bug } = this.ports;
    const { host, now, newId, random, after } = environment;
    this.handing = new HandOver(
      {
        desk,
        book: this.book,
        network: host.network,
        now,
        newId,
        random,
        after,
        changed: () => this.changed(),
        whileStill: async (work) => {
          const joined = await whileStill(work);
          if (!joined) return;
          this.handing = null;
          await openAnew();
          await seatPerson(share.person.personId);
        },
        failed: (cause) => bug('handOver', cause),
      },
      share,
      through,
    );
    this.handing.begin();
  }

  /** What was refused has to be decided first: a desk that works alone has nowhere to keep it. */
  async leave(): Promise<Result<null, EngineError>> {
    const { environment, desk, openAnew } = this.ports;
    const parked = this.run?.shared.client.parked().length ?? 0;
    if (parked > 0) return err({ code: 'conflictsWait', details: { count: parked } });
    const { phase } = desk.membership;
    if (phase === 'alone') return this.forgetServer();
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
    const store = await openSharedStore(databaseName, share.shareId);
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
    if (!this.run && !this.handing) return notShared();
    this.run?.runner.tryNow();
    this.handing?.wake();
    return ok(null);
  }

  async exportOutbox(): Promise<Result<{ text: string }, EngineError>> {
    return this.run ? ok({ text: exportedOutbox(this.ports.desk, this.run.shared) }) : notShared();
  }

  async decideConflicts({
    personId,
    commandIds,
    decision,
  }: AgreementCalls['decideConflicts']['args']): Promise<
    Result<AgreementCalls['decideConflicts']['value'], EngineError>
  > {
    const { run } = this;
    if (!run) return notShared();
    const { desk, environment } = this.ports;
    const entries = run.shared.client.parked().filter(({ command }) => {
      return command.person === personId && commandIds.includes(command.id);
    });
    const incidentOf = await incidentsOf(entries, desk, run.shared);
    const at = { now: environment.now(), newId: environment.newId };
    const decisions = entries.map((entry) => decisionOf(entry, decision, incidentOf(entry), at));
    const said = await this.kept(() => run.shared.client.decide(decisions));
    if (!said.ok) return said;
    await run.shared.catchUp();
    run.runner.recorded();
    const refused = decisions.flatMap(({ commandId }, index) => {
      const refusal = said.value[index] ?? null;
      return refusal === null ? [] : [{ commandId, refusal }];
    });
    return ok({ decided: decisions.length - refused.length, refused });
  }

  /** What was sent instead is undone like any other command; what was only put aside comes back. */
  async undoDecision({
    personId,
    commandIds,
  }: AgreementCalls['undoDecision']['args']): Promise<Result<null, EngineError>> {
    const { run } = this;
    if (!run) return notShared();
    const { environment } = this.ports;
    const decided = run.shared.client.entries().filter(({ command, dismissed }) => {
      return dismissed !== null && command.person === personId && commandIds.includes(command.id);
    });
    const undone = decided.flatMap(({ dismissed }): OwnCommand[] => {
      const { how, instead } = dismissed?.decided ?? {};
      if (how !== 'mine' || !instead) return [];
      const now = environment.now();
      const args = { commandId: instead };
      return [
        { id: environment.newId(), person: personId, name: 'command.undo', args, occurredAt: now, recordedAt: now },
      ];
    });
    const said = await this.kept(async () => {
      const refusals = await run.shared.client.submit(undone);
      const refusal = refusals.find((one) => one !== null) ?? null;
      if (refusal === null) await run.shared.client.recall(decided.map(({ command }) => command.id));
      return refusal;
    });
    if (!said.ok) return said;
    await run.shared.catchUp();
    run.runner.recorded();
    // This build judged it, so the code is one of ours.
    return said.value === null ? ok(null) : err({ code: 'refused', refusal: said.value as Refusal });
  }

  async prepareForRoad({ personId }: { personId: Id }): Promise<Result<null, EngineError>> {
    if (!this.run) return notShared();
    this.road.fetch(personId).catch((cause: unknown) => this.ports.bug('prepareForRoad', cause));
    return ok(null);
  }

  /** Somebody opens an incident: its timeline is fetched if its beginning is on the server only. */
  async opened(incidentId: Id): Promise<void> {
    const { run } = this;
    if (!run || (await this.ports.desk.isTimelineWhole(incidentId))) return;
    await run.shared.client.open(incidentId);
  }

  private async kept<T>(work: () => Promise<T>): Promise<Result<T, EngineError>> {
    try {
      return ok(await work());
    } catch (cause) {
      if (!(cause instanceof NothingKept)) throw cause;
      return err({ code: cause.code === 'diskFull' ? 'diskFull' : 'journalFailed' });
    }
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
    this.handing?.wake();
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

/** A history needs one right, and a new entry of the directory another. */
const mayTakeAlong = (role: Role, records: number): boolean =>
  may(role, 'importHistory', false) && (records === 0 || may(role, 'configure', false));

const notShared = (): Result<never, EngineError> => err({ code: 'notShared' });

const withoutShare = (state: NetworkState): Connection => ({
  mode: state.mode === 'connected' ? 'found' : state.mode,
  address: state.mode === 'connected' ? state.address : null,
  offers: state.mode === 'connected' ? state.offers : undefined,
  people: state.mode === 'connected' ? state.people.map(seated) : [],
  tokens: state.mode === 'connected' && state.people.length > 0 ? state.tokens : null,
  states: [],
  syncedAt: null,
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
});
