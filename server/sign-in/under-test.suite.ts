import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { v7 as newId } from 'uuid';
import { onTestFinished } from 'vitest';
import { CLIENT, type IdentityProvider, startIdentityProvider, TestBrowser } from '#build/testing/identity-provider.ts';
import { LOOPBACK_PATH } from '#contracts/api/browser-sign-in.ts';
import { newSecret } from '#server/accounts/tokens.ts';
import { CALLBACK } from '#server/routes/browser-sign-in.ts';
import {
  ADMIN,
  type Answer,
  type ServerUnderTest,
  startServer,
  type UnderTest,
} from '#server/server-under-test.suite.ts';
import type { BrowserFoundations } from '#server/services.ts';
import { createMemorySignIns } from './memory-sign-ins.ts';

export const PUBLIC = 'https://desk.example.org';
export const NAME = 'Example sign-in';
export const ROOT = { sub: 'root', email: ADMIN.email, email_verified: true, name: 'Somebody Else' };

/** A server with a real identity provider, and a browser that knows where both are. */
export interface BrowserUnderTest extends ServerUnderTest {
  readonly provider: IdentityProvider;
  /** Where it listens. */
  readonly address: string;
  readonly browser: TestBrowser;
  /** One in which nobody is signed in at the provider. */
  newBrowser(): TestBrowser;
  /** Moves the server's clock. The provider's stays. */
  later(milliseconds: number): void;
}

export async function startWithBrowser(
  parts: UnderTest = {},
  browserParts: Partial<Omit<BrowserFoundations, 'provider'>> & {
    readonly secret?: boolean;
    readonly identities?: IdentityProvider;
  } = {},
): Promise<BrowserUnderTest> {
  const { secret = true, identities, ...more } = browserParts;
  const provider = identities ?? (await startIdentityProvider(`${PUBLIC}${CALLBACK}`, secret));
  if (identities === undefined) {
    onTestFinished(() => provider.close());
    provider.who = ROOT;
  }
  let offset = 0;
  const server = await startServer({
    now: () => Date.now() + offset,
    browser: {
      provider: {
        issuer: provider.issuer,
        clientId: CLIENT.clientId,
        clientSecret: secret ? CLIENT.clientSecret : null,
        callback: `${PUBLIC}${CALLBACK}`,
      },
      signIns: createMemorySignIns(),
      name: NAME,
      newcomers: null,
      ...more,
    },
    ...parts,
  });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const address = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
  const newBrowser = () => new TestBrowser({ [PUBLIC]: address });
  return {
    ...server,
    provider,
    address,
    browser: newBrowser(),
    newBrowser,
    later: (milliseconds) => {
      offset += milliseconds;
    },
  };
}

/** A desk's side of one sign-in. */
export class SignInAttempt {
  readonly device = newId();
  readonly verifier = newSecret();
  readonly state = newSecret();
  readonly port = 51_234;
  private readonly server: Pick<BrowserUnderTest, 'call' | 'browser'>;

  constructor(server: Pick<BrowserUnderTest, 'call' | 'browser'>) {
    this.server = server;
  }

  request(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const codeChallenge = createHash('sha256').update(this.verifier).digest('base64url');
    return { device: this.device, codeChallenge, port: this.port, state: this.state, ...more };
  }

  async begin(): Promise<string> {
    const { status, body } = await this.server.call('POST', 'auth/oidc/begin', this.request());
    if (status !== 200) throw new Error(JSON.stringify(body));
    return String(body.authorizeUrl);
  }

  /** What the browser brings to the desk: the address at which it would arrive there. */
  async throughProvider(): Promise<URL> {
    const { url } = await this.server.browser.open(
      await this.begin(),
      ({ hostname, port, pathname }) =>
        hostname === '127.0.0.1' && port === String(this.port) && pathname === LOOPBACK_PATH,
    );
    return new URL(url);
  }

  /** The provider's answer, on its way to the server's callback. */
  async toCallback(): Promise<URL> {
    const { url } = await this.server.browser.open(await this.begin(), ({ origin }) => origin === PUBLIC);
    return new URL(url);
  }

  finish(code: string | null, more: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const body = { code, codeVerifier: this.verifier, device: this.device, deviceName: 'Desk 3', ...more };
    return this.server.call('POST', 'auth/oidc/finish', body);
  }
}
