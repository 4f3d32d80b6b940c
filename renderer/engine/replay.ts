import type { Frame, JournalError } from '#contracts/host/engine-host.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { ok, type Result } from '#domain/result.ts';
import type { DeskStore, StoreBatch } from '#renderer/data/desk-store.ts';
import type { SyncRecord, SyncRow } from '#renderer/data/sync-records.ts';
import type { AcceptedCommand } from '#sync/authority/store.ts';
import { WorkingDesk } from '#sync/authority/working-desk.ts';
import { storeBatch } from './frame-batch.ts';
import { replayStage } from './replay-stage.ts';
import { appliedThrough, type ReplayPorts, type ReplayState } from './replay-state.ts';
import { adoptBody } from './stage-lines.ts';

const READ_BYTES = 4 * 1024 * 1024;
const FRAMES_AT_ONCE = 500;

/**
 * Brings the database from `applied` to the end of the journal. Stored activities are applied, rules are not run
 * again; what a row has folded already does nothing, so pages of a snapshot may be of different ages.
 */
export async function replay(state: ReplayState, ports: ReplayPorts): Promise<Result<number, JournalError>> {
  const from = state.applied.appliedLsn + 1;
  let count = 0;
  for (let next: number | null = from; next !== null; ) {
    const read = await ports.host.journal.read({ fromLsn: next, maxBytes: READ_BYTES });
    if (!read.ok) return read;
    for (let at = 0; at < read.value.frames.length; at += FRAMES_AT_ONCE) {
      const frames = read.value.frames.slice(at, at + FRAMES_AT_ONCE);
      const replayed = await replayFrames(frames, state, ports);
      if (!replayed.ok) return replayed;
      count += frames.length;
      ports.progress(state.applied.appliedLsn);
    }
    next = read.value.nextLsn;
  }
  return ok(count);
}

/** Commands between two adoptions make one transaction. */
async function replayFrames(
  frames: readonly Frame[],
  state: ReplayState,
  ports: ReplayPorts,
): Promise<Result<null, JournalError>> {
  let plain: Frame[] = [];
  for (const frame of frames) {
    if (frame.kind !== 'adoptCommit') {
      plain.push(frame);
      continue;
    }
    await replayPlain(plain, state, ports);
    plain = [];
    const body = adoptBody(frame.body);
    const staged = body ? await replayStage(body, frame, state, ports) : ok(null);
    if (!staged.ok) return staged;
    if (!body) ports.lost('adoptCommit', frame.lsn);
  }
  await replayPlain(plain, state, ports);
  return ok(null);
}

async function replayPlain(frames: readonly Frame[], state: ReplayState, ports: ReplayPorts): Promise<void> {
  const last = frames.at(-1);
  if (!last) return;
  const working = new WorkingDesk({
    incidents: await ports.store.incidents(subjectsOf(frames)),
    timelines: new Map(),
    commands: new Map(),
    record: (kind, id) => state.directory.get(kind, id),
    records: (kind) => state.directory.all(kind),
    matrix: state.configuration.matrix ?? DEFAULT_MATRIX,
    highestNumber: 0,
    isNumberTaken: () => false,
  });
  const made: { accepted: AcceptedCommand; activities: readonly Activity[] }[] = [];
  for (const frame of frames) {
    working.apply(frame.lsn, frame.activities);
    if (frame.kind === 'command' && frame.command)
      made.push({
        accepted: working.accepted(frame.command, frame.lsn, frame.activities),
        activities: frame.activities,
      });
  }
  const batch = storeBatch(working.effects(), made, appliedThrough(frames, state));
  await write({ ...batch, alerts: alertsOf(frames), sync: frames.flatMap(syncRow) }, state, ports.store);
}

const subjectsOf = (frames: readonly Frame[]): Id[] => [
  ...new Set(
    frames.flatMap(({ activities }) =>
      activities.flatMap(({ subject }) => (subject.kind === 'incident' ? [subject.id] : [])),
    ),
  ),
];

/** Leaves out what the database holds in a younger version, and keeps `state` in step with it. */
async function write(batch: StoreBatch, state: ReplayState, store: DeskStore): Promise<void> {
  const directory = batch.directory.filter((row) => row.lsn > state.directory.lsnOf(row.kind, row.id));
  const newer = batch.configuration && batch.configuration.lsn > state.configuration.lsn;
  const configuration = newer ? batch.configuration : null;
  await store.apply({ ...batch, directory, configuration });
  for (const row of directory) state.directory.put(row);
  state.configuration = configuration ?? state.configuration;
  state.applied = batch.applied;
}

const syncRow = ({ kind, lsn, body }: Frame): SyncRow[] =>
  kind === 'sync' ? [{ lsn, records: syncRecords(body) }] : [];

/** `body` of a `sync` frame. Written by this engine and checked by the journal's checksums. */
const syncRecords = (body: unknown): readonly SyncRecord[] =>
  body instanceof Object && 'records' in body && Array.isArray(body.records) ? body.records : [];

function alertsOf(frames: readonly Frame[]): readonly AlertRecord[] {
  const records = frames.flatMap(({ kind, body }) => (kind === 'ledger' ? ledgerRecords(body) : []));
  return [...new Map(records.map((record) => [record.id, record])).values()];
}

/** `body` of a `ledger` frame. Written by this engine and checked by the journal's checksums. */
export const ledgerRecords = (body: unknown): readonly AlertRecord[] =>
  body instanceof Object && 'alerts' in body && Array.isArray(body.alerts) ? body.alerts : [];
