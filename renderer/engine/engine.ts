import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { JournalError } from '#contracts/host/engine-host.ts';
import { undoOffer } from '#domain/command/undo-offer.ts';
import { err } from '#domain/result.ts';
import { DeskAgreement } from './agreement/desk-agreement.ts';
import { DeskPresence } from './agreement/presence.ts';
import { changesOf } from './alert-changes.ts';
import { alertWords } from './alert-words.ts';
import { AlertEngine } from './alerts/alert-engine.ts';
import { reportBug } from './bug-report.ts';
import { CommandQueue } from './command-queue.ts';
import { DatabaseGuard } from './database-guard.ts';
import { DatabaseWriter } from './database-writer.ts';
import { DeskOpening } from './desk-opening.ts';
import { DeskRun } from './desk-run.ts';
import { DeskSettings } from './desk-settings.ts';
import { DraftShelf } from './draft-shelf.ts';
import type { EngineEnvironment } from './environment.ts';
import { FirstPageMaker } from './first-page.ts';
import { createHistories } from './histories.ts';
import { JournalGuard } from './journal-guard.ts';
import { createLedger } from './ledger.ts';
import { LiveDesk } from './live-desk.ts';
import type { Log } from './log.ts';
import { portServices } from './port-services.ts';
import { windowServer } from './ports.ts';
import { DeskSession } from './session.ts';
import { StatusBoard } from './status-board.ts';
import { createSubmit } from './submit.ts';
import { Touches } from './touches.ts';

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
  const bug = (where: string, cause: unknown) => reportBug(host.log, where, cause);
  const touches = new Touches(elapsed, after);
  const desk = new LiveDesk(touches);
  const board = new StatusBoard(desk, environment.keptIn);
  const queue = new CommandQueue();
  const settings = new DeskSettings(host);
  const drafts = new DraftShelf(host, touches);
  const firstPage = new FirstPageMaker(desk);
  const isDiskFull = () => settings.isDiskFull();

  const opening = new DeskOpening(
    () => run.open(),
    (cause) => {
      bug('bringUp', cause);
      board.say({ trouble: 'databaseBlocked', progress: null });
      block();
    },
  );
  const settled = () => opening.settled();
  const ready = async (): Promise<Log | null> => {
    await settled();
    return board.phase === 'ready' ? run.log : null;
  };
  const block = () => {
    board.say({ phase: 'blocked' });
    queue.close();
    queue.refuseAll('staleAuthority');
  };

  const journal = new JournalGuard({
    board,
    after,
    log: host.log,
    probe: () => settings.rewrite(),
    takenOver: block,
    openAnew: () => void opening.begin(),
  });
  const database = new DatabaseGuard({
    board,
    after,
    elapsed,
    isDiskFull,
    log: host.log,
    makeAnew: ({ reset }) => void opening.begin(reset ? () => host.database.reset() : undefined),
    retry: () => writer.retryNow(),
  });
  const refused = (error: JournalError) => journal.refused(error);

  const submit = createSubmit({
    queue,
    drafts,
    now,
    ready,
    isDiskFull,
    stopWaiting: () => database.stopWaiting(),
  });
  const session = new DeskSession({
    desk,
    settings,
    newId,
    now,
    submit,
    changed: () => {
      sift();
      touches.touch('session', 'alerts');
      alerts.personChanged();
      agreement.personChanged().catch((cause: unknown) => bug('personChanged', cause));
    },
  });
  desk.looker = () => ({ person: session.session().person, isShared: desk.membership.phase === 'joined' });
  const sift = () => void desk.sift().catch((cause: unknown) => bug('sift', cause));
  // The directory says anew what they may read. Heard before any window asks again.
  touches.listen((topics) => {
    if (topics.has('session')) sift();
  });
  const alerts = new AlertEngine({
    now,
    newId,
    person: () => session.current,
    people: () => session.sharing(),
    personName: (id) => desk.directory.personName(id),
    notifications: host.notifications,
    ledger: createLedger({ desk, log: () => run.log, now, refused }),
    after,
    words: alertWords,
    changed: () => touches.touch('alerts'),
    log: host.log,
  });
  const histories = createHistories({
    environment,
    desk,
    log: () => run.log,
    person: () => session.session().person,
    refused,
    adopted: (changes) => alerts.consider(changes),
    importsChanged: () => touches.touch('imports'),
    sampling: (sample) => board.say({ sample }),
  });

  const agreement: DeskAgreement = new DeskAgreement({
    environment,
    desk,
    log: () => run.log,
    person: () => session.current,
    seatPerson: (personId) => session.switchTo(personId),
    refused,
    learned: (changes) => alerts.consider(changes),
    adoptionSink: histories.taken,
    submitAlone: (submission) => queue.submit(submission),
    settled,
    whileStill: (work) => queue.whileStill(work),
    openAnew: () => opening.begin(),
    syncedAt: () => settings.syncedAt,
    synced: (at) => settings.noteSynced(at),
    bug,
  });
  const presence = new DeskPresence({
    network: host.network,
    elapsed,
    after,
    changed: () => touches.touch('presence'),
  });

  const writer = new DatabaseWriter({
    overlay: desk.overlay,
    store: () => desk.store,
    room: () => host.database.room(),
    written: (batch) => {
      run.housekeeper?.written(batch);
      board.applied(batch.applied.appliedLsn);
      database.wrote();
    },
    failed: (error) => database.failed(error),
    after,
  });
  desk.onInstalled(() => writer.wake());

  const run = new DeskRun({
    environment,
    desk,
    board,
    queue,
    drafts,
    session,
    alerts,
    histories,
    writer,
    agreement,
    refused,
    committed: (batch) => {
      drafts.consumedBy(batch);
      journal.wrote();
      alerts.consider(changesOf(batch));
    },
    storeFirstPage: async () => {
      const page = await firstPage.make(session.current);
      if (page) await settings.write({ firstPage: page, person: session.session().person });
    },
    databaseFailed: (error) => database.failed(error),
    blocked: async ({ where }) => {
      block();
      if (where === 'database' && (await isDiskFull())) database.awaitSpace();
    },
  });

  const serve = windowServer(
    portServices(
      {
        desk,
        alerts,
        status: () => board.status(),
        session: () => session.session(),
        drafts: (personId) => drafts.of(personId),
        undoOffer: (_, timeline) => (session.current === null ? null : undoOffer(timeline, session.current, now())),
        agreement,
        presence,
        importProgress: (importId) => histories.imports.progress(importId),
        looked: (args) => firstPage.look(args),
      },
      {
        drafts,
        session,
        alerts,
        imports: histories.imports,
        isAlone: () => desk.membership.phase === 'alone',
        agreement,
        presence,
        notifications: host.notifications,
        submit,
        loadSample: async (args) => ((await ready()) ? histories.loadSample(args) : err({ code: 'notReady' })),
        retry: async () => {
          writer.retryNow();
          if (board.phase === 'blocked') await opening.begin();
        },
      },
      { touches, lsn: () => desk.lsn, settled, isReady: () => board.phase === 'ready', bug },
    ),
  );

  const stop = async (): Promise<void> => {
    journal.end();
    database.end();
    queue.close();
    await agreement.close();
    await writer.settled();
    await run.housekeeper?.finish();
    desk.store?.close();
  };

  return {
    start: async () => {
      host.onWindow(serve);
      host.onFinish?.(stop);
      await opening.begin(() => session.recall());
    },
    stop,
    status: () => board.status(),
  };
}
