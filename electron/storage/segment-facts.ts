import type { Frame } from '#contracts/host/engine-host.ts';
import { committedStage, consumedAt, type Id, type Instant, raiseCounter } from '#contracts/host/host-rules.ts';

/** What a start needs to know of frames without reading them again. */
export interface SegmentFacts {
  readonly counters: Record<Id, number>;
  /** Drafts consumed: by which frame, and the moment after which such a draft would be a new text. */
  readonly consumed: Record<Id, { readonly lsn: number; readonly at: Instant }>;
  /** Import stages made visible, with the lsn of their commit frame. */
  readonly commits: Record<Id, number>;
}

export const noFacts = (): SegmentFacts => ({ counters: {}, consumed: {}, commits: {} });

export function noteFrame(facts: SegmentFacts, frame: Frame): void {
  raiseCounter(facts.counters, frame.person, frame.seq);
  if (frame.draftId !== undefined) facts.consumed[frame.draftId] = { lsn: frame.lsn, at: consumedAt(frame) };
  const stageId = committedStage(frame);
  if (stageId !== null) facts.commits[stageId] = frame.lsn;
}

/** Adds what frames before `beforeLsn` say; later ones were taken over by another segment. Counters always rise. */
export function noteFacts(facts: SegmentFacts, more: SegmentFacts, beforeLsn = Number.MAX_SAFE_INTEGER): void {
  for (const [person, seq] of Object.entries(more.counters)) raiseCounter(facts.counters, person, seq);
  for (const [id, by] of Object.entries(more.consumed)) if (by.lsn < beforeLsn) facts.consumed[id] = by;
  for (const [id, lsn] of Object.entries(more.commits)) if (lsn < beforeLsn) facts.commits[id] = lsn;
}
