import type { Connection } from '#contracts/engine/agreement.ts';

/** A joined desk for tests of screens; say only what matters. */
export const joined = (changes: Partial<Connection> = {}): Connection => ({
  mode: 'joined',
  address: 'https://desk.example.org',
  people: [],
  tokens: 'kept',
  states: [{ kind: 'upToDate' }],
  syncedAt: Date.now() - 60_000,
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
  ...changes,
});
