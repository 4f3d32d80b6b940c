import type { JournalError, JournalOpening } from '#contracts/host/engine-host.ts';
import type { DeskStore } from '#renderer/data/desk-store.ts';
import { type DatabaseError, diagnose } from '#renderer/data/open-failure.ts';
import type { Batch } from '#sync/authority/store.ts';
import type { DeskAgreement } from './agreement/desk-agreement.ts';
import type { AlertEngine } from './alerts/alert-engine.ts';
import { bringUp, troubleOf } from './bring-up.ts';
import { reportBug } from './bug-report.ts';
import { type CommandQueue, type Judge, judgeAlone } from './command-queue.ts';
import type { DatabaseWriter } from './database-writer.ts';
import type { DraftShelf } from './draft-shelf.ts';
import type { EngineEnvironment } from './environment.ts';
import type { Histories } from './histories.ts';
import { Housekeeper } from './housekeeper.ts';
import { journalStore } from './journal-store.ts';
import type { LiveDesk } from './live-desk.ts';
import { Log } from './log.ts';
import { settleLooseFiles } from './loose-files.ts';
import type { Reconciled, ReconcileFault } from './reconcile.ts';
import type { DeskSession } from './session.ts';
import { SnapshotKeeper } from './snapshots.ts';
import type { StatusBoard } from './status-board.ts';

interface DeskRunPorts {
  readonly environment: EngineEnvironment;
  readonly desk: LiveDesk;
  readonly board: StatusBoard;
  readonly queue: CommandQueue;
  readonly drafts: DraftShelf;
  readonly session: DeskSession;
  readonly alerts: AlertEngine;
  readonly histories: Histories;
  readonly writer: DatabaseWriter;
  readonly agreement: DeskAgreement;
  storeFirstPage(): Promise<void>;
  refused(error: JournalError): void;
  committed(batch: Batch): void;
  databaseFailed(error: DatabaseError): void;
  /** It can't be opened. */
  blocked(fault: ReconcileFault): Promise<void>;
}

/** What was being judged when the desk is opened anew is waited for; not for ever, the database may be to blame. */
const LONGEST_DRAIN_MS = 2_000;

/** What there is while a desk is open: its journal and its housekeeping. Opened anew, it has new ones. */
export class DeskRun {
  private readonly ports: DeskRunPorts;
  private current: Log | null = null;
  private keeper: Housekeeper | null = null;

  constructor(ports: DeskRunPorts) {
    this.ports = ports;
  }

  get log(): Log | null {
    return this.current;
  }

  get housekeeper(): Housekeeper | null {
    return this.keeper;
  }

  /** Lets go of what is open, makes journal and database agree, and takes up work. */
  async open(): Promise<void> {
    const { environment, desk, board } = this.ports;
    const { host, elapsed } = environment;
    const began = elapsed();
    host.log('info', 'bringingUp');
    await this.letGo();
    const up = await this.bringUp();
    if (!up.ok) {
      host.log('error', 'blocked', { where: up.error.where, code: up.error.error.code });
      board.say({ trouble: troubleOf(up.error), progress: null });
      return this.ports.blocked(up.error);
    }
    const { rebuilt, opening } = up.value;
    const took = Math.round(elapsed() - began);
    host.log('info', 'up', { rebuilt: rebuilt ?? 'no', lsn: opening.lastLsn, incidents: desk.index.size, took });
    await this.goOn(up.value);
  }

  private async letGo(): Promise<void> {
    const { desk, board, queue, histories } = this.ports;
    queue.close();
    board.say({ phase: 'reconciling', trouble: null });
    await this.drained();
    histories.reset();
    await this.ports.agreement.close();
    this.keeper?.stop();
    desk.store?.close();
    desk.store = null;
    // Whatever waits for the database is in the journal, and comes from there.
    desk.overlay.clear();
  }

  /** A command that is being judged sees the desk it began with, and no half-empty one. */
  private async drained(): Promise<void> {
    const { log } = this;
    if (log === null) return;
    await new Promise<void>((resolve) => {
      const cancel = this.ports.environment.after(LONGEST_DRAIN_MS, resolve);
      void log.alone(async () => {
        cancel();
        resolve();
      });
    });
  }

  private async bringUp(): ReturnType<typeof bringUp> {
    const { environment, desk, board, drafts } = this.ports;
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
      databaseLost: () => this.ports.databaseFailed({ code: 'damaged', names: ['closed'] }),
    });
    await kept;
    return up;
  }

  private async goOn({ opening, rebuilt, store }: Reconciled): Promise<void> {
    const { environment, desk, board, queue, session, alerts, refused, committed } = this.ports;
    const { host, now, zone } = environment;
    const log = new Log(host, opening, desk.applied.counters);
    this.current = log;
    const shared = await this.openShare(opening);
    if (shared === 'blocked') return;
    board.applied(desk.applied.appliedLsn);
    board.say({
      phase: 'ready',
      trouble: null,
      progress: null,
      rebuilt: rebuilt ? { reason: rebuilt, incidents: desk.index.size } : null,
    });
    session.restore();
    alerts.restore((await desk.store?.alerts()) ?? []);
    desk.touch('incidents', 'directory', 'configuration', 'session', 'alerts');
    queue.open(shared ?? judgeAlone(journalStore({ desk, log, now, refused, committed }), log, zone));
    this.keepHouse(store, opening).catch((cause: unknown) => reportBug(host.log, 'housekeeping', cause));
  }

  /** Who judges at a desk that follows a server; null at one that works alone. Without room for it there is no desk. */
  private async openShare(opening: JournalOpening): Promise<Judge | null | 'blocked'> {
    try {
      return await this.ports.agreement.open(opening);
    } catch (cause) {
      const fault: ReconcileFault = { where: 'database', error: diagnose(cause) };
      reportBug(this.ports.environment.host.log, 'openShare', cause);
      this.ports.board.say({ trouble: troubleOf(fault), progress: null });
      await this.ports.blocked(fault);
      return 'blocked';
    }
  }

  private async keepHouse(store: DeskStore, opening: JournalOpening): Promise<void> {
    const { environment, desk, queue, histories, alerts, storeFirstPage } = this.ports;
    const { host, newId, now, breathe, elapsed, after } = environment;
    const ending = new AbortController();
    const snapshots = new SnapshotKeeper({ host, opening, store, newId, now, breathe, signal: ending.signal });
    const keeper = new Housekeeper({
      desk,
      snapshots,
      ending,
      elapsed,
      breathe,
      after,
      busy: () => queue.length > 0 || histories.isBusy(),
      expiredAlerts: () => alerts.prune(),
      storeFirstPage,
      retell: async () => {
        await this.ports.agreement.retell();
        await this.ports.writer.settled();
      },
      settleFiles: () =>
        settleLooseFiles({
          files: host.files,
          desk,
          now,
          parked: async () => (await this.ports.agreement.connection()).parked,
        }),
      failed: (where, cause) => reportBug(host.log, where, cause),
    });
    this.keeper = keeper;
    this.ports.writer.wake();
    await snapshots.begin();
    keeper.begin();
  }
}
