import type { Answered, NetworkCode, NetworkFault, NetworkHost } from '#contracts/host/network.ts';
import type { Result } from '#domain/result.ts';
import type { Reply, Transport } from '#sync/client/ports.ts';

/**
 * What a fault means to the agreement. A server that has nothing there, or forbids, answers and is ours: what was
 * asked for is not to be had, and nothing else is wrong.
 */
const REPLIES: Readonly<Record<NetworkCode, Exclude<Reply['kind'], 'answered'>>> = {
  notSupported: 'unreachable',
  notConnected: 'unreachable',
  alreadyConnected: 'unreachable',
  badAddress: 'unreachable',
  notSecure: 'unreachable',
  offline: 'unreachable',
  timedOut: 'unreachable',
  certificate: 'unreachable',
  answerTooLarge: 'unreachable',
  notOurServer: 'notOurs',
  signInNeeded: 'signInNeeded',
  credentialsWrong: 'signInNeeded',
  signInWayOff: 'signInNeeded',
  signInCancelled: 'signInNeeded',
  signInOver: 'signInNeeded',
  signInDeclined: 'signInNeeded',
  browserNotOpened: 'signInNeeded',
  personUnknown: 'signInNeeded',
  personDeactivated: 'signInNeeded',
  emailUnverified: 'signInNeeded',
  providerFailed: 'signInNeeded',
  providerAway: 'busy',
  versionTooOld: 'versionTooOld',
  busy: 'busy',
  serverFailed: 'busy',
  unreadable: 'unreadable',
  tooLarge: 'unreadable',
  forbidden: 'unreadable',
  notFound: 'unreadable',
};

/** What an asking that failed is to the agreement. */
export const faultKind = (code: NetworkCode): Exclude<Reply['kind'], 'answered'> => REPLIES[code];

const SECOND = 1_000;

function replyOf<T>(answer: Result<Answered<T>, NetworkFault>): Reply {
  if (answer.ok) return { kind: 'answered', body: answer.value.body, serverNow: answer.value.serverNow };
  const { code, retryAfter, revoked } = answer.error;
  const kind = REPLIES[code];
  if (kind === 'signInNeeded') return revoked === true ? { kind, revoked } : { kind };
  if (kind !== 'busy') return { kind };
  return { kind, retryAfter: retryAfter === undefined ? null : retryAfter * SECOND };
}

/** The client's way to the server over this machine's network. */
export const networkTransport = (network: NetworkHost): Transport => ({
  push: async (person, request) => replyOf(await network.push({ person, request })),
  pull: async (person, device, query) => replyOf(await network.pull({ person, device, query })),
  subject: async (person, incidentId) => replyOf(await network.subject({ person, incidentId })),
});
