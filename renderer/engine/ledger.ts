import type { JournalError } from '#contracts/host/engine-host.ts';
import type { Instant } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import { emptyBatch } from './frame-batch.ts';
import type { LiveDesk } from './live-desk.ts';
import { deskFrame, type Log } from './log.ts';
import { inRuns } from './runs.ts';

interface LedgerPorts {
  readonly desk: LiveDesk;
  log(): Log | null;
  now(): Instant;
  refused(error: JournalError): void;
}

/** Alerts of one frame: an import can raise tens of thousands at once, and a frame is bounded. */
const ALERTS_PER_FRAME = 1_000;

/** How far the log is now, for the batch that brings the database there. */
export const appliedNow = (log: Log, now: Instant) => ({
  journalId: log.opening.journalId,
  appliedLsn: log.lastLsn,
  counters: log.allCounters(),
  savedAt: now,
});

/** The ledger of alerts: durable in the journal like everything else, in the order told. */
export const createLedger = ({ desk, log, now, refused }: LedgerPorts) => ({
  append: async (alerts: readonly AlertRecord[]): Promise<void> => {
    const open = log();
    if (!open || alerts.length === 0) return;
    const frames = inRuns(alerts, { items: ALERTS_PER_FRAME }).map((some) => deskFrame('ledger', { alerts: some }));
    await open.alone(async () => {
      const appended = await open.append(frames);
      if (!appended.ok) return refused(appended.error);
      return desk.install({ ...emptyBatch(appliedNow(open, now())), alerts });
    });
  },
});
