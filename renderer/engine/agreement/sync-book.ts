import type { JournalError } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { SyncRecord } from '#renderer/data/sync-records.ts';
import { emptyBatch } from '../frame-batch.ts';
import { appliedNow } from '../ledger.ts';
import type { LiveDesk } from '../live-desk.ts';
import { deskFrame, type Log } from '../log.ts';
import { membershipOf } from './membership.ts';
import { retellingOf } from './retelling.ts';

interface BookPorts {
  readonly desk: LiveDesk;
  /** The open journal; null while the desk is being opened. */
  log(): Log | null;
  now(): Instant;
  refused(error: JournalError): void;
}

/** A draft that is no draft any more once the frame is durable. */
export interface Consumed {
  readonly draftId: Id;
  readonly recordedAt: Instant;
}

/** What happens to this desk's share, kept in the journal; the database follows. */
export class SyncBook {
  private readonly ports: BookPorts;

  constructor(ports: BookPorts) {
    this.ports = ports;
  }

  /** Everything ever written down, in its order. */
  async records(): Promise<readonly SyncRecord[]> {
    const { desk } = this.ports;
    // In this order: what is written meanwhile is found twice rather than not at all.
    const waiting = desk.overlay.sync();
    const stored = (await desk.store?.sync()) ?? [];
    const rows = new Map([...stored, ...waiting, ...desk.overlay.sync()].map((row) => [row.lsn, row]));
    return [...rows.values()].sort((one, other) => one.lsn - other.lsn).flatMap((row) => row.records);
  }

  /** One frame, one fsync: all of them are durable afterwards, or none. */
  async append(records: readonly SyncRecord[], consumed: Consumed | null = null): Promise<Result<null, JournalError>> {
    const { desk, now } = this.ports;
    const log = this.ports.log();
    if (!log) return err({ code: 'staleFence' });
    const recordedAt = consumed?.recordedAt ?? now();
    const frame = deskFrame('sync', { records, recordedAt });
    const appended = await log.alone(async () => {
      const done = await log.append([consumed === null ? frame : { ...frame, draftId: consumed.draftId }]);
      if (done.ok) desk.install({ ...emptyBatch(appliedNow(log, now())), sync: [{ lsn: log.lastLsn, records }] });
      return done;
    });
    if (appended.ok) return ok(null);
    this.ports.refused(appended.error);
    return appended;
  }

  /**
   * Tells everything anew when that takes far fewer records than were written, so that what is settled leaves journal
   * and database; nothing is written meanwhile that it would not tell.
   */
  async retell(): Promise<void> {
    const { desk, now } = this.ports;
    const log = this.ports.log();
    if (!log) return;
    const refused = await log.alone(async () => {
      // Records that are not in the database yet are with the desk, and only a desk that is open has both.
      if (desk.store === null) return null;
      const records = await this.records();
      const parts = retellingOf(records, membershipOf(records));
      if (parts === null) return null;
      const first = log.lastLsn + 1;
      const done = await log.append(parts.map((part) => deskFrame('sync', { records: [part], recordedAt: now() })));
      if (!done.ok) return done.error;
      const sync = parts.map((part, at) => ({ lsn: first + at, records: [part] }));
      desk.install({ ...emptyBatch(appliedNow(log, now())), sync });
      return null;
    });
    if (refused !== null) this.ports.refused(refused);
  }
}
