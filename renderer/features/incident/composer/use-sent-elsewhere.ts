import { useEffect } from 'react';
import type { Activity } from '#domain/activity/activity.ts';
import { isEntry } from '#domain/command/deciders/reply.ts';
import type { KeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import type { EntryContent } from './entry-content.schema.ts';

/**
 * An entry carries the id of the draft it was written in. Once the story has it, another window has sent what stands
 * here: it goes from this field, and nobody sends it a second time.
 */
export function useSentElsewhere(
  timeline: readonly Activity[],
  kept: KeptDraft<EntryContent> | null,
  sending: boolean,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed changes nothing of what was sent
  useEffect(() => {
    if (!kept || sending) return;
    const entry = timeline.find((activity) => isEntry([activity], kept.draftId));
    if (entry) kept.usedUp(entry.recordedAt);
  }, [timeline, kept?.draftId, sending]);
}
