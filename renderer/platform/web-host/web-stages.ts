import type { EngineHost } from '#contracts/host/engine-host.ts';
import { isId, refuse, stageLinesFault } from '#contracts/host/host-rules.ts';
import type { Id } from '#domain/activity/activity.ts';
import { ok } from '#domain/result.ts';
import type { JournalDatabase, StageRow } from './journal-database.ts';
import { coded, guarded } from './web-faults.ts';

const emptyStage = (id: Id): StageRow => ({ id, lines: 0, bytes: 0, sealed: false, committedLsn: null });

/** UTF-8 bytes of the lines with a newline after each. */
const bytesOf = (lines: readonly string[]) => {
  const encoder = new TextEncoder();
  return lines.reduce((sum, line) => sum + encoder.encode(line).length + 1, 0);
};

export function webStages(db: JournalDatabase): EngineHost['stages'] {
  const chunksFrom = (stageId: Id, firstLine: number) =>
    db.stageChunks.where('[stageId+firstLine]').between([stageId, firstLine], [stageId, Number.POSITIVE_INFINITY]);

  /** First line of the chunk that holds `line`. */
  const chunkOf = async (stageId: Id, line: number): Promise<number> => {
    const before = db.stageChunks.where('[stageId+firstLine]').between([stageId, 0], [stageId, line], true, true);
    return (await before.last())?.firstLine ?? 0;
  };

  return {
    append: ({ fence, stageId, lines }) =>
      guarded(db, fence, async () => {
        const fault = stageLinesFault(stageId, lines);
        if (fault) return fault;
        const stage = (await db.stages.get(stageId)) ?? emptyStage(stageId);
        if (stage.committedLsn !== null) return refuse('badArguments', 'the stage is committed');
        if (lines.length > 0) await db.stageChunks.add({ stageId, firstLine: stage.lines, lines });
        const grown = { lines: stage.lines + lines.length, bytes: stage.bytes + bytesOf(lines), sealed: false };
        await db.stages.put({ ...stage, ...grown });
        return ok(null);
      }),

    seal: ({ fence, stageId }) =>
      guarded(db, fence, async () => {
        const stage = isId(stageId) ? await db.stages.get(stageId) : undefined;
        if (!stage) return refuse('notFound');
        await db.stages.put({ ...stage, sealed: true });
        return ok({ bytes: stage.bytes, lines: stage.lines });
      }),

    read: ({ stageId, fromLine, maxBytes }) =>
      coded(db, () =>
        db.transaction('r', db.stages, db.stageChunks, async () => {
          if (!isId(stageId) || !(await db.stages.get(stageId))) return refuse('notFound');
          const lines: string[] = [];
          let size = 0;
          let nextLine: number | null = null;
          for (let from = await chunkOf(stageId, fromLine); nextLine === null; ) {
            const chunk = await chunksFrom(stageId, from).first();
            if (!chunk) break;
            for (const [index, line] of chunk.lines.entries()) {
              if (chunk.firstLine + index < fromLine) continue;
              if (lines.length > 0 && size + line.length > maxBytes) {
                nextLine = chunk.firstLine + index;
                break;
              }
              size += line.length;
              lines.push(line);
            }
            from = chunk.firstLine + 1;
          }
          return ok({ lines, nextLine });
        }),
      ),

    discard: ({ fence, stageId }) =>
      guarded(db, fence, async () => {
        if (!isId(stageId)) return refuse('badArguments', 'stageId is no UUID');
        const stage = await db.stages.get(stageId);
        if (stage && stage.committedLsn !== null) return refuse('badArguments', 'the stage is committed');
        await db.stages.delete(stageId);
        await chunksFrom(stageId, 0).delete();
        return ok(null);
      }),
  };
}
