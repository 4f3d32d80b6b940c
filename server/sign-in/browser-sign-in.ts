import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type BeginAnswer,
  type BeginRequest,
  type BrowserRefusal,
  type FinishRequest,
  LOOPBACK_PATH,
} from '#contracts/api/browser-sign-in.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { hashOf, newSecret } from '#server/accounts/tokens.ts';
import type { Provider, ProviderFault } from './provider.ts';
import type { Begun, SignInStore } from './sign-in-store.ts';
import { type PeoplePorts, whoseEmail } from './whose-email.ts';

export interface BrowserSignInPorts extends PeoplePorts {
  readonly provider: Pick<Provider, 'authorizeUrl' | 'identity'>;
  readonly signIns: SignInStore;
  readonly now: () => Instant;
}

/** Milliseconds that a person has at the provider. A desk gives up sooner. */
const AT_THE_PROVIDER = 10 * 60_000;
/** Milliseconds from the provider's answer until the desk has to have come for it. */
const ON_THE_WAY = 60_000;
/** So many wait at a time, on all nodes together. */
const MOST = 10_000;

/** Where the browser goes from here, and what is to be said of it. */
export interface Sent {
  readonly to: string;
  readonly refusal: BrowserRefusal | null;
  /** What stood in the way, where it was the provider's fault. */
  readonly fault: ProviderFault | null;
}

/** People whom an identity provider vouches for, from a desk's question to the code with which it comes for them. */
export class BrowserSignIn {
  private readonly ports: BrowserSignInPorts;

  constructor(ports: BrowserSignInPorts) {
    this.ports = ports;
  }

  async begin(request: BeginRequest): Promise<Result<BeginAnswer, ProviderFault | { readonly code: 'busy' }>> {
    const { provider, signIns, now } = this.ports;
    const expected = { state: newSecret(), nonce: newSecret(), verifier: newSecret() };
    const url = await provider.authorizeUrl(expected);
    if (!url.ok) return url;
    const begun = {
      stateHash: hashOf(expected.state),
      nonce: expected.nonce,
      verifier: expected.verifier,
      device: request.device,
      challenge: request.codeChallenge,
      port: request.port,
      deskState: request.state,
      expiresAt: now() + AT_THE_PROVIDER,
    };
    if (!(await signIns.begin(begun, now(), MOST))) return err({ code: 'busy' });
    return ok({ authorizeUrl: url.value, expiresIn: AT_THE_PROVIDER / 1_000 });
  }

  /** Null when nobody waits for this answer: it came before, too late, or was never asked for. */
  async cameBack(query: URLSearchParams): Promise<Sent | null> {
    const [state, ...more] = query.getAll('state');
    if (state === undefined || more.length > 0) return null;
    const begun = await this.ports.signIns.takeBegun(hashOf(state), this.ports.now());
    if (begun === null) return null;
    const { nonce, verifier } = begun;
    const identity = await this.ports.provider.identity(query, { state, nonce, verifier });
    if (!identity.ok) return refusedTo(begun, identity.error.code, identity.error);
    const { email, verified, name } = identity.value;
    if (email === null || !verified) return refusedTo(begun, 'emailUnverified');
    const person = await whoseEmail(this.ports, email, name);
    if (!person.ok) return refusedTo(begun, person.error);
    const code = newSecret();
    const expiresAt = this.ports.now() + ON_THE_WAY;
    const { device, challenge } = begun;
    const passed = { codeHash: hashOf(code), personId: person.value, device, challenge, expiresAt };
    await this.ports.signIns.pass(passed, this.ports.now());
    return { to: addressOf(begun, { code }), refusal: null, fault: null };
  }

  /** Who it was, for the desk that began, once. Wrong or right, the code is used up. */
  async finish({ code, codeVerifier, device }: FinishRequest): Promise<Id | null> {
    const passed = await this.ports.signIns.takePassed(hashOf(code), this.ports.now());
    if (passed === null || passed.device !== device) return null;
    return isChallengeOf(passed.challenge, codeVerifier) ? passed.personId : null;
  }
}

const isChallengeOf = (challenge: string, verifier: string): boolean => {
  const own = createHash('sha256').update(verifier).digest();
  const asked = Buffer.from(challenge, 'base64url');
  return own.length === asked.length && timingSafeEqual(own, asked);
};

/** This machine's own browser finds the desk there; nothing that anybody sent decides more than port and state. */
const addressOf = ({ port, deskState }: Begun, what: Readonly<Record<string, string>>): string =>
  `http://127.0.0.1:${port}${LOOPBACK_PATH}?${new URLSearchParams({ ...what, state: deskState })}`;

const refusedTo = (begun: Begun, refusal: BrowserRefusal, fault: ProviderFault | null = null): Sent => ({
  to: addressOf(begun, { error: refusal }),
  refusal,
  fault,
});
