import type { Connection } from '#contracts/engine/agreement.ts';
import type { EngineStatus } from '#contracts/engine/protocol.ts';

/** A joined desk for tests of screens; say only what matters. */
export const joined = (changes: Partial<Connection> = {}): Connection => ({
  mode: 'joined',
  address: 'https://desk.example.org',
  people: [{ personId: 'p-ada', name: 'Ada Lovelace', email: 'ada@example.org', role: 'agent', open: true }],
  tokens: 'kept',
  states: [{ kind: 'upToDate' }],
  syncedAt: Date.now() - 60_000,
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
  ...changes,
});

/** An engine that has begun, with the desk alone or sharing its log. */
export const statusOf = (mode: EngineStatus['mode']): EngineStatus => ({
  phase: 'ready',
  trouble: null,
  rebuilt: null,
  progress: null,
  sample: null,
  lastLsn: 1,
  appliedLsn: 1,
  savedAt: null,
  quarantined: 0,
  keptIn: 'device',
  incidents: 1,
  mode,
});
