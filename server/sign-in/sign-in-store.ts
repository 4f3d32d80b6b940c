import type { Id, Instant } from '#domain/activity/activity.ts';

/** A browser that was sent to the identity provider. */
export interface Begun {
  /** Of the state that the provider gives back. */
  readonly stateHash: string;
  readonly nonce: string;
  /** The server's own, for the provider. */
  readonly verifier: string;
  readonly device: Id;
  /** S256 of the desk's verifier. */
  readonly challenge: string;
  /** Where the desk listens on 127.0.0.1, and what it wants to hear again there. */
  readonly port: number;
  readonly deskState: string;
  readonly expiresAt: Instant;
}

/** Somebody the provider vouched for, whose desk has not come for them yet. */
export interface Passed {
  readonly codeHash: string;
  readonly personId: Id;
  readonly device: Id;
  readonly challenge: string;
  readonly expiresAt: Instant;
}

/** Sign-ins that are under way, on whichever node. Each call is one transaction; what is taken is gone. */
export interface SignInStore {
  /** False when so many wait already. Those that expired are forgotten. */
  begin(begun: Begun, now: Instant, most: number): Promise<boolean>;
  /** Null when there is none, somebody was quicker, or it expired. */
  takeBegun(stateHash: string, now: Instant): Promise<Begun | null>;
  pass(passed: Passed, now: Instant): Promise<void>;
  takePassed(codeHash: string, now: Instant): Promise<Passed | null>;
}
