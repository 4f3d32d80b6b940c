import type { EngineStatus, Queries } from '#contracts/engine/protocol.ts';
import type { JournalError, JournalOpening } from '#contracts/host/engine-host.ts';
import type { Port } from '#contracts/platform.ts';
import type { Id } from '#domain/activity/activity.ts';
import { undoOffer } from '#domain/command/undo-offer.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { err } from '#domain/result.ts';
import type { DeskStore } from '#renderer/data/desk-store.ts';
import type { DatabaseError } from '#renderer/data/open-failure.ts';
import type { Batch } from '#sync/authority/store.ts';
import { changesOf } from './alert-changes.ts';
import { alertWords } from './alert-words.ts';
import { AlertEngine } from './alerts/alert-engine.ts';
import { bringUp, journalTrouble, troubleOf } from './bring-up.ts';
import { reportBug } from './bug-report.ts';
import { CommandQueue } from './command-queue.ts';
import { DatabaseWriter } from './database-writer.ts';
import { DeskSettings } from './desk-settings.ts';
import { DraftShelf } from './draft-shelf.ts';
import type { EngineEnvironment } from './environment.ts';
import { FirstPageMaker } from './first-page.ts';
import { createHistories } from './histories.ts';
import { Housekeeper } from './housekeeper.ts';
import { journalStore } from './journal-store.ts';
import { createLedger } from './ledger.ts';
import { LiveDesk } from './live-desk.ts';
import { Log } from './log.ts';
import { portServices } from './port-services.ts';
import { servePort } from './ports.ts';
import type { Reconciled } from './reconcile.ts';
import { DeskSession } from './session.ts';
import { SnapshotKeeper } from './snapshots.ts';
import { SpaceWatch } from './space-watch.ts';
import { StatusBoard } from './status-board.ts';
import { createSubmit } from './submit.ts';
import { Touches } from './touches.ts';

/** A database that went bad is made anew at once, but not over and over. */
const MEND_AGAIN_AFTER_MS = 60_000;
const TRY_AGAIN_MS = 15_000;

export interface Engine {
  /** Serves windows from the first moment on; resolves once the desk is ready, or it is known why it is not. */
  start(): Promise<void>;
  /** Everything saved is in the journal already; this brings the database level and lets go of it. */
  stop(): Promise<void>;
  status(): EngineStatus;
}

/**
 * The one writer of a desk. Windows ask through their ports; the engine judges, has the journal make it durable,
 * shows it, and carries it into the database.
 */
export function createEngine(environment: EngineEnvironment): Engine {
  const { host, now, elapsed, newId, after } = environment;
  const touches = new Touches(elapsed, after);
  const desk = new LiveDesk(touches);
  const board = new StatusBoard(desk, environment.keptIn);
  const queue = new CommandQueue();
  const settings = new DeskSettings(host);
  const drafts = new DraftShelf(host, touches);
  const windows = new Map<string, () => void>();
  let log: Log | null = null;
  let bringing: Promise<void> = Promise.resolve();
  let keeper: Housekeeper | null = null;
  let atDesk: Id | null = null;
  let stopped = false;
  let mendedAt = Number.NEGATIVE_INFINITY;
  let waitsForSpace = false;
  const firstPage = new FirstPageMaker(desk);

  const ready = async (): Promise<Log | null> => {
    await bringing;
    return board.phase === 'ready' ? log : null;
  };
  const reopen = async (): Promise<boolean> => {
    if (!waitsForSpace) return false;
    mend();
    return (await ready()) !== null;
  };
  const submit = createSubmit({ queue, now, ready, isDiskFull: () => settings.isDiskFull(), reopen });
  const session = new DeskSession({
    desk,
    settings,
    newId,
    submit,
    changed: () => {
      touches.touch('session', 'alerts');
      alerts.personChanged();
    },
  });

  const refused = (error: JournalError): void => {
    // The journal was opened anew meanwhile: what was on its way under the old fence is nobody's trouble.
    if (board.phase === 'reconciling') return;
    host.log('error', 'journal.refused', { code: error.code });
    board.say({ trouble: journalTrouble(error) });
    if (error.code === 'diskFull') space.begin();
    if (error.code === 'staleFence') block();
    else if (error.code === 'unexpectedLsn') void bring();
  };
  const space = new SpaceWatch({
    probe: () => settings.rewrite(),
    recovered: () => board.say({ trouble: null }),
    after,
  });
  const block = () => {
    board.say({ phase: 'blocked' });
    queue.close();
    queue.refuseAll('staleAuthority');
  };

  const alerts = new AlertEngine({
    now,
    newId,
    person: () => session.current,
    personName: (id) => desk.directory.personName(id),
    notifications: host.notifications,
    ledger: createLedger({ desk, log: () => log, now, refused }),
    after,
    words: alertWords,
    changed: () => touches.touch('alerts'),
    log: host.log,
  });
  const histories = createHistories({
    environment,
    desk,
    log: () => log,
    person: () => session.session().person,
    refused,
    adopted: (changes) => alerts.consider(changes),
    importsChanged: () => touches.touch('imports'),
  });

  const databaseFailed = (error: DatabaseError): void => {
    host.log('error', 'database.failed', { code: error.code, names: error.names.join(' ') });
    if (error.code === 'quota') board.say({ trouble: 'diskFull' });
    else if (!stopped) void settings.isDiskFull().then((full) => (full ? awaitSpace() : mendAtTimes()));
  };
  /** Chromium closes its database on a full disk and names no reason: opening it anew waits until there is space. */
  const awaitSpace = () => {
    waitsForSpace = true;
    board.say({ trouble: 'diskFull' });
    databaseSpace.begin();
  };
  const databaseSpace = new SpaceWatch({
    probe: async () => !(await settings.isDiskFull()),
    recovered: () => mend(),
    after,
  });
  const mendAtTimes = () => {
    if (mendedAt + MEND_AGAIN_AFTER_MS <= elapsed()) mend();
    else {
      // Made anew a moment ago and refusing again: work goes on in journal and memory, and it is tried now and then.
      board.say({ trouble: 'databaseBlocked' });
      after(TRY_AGAIN_MS, () => writer.retryNow());
    }
  };
  const mend = () => {
    const wasFull = waitsForSpace;
    waitsForSpace = false;
    databaseSpace.end();
    mendedAt = elapsed();
    // What Chromium closed on a full disk it often never opens again in this run: such files are made anew.
    if (wasFull) bringing = bringing.then(async () => void (await host.database.reset()));
    void bring();
  };
  const writer = new DatabaseWriter({
    room: () => host.database.room(),
    overlay: desk.overlay,
    store: () => desk.store,
    written: (batch) => {
      keeper?.written(batch);
      board.applied(batch.applied.appliedLsn);
      if (board.trouble === 'diskFull' || board.trouble === 'databaseBlocked') board.say({ trouble: null });
    },
    failed: databaseFailed,
    after,
  });
  desk.onInstalled(() => writer.wake());

  const committed = (batch: Batch, before: ReadonlyMap<Id, Incident | null>): void => {
    for (const { submission } of batch.confirmed) {
      if (submission.draftId) drafts.consumed(submission.draftId, submission.command.recordedAt);
    }
    space.end();
    if (board.trouble === 'diskFull' || board.trouble === 'journalFailed') board.say({ trouble: null });
    alerts.consider(changesOf(batch, before));
  };

  const goOn = async ({ opening, rebuilt, store }: Reconciled): Promise<void> => {
    const fresh = new Log(host, opening, desk.applied.counters);
    log = fresh;
    board.applied(desk.applied.appliedLsn);
    board.say({
      phase: 'ready',
      trouble: null,
      progress: null,
      rebuilt: rebuilt ? { reason: rebuilt, incidents: desk.index.size } : null,
    });
    session.restore(session.current ?? atDesk);
    alerts.restore((await desk.store?.alerts()) ?? []);
    touches.touch('incidents', 'directory', 'configuration', 'session', 'alerts');
    queue.open(journalStore({ desk, log: fresh, now, refused, committed }), fresh, environment.zone);
    keepHouse(store, opening).catch((cause: unknown) => reportBug(host.log, 'housekeeping', cause));
  };

  const keepHouse = async (store: DeskStore, opening: JournalOpening): Promise<void> => {
    const ending = new AbortController();
    const { breathe } = environment;
    const snapshots = new SnapshotKeeper({ host, opening, store, newId, now, breathe, signal: ending.signal });
    const fresh = new Housekeeper({
      desk,
      snapshots,
      ending,
      elapsed,
      breathe,
      after,
      busy: () => queue.length > 0 || histories.isBusy(),
      expiredAlerts: () => alerts.prune(),
      storeFirstPage: async () => {
        const page = await firstPage.make(session.current);
        if (page) await settings.write({ firstPage: page, person: session.session().person });
      },
      failed: (where, cause) => reportBug(host.log, where, cause),
    });
    keeper = fresh;
    writer.wake();
    await snapshots.begin();
    fresh.begin();
  };

  const bringOnce = async (): Promise<void> => {
    const began = elapsed();
    host.log('info', 'bringingUp');
    queue.close();
    histories.reset();
    keeper?.stop();
    desk.store?.close();
    desk.store = null;
    // Whatever waits for the database is in the journal, and comes from there.
    desk.overlay.clear();
    board.say({ phase: 'reconciling', trouble: null });
    let kept = Promise.resolve();
    const up = await bringUp({
      environment,
      desk,
      progress: (done, total) => board.say({ progress: { done, total } }),
      opened: ({ quarantined }) => {
        board.say({ quarantined: quarantined.length });
        // Not before: opening the journal removes the drafts that its last frames took in.
        kept = drafts.load();
      },
      databaseLost: () => databaseFailed({ code: 'damaged', names: ['closed'] }),
    });
    await kept;
    if (up.ok) {
      const { rebuilt, opening } = up.value;
      const took = Math.round(elapsed() - began);
      host.log('info', 'up', {
        rebuilt: rebuilt ?? 'no',
        lsn: opening.lastLsn,
        incidents: desk.index.size,
        took,
      });
      return goOn(up.value);
    }
    host.log('error', 'blocked', { where: up.error.where, code: up.error.error.code });
    board.say({ trouble: troubleOf(up.error), progress: null });
    block();
    if (up.error.where === 'database' && (await settings.isDiskFull())) awaitSpace();
  };
  const bring = (): Promise<void> => {
    bringing = bringing.then(bringOnce).catch((cause: unknown) => {
      reportBug(host.log, 'bringUp', cause);
      board.say({ trouble: 'databaseBlocked', progress: null });
      block();
    });
    return bringing;
  };

  const sources = {
    desk,
    alerts,
    status: () => board.status(),
    session: () => session.session(),
    drafts: (personId: Id) => drafts.of(personId),
    undoOffer: (_: Incident, timeline: Parameters<typeof undoOffer>[0]) =>
      session.current === null ? null : undoOffer(timeline, session.current, now()),
    importProgress: (importId: Id | null) => histories.imports.progress(importId),
    looked: (args: Queries['list']['args']) => firstPage.look(args),
  };
  const services = portServices(
    sources,
    {
      drafts,
      session,
      alerts,
      imports: histories.imports,
      notifications: host.notifications,
      submit,
      loadSample: async (args) => ((await ready()) ? histories.loadSample(args) : err({ code: 'notReady' })),
      retry: async () => {
        writer.retryNow();
        if (board.phase === 'blocked') await bring();
      },
    },
    {
      touches,
      lsn: () => desk.lsn,
      settled: () => bringing,
      bug: (where, cause) => reportBug(host.log, where, cause),
    },
  );
  const serve = (port: Port, windowId: string): void => {
    windows.get(windowId)?.();
    windows.set(windowId, servePort(port, services));
  };

  const stop = async (): Promise<void> => {
    stopped = true;
    space.end();
    databaseSpace.end();
    queue.close();
    await writer.settled();
    await keeper?.finish();
    desk.store?.close();
  };

  return {
    start: async () => {
      host.onWindow(serve);
      host.onFinish?.(stop);
      bringing = settings.read().then((person) => {
        atDesk = person?.id ?? null;
      });
      await bring();
    },
    stop,
    status: () => board.status(),
  };
}
