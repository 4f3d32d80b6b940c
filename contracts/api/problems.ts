/**
 * Every way the server can refuse a request: the `code` of its problem document (RFC 9457), which a program decides
 * on, with status and a sentence for people who read logs. Codes stay as they are for good.
 */
import { z } from 'zod';

const PROBLEMS = {
  argumentsInvalid: { status: 400, title: 'The request does not have the expected form.' },
  notJson: { status: 400, title: 'The body is not the JSON that its headers promise.' },
  badJson: { status: 400, title: 'The body is nested too deeply or holds a number that is none.' },
  notHttp: { status: 400, title: 'The request could not be read.' },
  notSignedIn: { status: 401, title: 'The access token is missing, unknown, expired or revoked.' },
  credentialsWrong: { status: 401, title: 'E-mail or password is wrong.' },
  sessionEnded: { status: 401, title: 'The refresh token is unknown, expired or used before: sign in again.' },
  sessionRevoked: {
    status: 401,
    title: 'This session was ended on purpose, by an administrator or by signing out: drop what was shown in it.',
  },
  notAllowedForRole: { status: 403, title: 'The role of this person does not allow it.' },
  signInWayOff: { status: 403, title: 'People do not sign in this way here; `about` says how they do.' },
  foreignDevice: { status: 403, title: 'The device in the body is not the one that signed in.' },
  notFound: { status: 404, title: 'There is nothing here, or nothing that this person may see.' },
  methodNotAllowed: { status: 405, title: 'The address exists, but not for this method.' },
  requestTimeout: { status: 408, title: 'The request took too long to arrive.' },
  protocolUnsupported: { status: 409, title: 'The desk speaks a version of the protocol that this server does not.' },
  emailTaken: { status: 409, title: 'Another account has this e-mail.' },
  accountExists: { status: 409, title: 'This person has an account.' },
  ownAccount: { status: 409, title: 'Administrators cannot deactivate themselves.' },
  offsetWrong: { status: 409, title: 'The upload is at another offset: ask for it and go on there.' },
  uploadGone: { status: 410, title: 'The upload expired, was given up, or did not hold what was promised.' },
  linkUsed: { status: 410, title: 'The one-time link was used before, or a newer one was printed.' },
  signInOver: {
    status: 410,
    title: 'This sign-in was finished before, took too long, or was begun elsewhere: begin again.',
  },
  tusUnsupported: { status: 412, title: 'The version of tus is another one than `Tus-Version` names.' },
  tooLarge: { status: 413, title: 'The body is too large.' },
  addressTooLong: { status: 414, title: 'The address is too long.' },
  mediaTypeUnknown: { status: 415, title: 'The body is of a type that is not read here.' },
  rangeWrong: { status: 416, title: 'The file has no such range.' },
  refused: { status: 422, title: 'The authority refused the change; `refusal` says why.' },
  contentWrong: { status: 422, title: 'The content does not have the promised SHA-256; nothing of it was kept.' },
  uploadLocked: { status: 423, title: 'Another request brings bytes of this upload: try again shortly.' },
  tooManyRequests: { status: 429, title: 'Too many requests; `Retry-After` says when to go on.' },
  tooManyAttempts: { status: 429, title: 'Too many attempts to sign in; `Retry-After` says when to go on.' },
  dayUsed: { status: 429, title: 'This person has attached as much as one may in a day.' },
  headersTooLarge: { status: 431, title: 'The headers are too large.' },
  checksumWrong: { status: 460, title: 'The bytes of this request do not have their checksum; none was taken.' },
  internal: { status: 500, title: 'Something went wrong on the server; its log has the details.' },
  unavailable: { status: 503, title: 'The server stops or its database is away; `Retry-After` says when to go on.' },
  providerAway: {
    status: 503,
    title: 'The identity provider does not answer as it should; `Retry-After` says when to go on.',
  },
  busy: { status: 503, title: 'Too much waits already; `Retry-After` says when to go on.' },
  noRoom: { status: 507, title: 'The disk of the server has no room for it.' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Loose: a newer server may say more. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.union([z.enum(PROBLEM_CODES), z.string()]),
  /** What in the request is wrong, when its form is. */
  errors: z.exactOptional(z.array(z.looseObject({ path: z.string(), message: z.string() }))),
  /** What the authority said, when it refused. */
  refusal: z.exactOptional(z.looseObject({ code: z.string() })),
  /** The versions of the protocol that the server speaks. */
  supported: z.exactOptional(z.array(z.int())),
});
export type Problem = z.infer<typeof problem>;

/** Members of a problem document that only some codes have. */
export type ProblemMore = Pick<Partial<Problem>, 'errors' | 'refusal' | 'supported'>;

/** The document for a code. */
export function problemOf(code: ProblemCode, more: ProblemMore = {}): Problem & { readonly code: ProblemCode } {
  const { status, title } = PROBLEMS[code];
  return { type: `urn:deskbell:problem:${code}`, title, status, code, ...more };
}
