import type { Connection, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineStatus } from '#contracts/engine/protocol.ts';
import { ada } from './render-screen.tsx';

export const ADDRESS = 'https://desk.example.org';

/** Ada of `renderScreen`, with her session. */
export const seatedAda: SeatedPerson = {
  personId: ada.id,
  name: ada.name,
  email: 'ada@example.org',
  role: 'agent',
  open: true,
};

/** A desk without a server. */
export const alone: Connection = {
  mode: 'alone',
  address: null,
  people: [],
  tokens: null,
  states: [],
  syncedAt: null,
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
};

/** A joined desk for tests of screens, a minute after it was level with its server; say only what matters. */
export const joined = (changes: Partial<Connection> = {}): Connection => ({
  ...alone,
  mode: 'joined',
  address: ADDRESS,
  people: [seatedAda],
  tokens: 'kept',
  states: [{ kind: 'upToDate' }],
  syncedAt: Date.now() - 60_000,
  ...changes,
});

/** An engine that has begun, with the desk alone or sharing its log. */
export const statusOf = (mode: EngineStatus['mode'], changes: Partial<EngineStatus> = {}): EngineStatus => ({
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
  ...changes,
});
