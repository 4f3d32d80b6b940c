import { authorityStoreSuite } from './authority-store.suite.ts';
import { createMemoryStore } from './memory-store.ts';

authorityStoreSuite('a store in memory', async () => {
  const store = createMemoryStore();
  return { store, fail: store.fail };
});
