import { create } from 'zustand';

/**
 * The log position of this window's latest own command. What a person did themselves shows at once; what others
 * did waits until it does not move the row under the pointer.
 */
const useStore = create<{ lsn: number }>(() => ({ lsn: 0 }));

export const useOwnLsn = (): number => useStore((state) => state.lsn);

export const noteOwnChange = (lsn: number): void => useStore.setState((state) => ({ lsn: Math.max(state.lsn, lsn) }));
