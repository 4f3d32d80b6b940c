import { type EngineFiles, LOOSE_GRACE, type LooseFile } from '#contracts/host/files-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { attachmentsIn } from '#domain/incident/attachments.ts';
import type { LiveDesk } from './live-desk.ts';

export interface LooseFilesPorts {
  readonly files: EngineFiles;
  readonly desk: Pick<LiveDesk, 'timeline' | 'isTimelineWhole'>;
  now(): Instant;
  /** Refused commands that somebody may still give again: one of them may be what names a file. */
  parked(): Promise<number>;
}

/** A log names the file, none does, or that can't be said now. */
type Verdict = 'named' | 'nobody' | 'unknown';

/**
 * Says of files that were added and never heard of again whether the log names them. Only the log decides: what it
 * names is kept for good, what it does not was given up (a refused command, a crash, a window closed) and goes.
 */
export async function settleLooseFiles(ports: LooseFilesPorts): Promise<void> {
  const { files, now, parked } = ports;
  const loose = await files.loose({ before: now() - LOOSE_GRACE });
  if (loose.length === 0) return;
  const mayForget = (await parked()) === 0;
  for (const file of loose) {
    const verdict = await judge(ports, file);
    if (verdict === 'named') await files.settle({ sha256: file.sha256, attached: true });
    if (verdict === 'nobody' && mayForget) await files.settle({ sha256: file.sha256, attached: false });
  }
}

async function judge({ desk }: LooseFilesPorts, { sha256, incidentIds }: LooseFile): Promise<Verdict> {
  const seen = await Promise.all(incidentIds.map((id: Id) => namedBy(desk, id, sha256)));
  if (seen.includes('named')) return 'named';
  return seen.includes('unknown') ? 'unknown' : 'nobody';
}

async function namedBy(desk: LooseFilesPorts['desk'], incidentId: Id, sha256: string): Promise<Verdict> {
  // Also what was taken off: the log names it, and so it is kept.
  if (attachmentsIn(await desk.timeline(incidentId)).some((attachment) => attachment.sha256 === sha256)) return 'named';
  return (await desk.isTimelineWhole(incidentId)) ? 'nobody' : 'unknown';
}
