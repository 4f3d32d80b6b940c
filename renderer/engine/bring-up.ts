import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { JournalError, JournalOpening } from '#contracts/host/engine-host.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { type DatabaseError, diagnose } from '#renderer/data/open-failure.ts';
import type { EngineEnvironment } from './environment.ts';
import type { LiveDesk } from './live-desk.ts';
import { loadDesk } from './load-desk.ts';
import { type Reconciled, type ReconcileFault, reconcile } from './reconcile.ts';
import { slices } from './slices.ts';

export interface BringUpPorts {
  readonly environment: EngineEnvironment;
  readonly desk: LiveDesk;
  progress(done: number, total: number): void;
  opened(opening: JournalOpening): void;
  databaseLost(): void;
}

/**
 * Opens the journal, makes the database agree with it, and reads it into the live desk. A database that can be opened
 * but not read is made anew, once.
 */
export async function bringUp(ports: BringUpPorts): Promise<Result<Reconciled, ReconcileFault>> {
  const opened = await ports.environment.host.journal.open();
  if (!opened.ok) return err({ where: 'journal', error: opened.error });
  ports.opened(opened.value);
  const first = await attempt(opened.value, null, ports);
  return !first.ok && isDamage(first.error) ? attempt(opened.value, 'damaged', ports) : first;
}

const isDamage = (fault: ReconcileFault) => fault.where === 'database' && fault.error.code === 'damaged';

async function attempt(
  opening: JournalOpening,
  force: 'damaged' | null,
  ports: BringUpPorts,
): Promise<Result<Reconciled, ReconcileFault>> {
  const { environment, desk } = ports;
  const reconciled = await reconcile({
    host: environment.host,
    databaseName: environment.databaseName,
    opening,
    force,
    progress: ports.progress,
    lost: ports.databaseLost,
    newId: environment.newId,
    now: environment.now,
  });
  if (!reconciled.ok) return reconciled;
  try {
    await loadDesk(desk, reconciled.value.store, slices(environment.elapsed, environment.breathe));
    return ok(reconciled.value);
  } catch (cause) {
    desk.store = null;
    reconciled.value.store.close();
    return err({ where: 'database', error: diagnose(cause) });
  }
}

/** What the status bar says of a desk that can't work. */
export function troubleOf(fault: ReconcileFault): NonNullable<EngineStatus['trouble']> {
  return fault.where === 'journal' ? journalTrouble(fault.error) : databaseTrouble(fault.error);
}

export function journalTrouble({ code }: JournalError): NonNullable<EngineStatus['trouble']> {
  if (code === 'newerFormat') return 'newerJournal';
  if (code === 'staleFence') return 'otherEngine';
  return code === 'diskFull' ? 'diskFull' : 'journalFailed';
}

function databaseTrouble({ code }: DatabaseError): NonNullable<EngineStatus['trouble']> {
  if (code === 'newer') return 'newerDatabase';
  return code === 'quota' ? 'diskFull' : 'databaseBlocked';
}
