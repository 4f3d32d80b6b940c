import { create } from 'zustand';
import type { Id } from '#domain/activity/activity.ts';
import type { CommandName } from '#domain/command/command.ts';

/** What was just done, in one sentence, and the commands that taking it back would undo. */
export interface UndoableDeed {
  readonly sentence: string;
  readonly commandIds: readonly Id[];
  /** What to do instead, where nothing takes the deed back without a trace. */
  readonly proper?: CommandName;
}

interface UndoState {
  readonly deed: UndoableDeed | null;
  /** Commands this window took back, whose texts no screen has given back yet: newest last. */
  readonly undone: readonly Id[];
  offer(deed: UndoableDeed): void;
  withdraw(): void;
  /** Says that commands were taken back, so that what was written with them returns to where one writes. */
  tellUndone(commandIds: readonly Id[]): void;
  /** The texts of these have been given back: once is enough. */
  claimUndone(commandIds: readonly Id[]): void;
}

/** No screen may ever ask for most of them: as many as anybody goes back to are remembered. */
const REMEMBERED = 200;

/** At most one offer at a time: the last deed of this window. */
export const useUndoStore = create<UndoState>((set) => ({
  deed: null,
  undone: [],
  offer: (deed) => set({ deed }),
  withdraw: () => set({ deed: null }),
  tellUndone: (commandIds) => set(({ undone }) => ({ undone: [...undone, ...commandIds].slice(-REMEMBERED) })),
  claimUndone: (commandIds) => set(({ undone }) => ({ undone: undone.filter((id) => !commandIds.includes(id)) })),
}));
