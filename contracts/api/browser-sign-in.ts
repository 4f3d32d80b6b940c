/**
 * Signing in through the system's browser: `/api/v1/auth/oidc`. The server is the relying party; what the identity
 * provider says never reaches the desk. RFC 8252 (native apps) and RFC 7636 (PKCE).
 */
import { z } from 'zod';
import { apiText, deviceId } from './texts.ts';

/** 256 bits as base64url: a code, a state, an S256 challenge. */
const digits43 = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'has not 43 letters of base64url');

/** Where a desk listens for its browser to come back, on 127.0.0.1 at a port of its own. */
export const LOOPBACK_PATH = '/signed-in';

export const beginRequest = z.strictObject({
  /** The id under which this desk pushes. */
  device: deviceId,
  /** S256 of the desk's own verifier: without that one a code that somebody caught is worth nothing. */
  codeChallenge: digits43,
  /** The whole of what a desk may say of where the browser goes in the end. */
  port: z.int().min(1_024).max(65_535),
  /** The desk's own, given back to it by the browser. */
  state: digits43,
});
export type BeginRequest = z.infer<typeof beginRequest>;

export const beginAnswer = z.looseObject({
  /** For the browser. */
  authorizeUrl: z.string(),
  /** Seconds in which the person has to be through. */
  expiresIn: z.int().positive(),
});
export type BeginAnswer = z.infer<typeof beginAnswer>;

export const finishRequest = z.strictObject({
  /** From the browser; good once, for a minute. */
  code: digits43,
  codeVerifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/, 'is no code verifier'),
  /** The one that began. */
  device: deviceId,
  /** As people call it, for the list of devices. */
  deviceName: z.exactOptional(apiText(100)),
});
export type FinishRequest = z.infer<typeof finishRequest>;

/** Why the browser comes back with `error` in the place of `code`. */
export const BROWSER_REFUSALS = [
  /** Nobody here has this e-mail. */
  'personUnknown',
  /** They had an account here, and have no longer. */
  'personDeactivated',
  /** The provider does not say that the e-mail is this person's. */
  'emailUnverified',
  /** The person, or the provider, said no. */
  'declined',
  /** The provider does not answer. */
  'providerAway',
  /** What the provider answered is not believed. */
  'providerFailed',
  /** The server could not do it just now. */
  'busy',
] as const;
export type BrowserRefusal = (typeof BROWSER_REFUSALS)[number];
