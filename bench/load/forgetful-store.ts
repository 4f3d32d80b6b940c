import { createMemoryClientStore, type MemoryClientStore } from '#sync/client/memory-client-store.ts';

/**
 * A device's store that knows how far it is and what it owes, and forgets every incident: a thousand copies of the
 * same log would measure this machine's memory.
 */
export const createForgetfulStore = (): MemoryClientStore => {
  const store = createMemoryClientStore();
  return {
    ...store,
    apply: (change) => store.apply({ ...change, incidents: [], timelines: new Map(), removed: [] }),
  };
};
