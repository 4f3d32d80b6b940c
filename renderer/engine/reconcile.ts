import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { EngineHost, JournalError, JournalOpening } from '#contracts/host/engine-host.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { DeskDb } from '#renderer/data/desk-db.ts';
import { DeskStore } from '#renderer/data/desk-store.ts';
import { deleteDeskDb, openDeskDb } from '#renderer/data/open-desk-db.ts';
import { type DatabaseError, diagnose } from '#renderer/data/open-failure.ts';
import type { Applied } from '#renderer/data/rows.ts';
import { emptyBatch } from './frame-batch.ts';
import { replay } from './replay.ts';
import { type ReplayPorts, replayStateOf } from './replay-state.ts';
import { restoreSnapshot } from './restore.ts';
import { takeFullSnapshot } from './snapshot.ts';

type Reason = NonNullable<EngineStatus['rebuilt']>['reason'];

export interface Reconciled {
  readonly store: DeskStore;
  /** Why the database was made anew, or caught up by more than a kill explains; null otherwise. */
  readonly rebuilt: Reason | null;
  /** The journal as it is now: `lastLsn` may have been raised to the database's. */
  readonly opening: JournalOpening;
}
export type ReconcileFault =
  | { readonly where: 'database'; readonly error: DatabaseError }
  | { readonly where: 'journal'; readonly error: JournalError };

export interface ReconcilePorts {
  readonly host: EngineHost;
  readonly databaseName: string;
  readonly opening: JournalOpening;
  progress(done: number, total: number): void;
  /** Set when the database was read and found wanting: it is made anew whatever it says of itself. */
  readonly force: Reason | null;
  /** The database went away under us. */
  lost(): void;
  newId(): string;
  now(): number;
}

/** Behind by more than this, the database is an older one and not merely what a kill left. */
const USUAL_LAG = 100;

/**
 * Makes database and journal agree, whatever happened to either; nobody is asked anything. The journal is the truth,
 * except where the database proves to have seen more of it.
 */
export async function reconcile(ports: ReconcilePorts): Promise<Result<Reconciled, ReconcileFault>> {
  if (ports.force) return rebuild(ports.force, ports);
  const opened = await openDeskDb(ports.databaseName, ports.lost);
  if (opened.ok) return withDatabase(opened.value, ports);
  if (opened.error.code !== 'damaged') return err({ where: 'database', error: opened.error });
  return rebuild('damaged', ports);
}

async function withDatabase(db: DeskDb, ports: ReconcilePorts): Promise<Result<Reconciled, ReconcileFault>> {
  try {
    const store = await DeskStore.on(db);
    const applied = (await store.meta('applied')) ?? null;
    const course = courseFor(applied, ports.opening);
    if (course === 'catchUp') {
      const caughtUp = await catchUp(store, ports);
      if (caughtUp.ok || caughtUp.error.code !== 'notFound')
        return finished(caughtUp, store, lagReason(applied, ports), ports);
      // The journal no longer holds what the database lacks: only the snapshot does.
      db.close();
      return rebuild('older', ports);
    }
    if (course === 'raiseJournal') return raiseJournal(store, applied as Applied, ports);
    db.close();
    return rebuild(course, ports);
  } catch (cause) {
    db.close();
    const error = diagnose(cause);
    return error.code === 'damaged' ? rebuild('damaged', ports) : err({ where: 'database', error });
  }
}

/** What to do, from what the two say of themselves. */
export function courseFor(
  applied: Pick<Applied, 'journalId' | 'appliedLsn'> | null,
  opening: Pick<JournalOpening, 'journalId' | 'lastLsn'>,
): 'catchUp' | 'raiseJournal' | 'empty' | 'foreign' {
  if (applied === null) return 'empty';
  if (applied.journalId !== opening.journalId) {
    // A journal that was lost and begun anew, beside a database that still has everything: keep everything.
    return opening.lastLsn === 0 && applied.appliedLsn > 0 ? 'raiseJournal' : 'foreign';
  }
  return applied.appliedLsn > opening.lastLsn ? 'raiseJournal' : 'catchUp';
}

const lagReason = (applied: Applied | null, { opening }: ReconcilePorts): Reason | null =>
  opening.lastLsn - (applied?.appliedLsn ?? 0) > USUAL_LAG ? 'older' : null;

/** Replays what the journal holds and the database does not, then removes what imports left without a commit. */
async function catchUp(store: DeskStore, ports: ReconcilePorts): Promise<Result<number, JournalError>> {
  const { opening } = ports;
  const state = await replayStateOf(store, opening.journalId);
  if (state.applied.appliedLsn < opening.lastLsn) {
    if (state.applied.appliedLsn + 1 < opening.firstLsn) return err({ code: 'notFound' });
    const replayed = await replay(state, replayPorts(store, ports, 'fail'));
    if (!replayed.ok) return replayed;
  }
  await store.dropStagesExcept(new Set(state.stages.map(({ stageId }) => stageId)));
  await discardOpenStages(ports);
  return ok(0);
}

async function discardOpenStages({ host, opening }: ReconcilePorts): Promise<void> {
  for (const stageId of opening.openStages) await host.stages.discard({ fence: opening.fence, stageId });
}

const replayPorts = (
  store: DeskStore,
  { host, opening, progress }: ReconcilePorts,
  withoutStage: ReplayPorts['withoutStage'],
): ReplayPorts => ({
  withoutStage,
  host,
  store,
  journalId: opening.journalId,
  progress: (lsn) => progress(lsn, opening.lastLsn),
  lost: (what, lsn) => host.log('error', 'replay.lost', { what, lsn }),
});

function finished(
  replayed: Result<number, JournalError>,
  store: DeskStore,
  rebuilt: Reason | null,
  { opening }: ReconcilePorts,
): Result<Reconciled, ReconcileFault> {
  if (replayed.ok) return ok({ store, rebuilt, opening });
  store.close();
  return err({ where: 'journal', error: replayed.error });
}

/** An empty database. One that the browser can neither open nor delete any more is thrown away by the machine. */
async function emptyDatabase({ host, databaseName, lost }: ReconcilePorts): Promise<Result<DeskDb, DatabaseError>> {
  const deleted = await deleteDeskDb(databaseName);
  const opened = deleted.ok ? await openDeskDb(databaseName, lost) : deleted;
  if (opened.ok || opened.error.code !== 'damaged' || !(await host.database.reset())) return opened;
  return openDeskDb(databaseName, lost);
}

/** A database made anew from the newest snapshot and the journal after it. */
async function rebuild(reason: Reason, ports: ReconcilePorts): Promise<Result<Reconciled, ReconcileFault>> {
  const { host, opening } = ports;
  const opened = await emptyDatabase(ports);
  if (!opened.ok) return err({ where: 'database', error: opened.error });
  try {
    const store = await DeskStore.on(opened.value);
    const restored = await restoreSnapshot(store, ports);
    if (!restored.ok) return err({ where: 'journal', error: restored.error });
    const state = await replayStateOf(store, opening.journalId);
    await store.apply(emptyBatch(state.applied));
    if (state.applied.appliedLsn + 1 < opening.firstLsn) {
      host.log('error', 'rebuild.gap', { from: state.applied.appliedLsn, to: opening.firstLsn });
      state.applied = { ...state.applied, appliedLsn: opening.firstLsn - 1 };
    }
    const caughtUp =
      state.applied.appliedLsn < opening.lastLsn ? await replay(state, replayPorts(store, ports, 'goOn')) : ok(0);
    await discardOpenStages(ports);
    // A desk that begins has nothing to be told about.
    const begun = opening.lastLsn === 0 && !restored.value;
    return finished(caughtUp, store, begun ? null : reason, ports);
  } catch (cause) {
    opened.value.close();
    return err({ where: 'database', error: diagnose(cause) });
  }
}

/**
 * The database has seen frames that the journal lost (a folder put back from yesterday): the whole database becomes a
 * snapshot, and the journal goes on from there.
 */
async function raiseJournal(
  store: DeskStore,
  applied: Applied,
  ports: ReconcilePorts,
): Promise<Result<Reconciled, ReconcileFault>> {
  const { host, opening } = ports;
  const failed = (error: JournalError): Result<Reconciled, ReconcileFault> => {
    store.close();
    return err({ where: 'journal', error });
  };
  const stages = new Set(((await store.meta('stages')) ?? []).map(({ stageId }) => stageId));
  await store.dropStagesExcept(stages);
  const counters = { ...opening.counters };
  for (const [person, seq] of Object.entries(applied.counters)) counters[person] = Math.max(seq, counters[person] ?? 0);
  await store.apply(emptyBatch({ ...applied, journalId: opening.journalId, counters }));
  const taken = await takeFullSnapshot(store, ports);
  if (!taken.ok) return failed(taken.error);
  const restarted = await host.journal.restartAt({ fence: opening.fence, lsn: applied.appliedLsn });
  if (!restarted.ok) return failed(restarted.error);
  await discardOpenStages(ports);
  return ok({ store, rebuilt: 'newer', opening: { ...opening, lastLsn: applied.appliedLsn, counters } });
}
