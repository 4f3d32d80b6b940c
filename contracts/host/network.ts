/**
 * The way to the server that makes several desks agree, as the engine sees it. Electron's main process has it; a
 * plain browser has none and says so. Nothing here is thrown: a network that fails is no bug.
 */
import type { SignedInUser } from '#contracts/api/auth.ts';
import type { Scope } from '#contracts/sync/scope.ts';
import type {
  NumberAnswer,
  PullAnswer,
  PullQuery,
  PushAnswer,
  PushRequest,
  SizeAnswer,
  SubjectAnswer,
} from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Result } from '#domain/result.ts';

export const NETWORK_CODES = [
  /** This machine has no way to a server at all: the plain browser. */
  'notSupported',
  /** No server is configured. */
  'notConnected',
  /** Another server is: disconnect first. */
  'alreadyConnected',
  /** No address of a server. */
  'badAddress',
  /** An address without TLS that is not this machine's own. */
  'notSecure',
  /** No network, no such host, or the connection was cut. */
  'offline',
  'timedOut',
  /** The other side could not prove who it is. */
  'certificate',
  /** Something answered that is not our server: a captive portal, a redirect, another program. */
  'notOurServer',
  /** This person has no session, or no longer. */
  'signInNeeded',
  /** E-mail or password is wrong. */
  'credentialsWrong',
  /** People do not sign in this way at this server; its offers say how they do. */
  'signInWayOff',
  /** Whoever began the sign-in through the browser gave it up, or began another. */
  'signInCancelled',
  /** The sign-in through the browser took too long, or was finished before. */
  'signInOver',
  /** This machine has no browser that would open the organisation's sign-in page. */
  'browserNotOpened',
  /** At the sign-in page the person, or the page, said no. */
  'signInDeclined',
  /** The sign-in page knows this person, the server doesn't. */
  'personUnknown',
  /** They had an account at this server, and have no longer. */
  'personDeactivated',
  /** The sign-in page does not say that the e-mail is theirs. */
  'emailUnverified',
  /** The organisation's identity provider does not answer the server. */
  'providerAway',
  /** It answers what the server can't believe. */
  'providerFailed',
  'forbidden',
  /** Nothing there, or nothing that this person may see. */
  'notFound',
  /** The server does not speak this build's protocol. */
  'versionTooOld',
  /** Come back later: after `retryAfter` seconds, if the server said when. */
  'busy',
  'serverFailed',
  /** Our server says that it can't read this request. */
  'unreadable',
  /** The request is larger than the server, or something before it, takes. */
  'tooLarge',
  /** The answer is larger than a desk takes: ask for less at a time. */
  'answerTooLarge',
] as const;
export type NetworkCode = (typeof NETWORK_CODES)[number];

export interface NetworkFault {
  readonly code: NetworkCode;
  /** Seconds; with `busy` and `providerAway` only, and only if the server said. */
  readonly retryAfter?: number;
  /** With `signInNeeded` only: our server itself said that somebody ended this session on purpose (SPEC 7.9). */
  readonly revoked?: true;
}
export type NetworkResult<T> = Promise<Result<T, NetworkFault>>;

/** A body of our server, checked, and what its clock showed when it answered, if it said so. */
export interface Answered<T> {
  readonly body: T;
  readonly serverNow: Instant | null;
}

/** Somebody who signed in at this desk. */
export interface SignedIn {
  /** As the server knew them when it was last asked. */
  readonly user: SignedInUser;
  /** Under which id this person's commands go. */
  readonly device: Id;
  /** The device's code in numbers that it gives itself (`formatBlockNumber`); null when the server gave none. */
  readonly block: string | null;
  /** False: the session ended, or its token could not be kept. They have to sign in again. */
  readonly open: boolean;
  /** It did not run out or get lost: our server said that somebody ended it on purpose. */
  readonly revoked?: true;
}

/**
 * Whether who is signed in outlives this run. `noEncryption`: this system has no key store, so that nothing is written
 * down. `notWritten`: the disk took it not; the next change tries again.
 */
export type TokenKeeping = 'kept' | 'noEncryption' | 'notWritten';

/** How people sign in at a server, as it said when it was last asked. */
export interface Offers {
  readonly password: boolean;
  /** What the organisation calls its sign-in page, in the system's browser; null: there is none. */
  readonly browser: string | null;
}

/**
 * Says whether the way to a server is known, not whether the desk is shared: that stands in the engine's own records,
 * which outlive a lost settings file.
 */
export type NetworkState =
  | { readonly mode: 'notSupported' }
  | { readonly mode: 'alone' }
  | {
      readonly mode: 'connected';
      /** The origin, like `https://desk.example.org`. */
      readonly address: string;
      /** In the order in which they signed in; the last one looks at the screen. */
      readonly people: readonly SignedIn[];
      readonly tokens: TokenKeeping;
      readonly offers: Offers;
    };

export interface Poke {
  /** End of the server's log; null: the line on which it would be told is gone, and asking tells why. */
  readonly throughSeq: number | null;
}

/** Who else looks at the incident that this desk's people said they look at; in the place of whoever did before. */
export interface Present {
  readonly incidentId: Id;
  readonly people: readonly { readonly personId: Id; readonly typing: boolean }[];
}

export interface NetworkHost {
  state(): Promise<NetworkState>;
  /** Asks who is there, and keeps the address if it is our server and speaks our protocol. */
  connect(args: { address: string }): NetworkResult<{ address: string; protocols: readonly number[]; offers: Offers }>;
  /** Several people may be signed in at one desk. `device` is the id under which the desk pushes. */
  signIn(args: { email: string; password: string; device: Id }): NetworkResult<SignedIn>;
  /**
   * Opens the organisation's sign-in page in the system's browser, and answers when the person is through, gave it up,
   * or five minutes have passed. One at a time: a second one cancels the first.
   */
  signInByBrowser(args: { device: Id }): NetworkResult<SignedIn>;
  /** Ends what waits for the browser, if anything does: it answers `signInCancelled`. */
  cancelSignIn(): NetworkResult<null>;
  /** The session is over here in any case; `told`: on the server too. */
  signOut(args: { person: Id }): NetworkResult<{ told: boolean }>;
  /** Signs everybody out and forgets the server. Nothing that was recorded is touched. */
  disconnect(): NetworkResult<null>;
  /** The session takes the device that the request names. */
  push(args: { person: Id; request: PushRequest }): NetworkResult<Answered<PushAnswer>>;
  /** `device` is the lane's: the session takes it first. */
  pull(args: { person: Id; device: Id; query: PullQuery }): NetworkResult<Answered<PullAnswer>>;
  /** One incident with its whole timeline. */
  subject(args: { person: Id; incidentId: Id }): NetworkResult<Answered<SubjectAnswer>>;
  /** The incident that bears this number, or bore it elsewhere; `notFound` where this person may see none. */
  find(args: { person: Id; number: string }): NetworkResult<Answered<NumberAnswer>>;
  /** How many incidents a device with this scope would keep; null: all that the person may see. */
  size(args: { person: Id; scope: Scope | null }): NetworkResult<Answered<SizeAnswer>>;
  /**
   * Told when there is something to pull, as soon as the server says so: a courtesy, not a promise. It is told once
   * whenever the connection was made anew. Answers the way to end it.
   */
  onPoke(listener: (poke: Poke) => void): () => void;
  /**
   * Says at which incident a person looks, and whether they write; null: at none. To be said again at least every
   * thirty seconds. A courtesy: nobody is told whether it arrived.
   */
  look(args: { person: Id; incidentId: Id | null; typing: boolean }): void;
  /** Told of the others there, while somebody listens to pokes. Answers the way to end it. */
  onPresence(listener: (present: Present) => void): () => void;
}
