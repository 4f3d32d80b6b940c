import { describeClientStore } from './client-store.suite.ts';
import { createMemoryClientStore } from './memory-client-store.ts';

describeClientStore('memory', async () => createMemoryClientStore());
