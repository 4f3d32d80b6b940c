import type { JournalError } from '#contracts/host/engine-host.ts';
import { journalTrouble } from './bring-up.ts';
import type { EngineEnvironment } from './environment.ts';
import { SpaceWatch } from './space-watch.ts';
import type { StatusBoard } from './status-board.ts';

interface JournalGuardPorts extends Pick<EngineEnvironment, 'after'> {
  readonly board: StatusBoard;
  readonly log: EngineEnvironment['host']['log'];
  /** A small write that must succeed before the journal can. */
  probe(): Promise<boolean>;
  /** Another engine writes now: this one must not any more. */
  takenOver(): void;
  /** The journal's end is not where it was thought to be. */
  openAnew(): void;
}

/** What happens when the journal takes nothing: said on the status bar, and looked after until it is over. */
export class JournalGuard {
  private readonly ports: JournalGuardPorts;
  private readonly space: SpaceWatch;

  constructor(ports: JournalGuardPorts) {
    this.ports = ports;
    const { probe, after, board } = ports;
    this.space = new SpaceWatch({ probe, after, recovered: () => board.say({ trouble: null }) });
  }

  refused(error: JournalError): void {
    const { board, log, takenOver, openAnew } = this.ports;
    // The journal was opened anew meanwhile: what was on its way under the old fence is nobody's trouble.
    if (board.phase === 'reconciling') return;
    log('error', 'journal.refused', { code: error.code });
    board.say({ trouble: journalTrouble(error) });
    if (error.code === 'diskFull') this.space.begin();
    if (error.code === 'staleFence') takenOver();
    else if (error.code === 'unexpectedLsn') openAnew();
  }

  /** It took something: whatever was the matter is over. */
  wrote(): void {
    const { board } = this.ports;
    this.space.end();
    if (board.trouble === 'diskFull' || board.trouble === 'journalFailed') board.say({ trouble: null });
  }

  end(): void {
    this.space.end();
  }
}
