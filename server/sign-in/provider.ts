import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client';
import type { BrowserRefusal } from '#contracts/api/browser-sign-in.ts';
import type { Instant } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { ProviderAway, reach } from './reach.ts';

export interface ProviderConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, known by PKCE alone. */
  readonly clientSecret: string | null;
  /** Where the provider sends the browser, as people reach it from outside. */
  readonly callback: string;
}

/** What belongs to one sign-in and must come back with it. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What the provider says of somebody. */
export interface Identity {
  readonly email: string | null;
  /** The provider has checked that the e-mail is theirs. */
  readonly verified: boolean;
  readonly name: string | null;
}

/** Why an answer of the provider is of no use. The error is for the log, without its message. */
export interface ProviderFault {
  readonly code: Extract<BrowserRefusal, 'declined' | 'providerAway' | 'providerFailed'>;
  readonly error: unknown;
}

const SCOPE = 'openid email profile';
/** Seconds that a clock may be off. */
const TOLERANCE = 60;
/** Seconds for one request to the provider. */
const PATIENCE = 10;
/** Milliseconds for which what the provider says of itself is believed. Its keys are looked up more often. */
const METADATA_LIVES = 60 * 60_000;

/** The identity provider, with this server as its relying party. Asked for nothing before somebody signs in. */
export class Provider {
  private readonly config: ProviderConfig;
  private readonly now: () => Instant;
  private known: { readonly until: Instant; readonly configuration: Promise<Configuration> } | null = null;

  constructor(config: ProviderConfig, now: () => Instant) {
    this.config = config;
    this.now = now;
  }

  /** Where the browser begins. */
  authorizeUrl({ state, nonce, verifier }: Expected): Promise<Result<string, ProviderFault>> {
    return attempt(async () => {
      const url = buildAuthorizationUrl(await this.configuration(), {
        redirect_uri: this.config.callback,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    });
  }

  /**
   * Who it was. State, issuer, audience, nonce, times and the signature of the ID token are checked; nothing else of the
   * answer is kept.
   * @param query as the browser brought it back
   */
  identity(query: URLSearchParams, { state, nonce, verifier }: Expected): Promise<Result<Identity, ProviderFault>> {
    return attempt(async () => {
      const configuration = await this.configuration();
      const came = new URL(this.config.callback);
      came.search = query.toString();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await authorizationCodeGrant(configuration, came, checks);
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('an ID token was asked for');
      // Many providers say this in one place only. The two are never mixed.
      const isThere = claims.email !== undefined && claims.email_verified !== undefined;
      const canAsk = configuration.serverMetadata().userinfo_endpoint !== undefined;
      if (isThere || !canAsk) return identityOf(claims);
      return identityOf(await fetchUserInfo(configuration, tokens.access_token, claims.sub));
    });
  }

  /** Looked up when it is first needed, and again when that failed or was long ago. */
  private configuration(): Promise<Configuration> {
    if (this.known !== null && this.known.until > this.now()) return this.known.configuration;
    const known = { until: this.now() + METADATA_LIVES, configuration: this.discover() };
    known.configuration.catch(() => {
      if (this.known === known) this.known = null;
    });
    this.known = known;
    return known.configuration;
  }

  private discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.config;
    const url = new URL(issuer);
    // The configuration lets this pass for this machine only.
    const plain = url.protocol === 'http:' ? [allowInsecureRequests] : [];
    return discovery(url, clientId, { [clockTolerance]: TOLERANCE }, authOf(clientSecret), {
      // By default a token that came over TLS from the provider itself would be believed without its signature.
      execute: [enableNonRepudiationChecks, ...plain],
      timeout: PATIENCE,
      [customFetch]: reach as CustomFetch,
    });
  }
}

/** As the provider wants it: in a header, which all should take, or else in the body. */
const authOf = (secret: string | null): ClientAuth => {
  if (secret === null) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
  };
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const identityOf = (said: Readonly<Record<string, unknown>>): Identity => ({
  email: text(said.email),
  verified: said.email_verified === true,
  name: text(said.name),
});

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, ProviderFault>> {
  try {
    return ok(await work());
  } catch (error) {
    return err({ code: codeOf(error), error });
  }
}

/** Errors of the provider's own that say to come back later. */
const LATER = ['temporarily_unavailable', 'server_error'];

function codeOf(error: unknown): ProviderFault['code'] {
  if (error instanceof AuthorizationResponseError) return LATER.includes(error.error) ? 'providerAway' : 'declined';
  const causes = [error, error instanceof Error ? error.cause : undefined];
  return causes.some((one) => one instanceof ProviderAway) ? 'providerAway' : 'providerFailed';
}
