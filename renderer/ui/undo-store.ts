import { create } from 'zustand';
import type { Id } from '#domain/activity/activity.ts';

/** What was just done, in one sentence, and the commands that taking it back would undo. */
export interface UndoableDeed {
  readonly sentence: string;
  readonly commandIds: readonly Id[];
}

interface UndoState {
  readonly deed: UndoableDeed | null;
  offer(deed: UndoableDeed): void;
  withdraw(): void;
}

/** At most one offer at a time: the last deed of this window. */
export const useUndoStore = create<UndoState>((set) => ({
  deed: null,
  offer: (deed) => set({ deed }),
  withdraw: () => set({ deed: null }),
}));
