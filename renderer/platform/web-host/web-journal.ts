import type { EngineHost, Frame, JournalError } from '#contracts/host/engine-host.ts';
import { committedStage, consumedAt, encodeBatch, raiseCounter, refuse } from '#contracts/host/host-rules.ts';
import type { Id } from '#domain/activity/activity.ts';
import { ok, type Result } from '#domain/result.ts';
import type { JournalDatabase, JournalRow } from './journal-database.ts';
import type { ConsumedDrafts } from './web-drafts.ts';
import { coded, guarded } from './web-faults.ts';

/** Frames fetched at a time while reading. */
const READ_ROWS = 200;

const freshRow = (newId: () => Id): JournalRow => ({
  key: 'journal',
  journalId: newId(),
  device: newId(),
  fence: 0,
  lastLsn: 0,
  firstLsn: 1,
  counters: {},
});

async function mustRow(db: JournalDatabase): Promise<JournalRow> {
  const row = await db.journalRow();
  if (!row) throw new Error('the journal has no identity row inside a guarded transaction');
  return row;
}

async function keepEffects(db: JournalDatabase, frame: Frame, consumed: ConsumedDrafts): Promise<void> {
  const stageId = committedStage(frame);
  if (stageId !== null) await db.stages.update(stageId, { committedLsn: frame.lsn });
  if (frame.draftId !== undefined) await consumed.take(frame.draftId, consumedAt(frame));
}

async function unsealed(db: JournalDatabase, frames: readonly Frame[]): Promise<Result<never, JournalError> | null> {
  for (const frame of frames) {
    if (frame.kind !== 'adoptCommit') continue;
    const stageId = committedStage(frame);
    const stage = stageId === null ? undefined : await db.stages.get(stageId);
    if (!stage?.sealed) return refuse('notFound', 'no sealed stage');
  }
  return null;
}

/** Frames in one strict transaction each batch: it is the append's write and its fsync. */
export function webJournal(db: JournalDatabase, newId: () => Id, consumed: ConsumedDrafts): EngineHost['journal'] {
  return {
    open: () =>
      coded(db, () =>
        db.transaction('rw', db.meta, db.stages, async () => {
          const stored = (await db.journalRow()) ?? freshRow(newId);
          const row = { ...stored, fence: stored.fence + 1 };
          await db.meta.put(row);
          const stages = await db.stages.toArray();
          const { fence, journalId, device, lastLsn, firstLsn, counters } = row;
          return ok({
            fence,
            journalId,
            device,
            deviceIsNew: false,
            lastLsn,
            firstLsn,
            counters,
            quarantined: [],
            tornTail: false,
            openStages: stages.filter((stage) => stage.committedLsn === null).map((stage) => stage.id),
          });
        }),
      ),

    append: (args) =>
      guarded(db, args.fence, async () => {
        const row = await mustRow(db);
        const encoded = encodeBatch(row, args);
        if (!encoded.ok) return encoded;
        const fault = await unsealed(db, args.frames);
        if (fault) return fault;
        await db.frames.bulkAdd(encoded.value.map((text, index) => ({ lsn: args.expectedLsn + index, text })));
        const counters = { ...row.counters };
        for (const frame of args.frames) {
          raiseCounter(counters, frame.person, frame.seq);
          await keepEffects(db, frame, consumed);
        }
        const lastLsn = row.lastLsn + args.frames.length;
        await db.meta.put({ ...row, lastLsn, counters });
        return ok({ lastLsn });
      }),

    read: ({ fromLsn, maxBytes }) =>
      coded(db, () => db.transaction('r', db.meta, db.frames, () => readFrames(db, fromLsn, maxBytes))),

    restartAt: ({ fence, lsn }) =>
      guarded(db, fence, async () => {
        const row = await mustRow(db);
        if (lsn < row.lastLsn) return refuse('unexpectedLsn', `the log ends at ${row.lastLsn}`);
        if (lsn === row.lastLsn) return ok(null);
        await db.frames.clear();
        await db.meta.put({ ...row, lastLsn: lsn, firstLsn: lsn + 1 });
        return ok(null);
      }),

    compact: ({ fence, throughLsn }) =>
      guarded(db, fence, async () => {
        const row = await mustRow(db);
        const removed = await db.frames.where('lsn').belowOrEqual(throughLsn).delete();
        const firstLsn = Math.max(row.firstLsn, Math.min(throughLsn, row.lastLsn) + 1);
        await db.meta.put({ ...row, firstLsn });
        const covered = await db.stages
          .filter(({ committedLsn }) => (committedLsn ?? Infinity) <= throughLsn)
          .toArray();
        for (const { id } of covered) {
          await db.stages.delete(id);
          await db.stageChunks.where('[stageId+firstLine]').between([id, 0], [id, Infinity]).delete();
        }
        return ok({ removedSegments: removed > 0 ? 1 : 0 });
      }),
  };
}

interface Part {
  readonly frames: readonly Frame[];
  readonly nextLsn: number | null;
}

async function readFrames(db: JournalDatabase, fromLsn: number, maxBytes: number): Promise<Result<Part, JournalError>> {
  const row = await db.journalRow();
  if (fromLsn < (row?.firstLsn ?? 1)) return refuse('notFound', `the journal begins at ${row?.firstLsn ?? 1}`);
  const frames: Frame[] = [];
  let size = 0;
  for (let from = fromLsn; ; ) {
    const rows = await db.frames.where('lsn').aboveOrEqual(from).limit(READ_ROWS).toArray();
    for (const { lsn, text } of rows) {
      if (frames.length > 0 && size + text.length > maxBytes) return ok({ frames, nextLsn: lsn });
      size += text.length;
      frames.push(JSON.parse(text));
    }
    if (rows.length < READ_ROWS) return ok({ frames, nextLsn: null });
    from = (rows.at(-1)?.lsn ?? from) + 1;
  }
}
