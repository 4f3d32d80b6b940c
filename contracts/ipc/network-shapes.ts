/**
 * Shapes of the way to the server, where they cross the IPC boundary. What goes to the server and what comes from it
 * is carried here as JSON: main checks it against contracts/sync/wire.ts where it touches the network, so
 * that no window loads the schemas of the whole log.
 */
import { z } from 'zod';
import { signedInUser } from '#contracts/api/auth.ts';
import {
  type Answered,
  NETWORK_CODES,
  type NetworkFault,
  type NetworkState,
  type Offers,
  type Poke,
  type Present,
  type SignedIn,
} from '#contracts/host/network.ts';
import { boundedJsonObject } from '#contracts/ipc/bounded-json.ts';
import { done, id, nothing, whole } from '#contracts/ipc/schemas.ts';
import { beside, scope } from '#contracts/sync/scope.ts';
import type {
  NumberAnswer,
  PullAnswer,
  PullQuery,
  PushAnswer,
  PushRequest,
  SizeAnswer,
  SubjectAnswer,
} from '#contracts/sync/wire.ts';
import type { Result } from '#domain/result.ts';

/** Characters of a request that crosses; the server's own limit is lower. */
const REQUEST = 16 * 1024 * 1024;

const networkFault = z.object({
  code: z.enum(NETWORK_CODES),
  retryAfter: z.number().nonnegative().exactOptional(),
  revoked: z.literal(true).exactOptional(),
}) satisfies z.ZodType<NetworkFault>;

/** A fault of the network is an answer like any other: the codes of the boundary itself stay apart from it. */
const outcome = <T>(value: z.ZodType<T>) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: networkFault }),
  ]) as unknown as z.ZodType<Result<T, NetworkFault>>;

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Main has read the whole body by its schema, and so does the engine: a page is long, and walked often enough. */
const answered = <T extends object>() =>
  outcome<Answered<T>>(z.object({ body: z.custom<T>(isObject), serverNow: z.int().nullable() }));

const signedIn: z.ZodType<SignedIn> = z.object({
  user: signedInUser,
  device: id,
  block: z.string().nullable(),
  open: z.boolean(),
  revoked: z.literal(true).exactOptional(),
});

const offers: z.ZodType<Offers> = z.object({ password: z.boolean(), browser: z.string().nullable() });

const state: z.ZodType<NetworkState> = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('notSupported') }),
  z.object({ mode: z.literal('alone') }),
  z.object({
    mode: z.literal('connected'),
    address: z.string(),
    people: z.array(signedIn),
    tokens: z.enum(['kept', 'noEncryption', 'notWritten']),
    offers,
  }),
]);

const pullQuery = z.strictObject({
  cursor: z.string().max(4_000),
  limit: z.int().min(1).max(10_000),
  scope: scope.exactOptional(),
  beside: beside.exactOptional(),
}) satisfies z.ZodType<PullQuery>;

/** Arguments and results of the rows `network.*`. */
export const network = {
  state: { args: nothing, result: state },
  connect: {
    args: z.strictObject({ address: z.string().min(1).max(2_000) }),
    result: outcome(z.object({ address: z.string(), protocols: z.array(z.int()), offers })),
  },
  signIn: {
    args: z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1_000), device: id }),
    result: outcome(signedIn),
  },
  signInByBrowser: { args: z.strictObject({ device: id }), result: outcome(signedIn) },
  cancelSignIn: { args: nothing, result: outcome(z.null()) },
  signOut: { args: z.strictObject({ person: id }), result: outcome(z.object({ told: z.boolean() })) },
  disconnect: { args: nothing, result: outcome(z.null()) },
  push: {
    args: z.strictObject({ person: id, request: boundedJsonObject<PushRequest>(REQUEST) }),
    result: answered<PushAnswer>(),
  },
  pull: { args: z.strictObject({ person: id, device: id, query: pullQuery }), result: answered<PullAnswer>() },
  subject: { args: z.strictObject({ person: id, incidentId: id }), result: answered<SubjectAnswer>() },
  find: { args: z.strictObject({ person: id, number: z.string().min(1).max(128) }), result: answered<NumberAnswer>() },
  size: { args: z.strictObject({ person: id, scope: scope.nullable() }), result: answered<SizeAnswer>() },
  look: { args: z.strictObject({ person: id, incidentId: id.nullable(), typing: z.boolean() }), result: done },
} as const;

export const poke = z.strictObject({ throughSeq: whole.nullable() }) satisfies z.ZodType<Poke>;

export const present: z.ZodType<Present> = z.strictObject({
  incidentId: id,
  people: z.array(z.strictObject({ personId: id, typing: z.boolean() })),
});
