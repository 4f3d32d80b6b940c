import { useEffect, useState } from 'react';
import type { Activity } from '#domain/activity/activity.ts';
import type { KeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import type { ComposerTab, EntryContent } from './entry-content.schema.ts';
import { type ReturnedText, returnedTexts, withBelow } from './returned-text.ts';

type Drafts = Readonly<Record<ComposerTab, KeptDraft<EntryContent> | null>>;

export interface Returned {
  /** The tab whose field a text came back to, until something is written or sent. */
  readonly backIn: ComposerTab | null;
  /** What waits because its field holds something else. */
  readonly waiting: ReturnedText | null;
  /** Puts what waits below what is written. */
  add(): void;
  /** Nothing more is said of it. */
  settle(): void;
}

/**
 * What an undo took out of the story comes back to the field it was written in, so that it can be mended and sent.
 * A field that holds something else is left alone: the text waits beside it, and can be put below.
 */
export function useReturnedText(
  timeline: readonly Activity[],
  drafts: Drafts,
  zone: string,
  onReturned: (tab: ComposerTab) => void,
): Returned {
  const undone = useUndoStore((state) => state.undone);
  const [backIn, setBackIn] = useState<ComposerTab | null>(null);
  const [waiting, setWaiting] = useState<ReturnedText | null>(null);
  const found = undone.length === 0 ? undefined : returnedTexts(timeline, undone, zone)[0];
  const kept = found && drafts[found.tab];

  // biome-ignore lint/correctness/useExhaustiveDependencies: each command is taken up once, when its draft's place is known
  useEffect(() => {
    if (!found || !kept) return;
    useUndoStore.getState().claimUndone([found.commandId]);
    const free = kept.content.body.trim() === '';
    if (free) kept.change(found.content);
    setBackIn(free ? found.tab : null);
    setWaiting(free ? waiting : found);
    onReturned(found.tab);
  }, [found?.commandId, kept === null]);

  return {
    backIn,
    waiting,
    add: () => {
      const draft = waiting && drafts[waiting.tab];
      if (draft) draft.change(withBelow(draft.content, waiting.content));
      setWaiting(null);
    },
    settle: () => setBackIn(null),
  };
}
