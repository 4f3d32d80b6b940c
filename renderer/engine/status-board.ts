import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { LiveDesk } from './live-desk.ts';

type Said = Pick<EngineStatus, 'phase' | 'trouble' | 'rebuilt' | 'progress' | 'sample' | 'quarantined'>;

/** The engine's own state, as the status bar words it. */
export class StatusBoard {
  private said: Said = {
    phase: 'starting',
    trouble: null,
    rebuilt: null,
    progress: null,
    sample: null,
    quarantined: 0,
  };
  private readonly desk: LiveDesk;
  private readonly keptIn: EngineStatus['keptIn'];
  /** What the database holds; the rest is in the journal only, which is enough. */
  private appliedLsn = 0;

  constructor(desk: LiveDesk, keptIn: EngineStatus['keptIn']) {
    this.desk = desk;
    this.keptIn = keptIn;
  }

  get phase(): EngineStatus['phase'] {
    return this.said.phase;
  }

  get trouble(): EngineStatus['trouble'] {
    return this.said.trouble;
  }

  say(change: Partial<Said>): void {
    this.said = { ...this.said, ...change };
    this.desk.touch('status');
  }

  applied(lsn: number): void {
    this.appliedLsn = lsn;
    this.desk.touch('status');
  }

  status(): EngineStatus {
    const { desk } = this;
    return {
      ...this.said,
      lastLsn: desk.lsn,
      appliedLsn: this.appliedLsn,
      savedAt: desk.applied.savedAt,
      keptIn: this.keptIn,
      incidents: desk.index.size,
      mode: desk.membership.phase === 'joined' ? 'shared' : 'alone',
    };
  }
}
