import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

/** Somebody at the identity provider. */
export interface Claims {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: unknown;
  readonly name?: string;
}

/** Makes an ID token something else than the provider would say. */
export type Spoil = (
  claims: JWTPayload,
  sign: (claims: JWTPayload, alg?: string) => Promise<string>,
) => Promise<string>;

export interface IdentityProvider {
  readonly issuer: string;
  /** Who sits at the browser; null: they say no. */
  who: Claims | null;
  spoil: Spoil | null;
  /** Answers everything with this status; null: as it should. */
  broken: number | null;
  /** Paths that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

export const CLIENT = { clientId: 'deskbell', clientSecret: 'a secret of the client' };

const claimsOf = (token: string): JWTPayload =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;

const keyOf = async (kid: string) => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' } };
};

/** A real OpenID provider on this machine, at which whoever it is told sits and agrees to everything at once. */
export const startIdentityProvider = async (callback: string, secret = true): Promise<IdentityProvider> => {
  const { privateKey, jwk } = await keyOf('one');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Claims>();
  const { clientId, clientSecret } = CLIENT;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        redirect_uris: [callback],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        ...(secret ? { client_secret: clientSecret } : {}),
        token_endpoint_auth_method: secret ? 'client_secret_basic' : 'none',
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: () => ({ ...people.get(accountId), sub: accountId }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const accountId = oidc.session?.accountId;
      if (!accountId) return undefined;
      const grant = new provider.Grant({ accountId, clientId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    self.asked.push(ctx.path);
    if (self.broken !== null) {
      ctx.status = self.broken;
      ctx.body = 'out of order';
      return;
    }
    if (ctx.path.startsWith('/interaction/')) {
      const { who } = self;
      if (who !== null) people.set(who.sub, who);
      const result = who === null ? { error: 'access_denied' } : { login: { accountId: who.sub } };
      ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
      return;
    }
    await next();
    const { spoil } = self;
    const body = ctx.body as { id_token?: string } | undefined;
    if (ctx.path !== '/token' || spoil === null || typeof body?.id_token !== 'string') return;
    const sign = (claims: JWTPayload, alg = 'RS256') =>
      new SignJWT(claims).setProtectedHeader({ alg, kid: 'one' }).sign(privateKey);
    ctx.body = { ...body, id_token: await spoil(claimsOf(body.id_token), sign) };
  });
  server.on('request', provider.callback());
  const self: IdentityProvider = {
    issuer,
    who: null,
    spoil: null,
    broken: null,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
};

/** What a browser came to in the end. */
export interface Arrived {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** As much of a browser as a sign-in needs: it follows redirects and keeps cookies. */
export class TestBrowser {
  private readonly cookies = new Map<string, string>();
  private readonly hosts: Readonly<Record<string, string>>;

  /** @param hosts where origins are that have no address of their own */
  constructor(hosts: Readonly<Record<string, string>> = {}) {
    this.hosts = hosts;
  }

  /** Goes on as long as it is sent on, and until it would leave for where `until` says. */
  async open(address: string, until: (url: URL) => boolean = () => false): Promise<Arrived> {
    let url = new URL(address);
    for (let hops = 0; hops < 12; hops += 1) {
      if (until(url)) return { url: url.href, status: 0, headers: new Headers(), body: '' };
      const { origin } = url;
      const at = this.hosts[origin] ?? origin;
      const response = await fetch(`${at}${url.pathname}${url.search}`, {
        redirect: 'manual',
        headers: { cookie: this.cookiesOf(origin) },
      });
      for (const line of response.headers.getSetCookie()) this.keep(origin, line);
      const body = await response.text();
      const location = response.headers.get('location');
      if (location === null) return { url: url.href, status: response.status, headers: response.headers, body };
      url = new URL(location, url);
    }
    throw new Error(`sent on and on, last to ${url.origin}${url.pathname}`);
  }

  private cookiesOf(origin: string): string {
    const own = [...this.cookies].filter(([key]) => key.startsWith(`${origin} `));
    return own.map(([key, value]) => `${key.slice(origin.length + 1)}=${value}`).join('; ');
  }

  private keep(origin: string, line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const isOver = /expires=Thu, 01 Jan 1970/i.test(line) || value === '';
    if (name === undefined || value === undefined) return;
    if (isOver) this.cookies.delete(`${origin} ${name}`);
    else this.cookies.set(`${origin} ${name}`, value);
  }
}
