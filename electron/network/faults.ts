import { type Problem, type ProblemCode, problem } from '#contracts/api/problems.ts';
import type { NetworkCode, NetworkFault } from '#contracts/host/network.ts';

export const fault = (code: NetworkCode): { readonly ok: false; readonly error: NetworkFault } => ({
  ok: false,
  error: { code },
});

/** Why a question got no answer of use: for the engine, and the server's own code if it was our server that spoke. */
export interface Refused {
  readonly fault: NetworkFault;
  readonly problem: string | null;
}
export const refused = (code: NetworkCode): { readonly ok: false; readonly error: Refused } => ({
  ok: false,
  error: { fault: { code }, problem: null },
});

const CERTIFICATE = /^(ERR_CERT_|ERR_SSL_|ERR_TLS_|ERR_BAD_SSL|CERT_|UNABLE_TO_(GET_ISSUER|VERIFY))|SELF_SIGNED/;
const TIMED_OUT = /TIMED_?OUT|_TIMEOUT$/;
/** A redirect, a header or a first line that no server of ours would send; or our own filter stopped a way elsewhere. */
const NOT_OURS = /REDIRECT|ERR_INVALID_HTTP|ERR_INVALID_CHUNKED|ERR_RESPONSE_HEADERS|ERR_BLOCKED_BY_CLIENT/;

/**
 * The code in an error of `fetch`. Chromium's stands in the message, Node's in the cause; that a redirect was refused
 * is said by both in words only. The message goes no further than here.
 */
const codeIn = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  const words = `${error.message} ${cause instanceof Error ? cause.message : ''}`;
  return /net::(ERR_[A-Z0-9_]+)/.exec(words)?.[1] ?? (/redirect/i.test(words) ? 'REDIRECT' : '');
};

/** What it means that `fetch` failed, or that the body ended before its end. */
export const codeOfError = (error: unknown): NetworkCode => {
  const code = codeIn(error);
  if (CERTIFICATE.test(code)) return 'certificate';
  if (NOT_OURS.test(code)) return 'notOurServer';
  return TIMED_OUT.test(code) ? 'timedOut' : 'offline';
};

const BY_PROBLEM: Readonly<Record<ProblemCode, NetworkCode>> = {
  argumentsInvalid: 'unreadable',
  notJson: 'unreadable',
  badJson: 'unreadable',
  notHttp: 'unreadable',
  notSignedIn: 'signInNeeded',
  credentialsWrong: 'credentialsWrong',
  sessionEnded: 'signInNeeded',
  sessionRevoked: 'signInNeeded',
  notAllowedForRole: 'forbidden',
  signInWayOff: 'signInWayOff',
  foreignDevice: 'forbidden',
  notFound: 'notFound',
  methodNotAllowed: 'serverFailed',
  requestTimeout: 'timedOut',
  protocolUnsupported: 'versionTooOld',
  emailTaken: 'serverFailed',
  accountExists: 'serverFailed',
  ownAccount: 'serverFailed',
  offsetWrong: 'serverFailed',
  uploadGone: 'serverFailed',
  linkUsed: 'serverFailed',
  signInOver: 'signInOver',
  tusUnsupported: 'versionTooOld',
  tooLarge: 'tooLarge',
  addressTooLong: 'unreadable',
  mediaTypeUnknown: 'unreadable',
  rangeWrong: 'unreadable',
  refused: 'serverFailed',
  contentWrong: 'serverFailed',
  uploadLocked: 'busy',
  tooManyRequests: 'busy',
  tooManyAttempts: 'busy',
  dayUsed: 'busy',
  headersTooLarge: 'unreadable',
  checksumWrong: 'serverFailed',
  internal: 'serverFailed',
  unavailable: 'busy',
  providerAway: 'providerAway',
  busy: 'busy',
  noRoom: 'busy',
};
const isKnown = (code: string): code is ProblemCode => Object.hasOwn(BY_PROBLEM, code);

/**
 * Statuses as proxies on the way use them. What a session or a command depends on is believed from our server alone:
 * a 401 of somebody else ends no session.
 */
const BY_STATUS: Readonly<Record<number, NetworkCode>> = {
  408: 'timedOut',
  413: 'tooLarge',
  429: 'busy',
  500: 'serverFailed',
  502: 'serverFailed',
  503: 'busy',
  504: 'timedOut',
};

const OURS = 'urn:deskbell:problem:';
const ownProblem = (body: unknown): Problem | null => {
  const read = problem.safeParse(body);
  return read.success && read.data.type === `${OURS}${read.data.code}` ? read.data : null;
};

const LONGEST_WAIT = 24 * 3_600;

/** Seconds, from either form that the header may have; null when it is missing or nonsense. */
export const secondsToWait = (header: string | null, now: number): number | null => {
  if (header === null) return null;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1_000;
  return Number.isFinite(seconds) ? Math.min(LONGEST_WAIT, Math.max(0, Math.ceil(seconds))) : null;
};

const TO_WAIT: readonly NetworkCode[] = ['busy', 'providerAway'];

/**
 * What an answer without success means.
 * @param body what was in it, if it was JSON
 * @param now what the clocks show, to tell how long a date is away
 */
export const refusalOf = (
  { status, headers }: { readonly status: number; readonly headers: Pick<Headers, 'get'> },
  body: unknown,
  now: number,
): Refused => {
  const said = ownProblem(body);
  // A code of a newer server: nothing that a command or a session depends on may be read into it.
  const known = said && isKnown(said.code) ? BY_PROBLEM[said.code] : null;
  const code = known ?? (said ? 'serverFailed' : (BY_STATUS[status] ?? 'notOurServer'));
  const wait = TO_WAIT.includes(code) ? secondsToWait(headers.get('retry-after'), now) : null;
  return { fault: wait === null ? { code } : { code, retryAfter: wait }, problem: said?.code ?? null };
};
