import type { Frame, JournalError } from '#contracts/host/engine-host.ts';
import { committedStage, type Id, type Instant, type Result, refuse } from '#contracts/host/host-rules.ts';
import { asFault } from './faults.ts';
import type { SegmentFacts } from './segment-facts.ts';
import type { Warn } from './segment-log.ts';

/** What other parts of storage do when frames became durable. */
export interface JournalNeighbours {
  readonly isSealed: (stageId: Id) => Promise<boolean>;
  readonly stageCommitted: (stageId: Id, lsn: number) => Promise<void>;
  readonly openStages: () => Promise<readonly Id[]>;
  readonly stagesCovered: (throughLsn: number) => Promise<void>;
  /** Drafts taken in by frames, each with the moment after which it would be a new text. */
  readonly draftsConsumed: (drafts: ReadonlyMap<Id, Instant>) => Promise<void>;
  /** The journal's identity as other files remember it, should its own file be lost. */
  readonly rememberedJournalId: () => Promise<Id | null>;
  readonly warn: Warn;
}

/** A commit frame may only name a stage that is wholly on disk. */
export async function unsealedStage(
  neighbours: JournalNeighbours,
  frames: readonly Frame[],
): Promise<Result<never, JournalError> | null> {
  for (const frame of frames) {
    if (frame.kind !== 'adoptCommit') continue;
    const stageId = committedStage(frame);
    if (stageId === null || !(await neighbours.isSealed(stageId))) return refuse('notFound', 'no sealed stage');
  }
  return null;
}

/**
 * What follows from durable frames: their stages are part of the log, their drafts are gone. The journal says the
 * same at the next start, so a failure here only warns.
 */
export async function settleFacts(neighbours: JournalNeighbours, facts: SegmentFacts): Promise<void> {
  try {
    for (const [stageId, lsn] of Object.entries(facts.commits)) await neighbours.stageCommitted(stageId, lsn);
    const drafts = new Map(Object.entries(facts.consumed).map(([id, by]) => [id, by.at]));
    if (drafts.size > 0) await neighbours.draftsConsumed(drafts);
  } catch (error) {
    neighbours.warn('journal.settleFailed', { code: asFault(error).code });
  }
}
