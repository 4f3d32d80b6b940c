import { create } from 'zustand';
import type { Id } from '#domain/activity/activity.ts';

/** The incident this window recorded last, until its number was read out and put away. */
export interface Recorded {
  readonly incidentId: Id;
  readonly number: string;
  readonly shortDescription: string;
  readonly resolved: boolean;
}

interface RecordedState {
  readonly recorded: Recorded | null;
  show(recorded: Recorded): void;
  dismiss(): void;
}

export const useRecordedStore = create<RecordedState>((set) => ({
  recorded: null,
  show: (recorded) => set({ recorded }),
  dismiss: () => set({ recorded: null }),
}));
