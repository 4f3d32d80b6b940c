import type { Connection, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { NetworkFault, NetworkState, SignedIn } from '#contracts/host/network.ts';
import { err, type Result } from '#domain/result.ts';
import type { KnownPerson } from '#renderer/data/sync-records.ts';

export const networkError = ({ code, retryAfter }: NetworkFault): EngineError => ({
  code: 'network',
  network: code,
  ...(retryAfter === undefined ? {} : { details: { retryAfter } }),
});

/** An answer of the network in the words of the engine. */
export const told = <T>(answer: Result<T, NetworkFault>): Result<T, EngineError> =>
  answer.ok ? answer : err(networkError(answer.error));

export const seated = ({ user, open }: SignedIn): SeatedPerson => ({
  personId: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  open,
});

export const knownPerson = ({ user }: SignedIn): KnownPerson => ({
  personId: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  teamIds: user.teamIds,
});

/** What a window hears of the way to a server that this desk has not joined. */
export const withoutShare = (state: NetworkState): Connection => ({
  mode: state.mode === 'connected' ? 'found' : state.mode,
  address: state.mode === 'connected' ? state.address : null,
  offers: state.mode === 'connected' ? state.offers : undefined,
  people: state.mode === 'connected' ? state.people.map(seated) : [],
  tokens: state.mode === 'connected' && state.people.length > 0 ? state.tokens : null,
  states: [],
  syncedAt: null,
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
});
