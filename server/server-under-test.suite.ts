import type { FastifyInstance } from 'fastify';
import { v7 as newId } from 'uuid';
import { onTestFinished } from 'vitest';
import type { LoginAnswer } from '#contracts/api/auth.ts';
import { PROTOCOL, type PushAnswer } from '#contracts/sync/wire.ts';
import type { CommandArgs } from '#domain/command/command.ts';
import type { Role } from '#domain/directory/directory.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import { createMemoryAccounts } from './accounts/memory-accounts.ts';
import { type AppOptions, buildApp } from './app.ts';
import { createLog } from './http/log.ts';
import { createServices, type Foundations, type Services } from './services.ts';
import { createLocalChannel } from './sync/growth.ts';

export const ADMIN = { email: 'root@desk.example', password: 'correct horse battery' };

/** An answer of the API as tests look at it. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: T;
}

/** A desk that signed in. */
export interface Desk {
  readonly device: string;
  readonly tokens: LoginAnswer;
  call<T = Record<string, unknown>>(method: Method, url: string, payload?: unknown): Promise<Answer<T>>;
  /** Sends commands at the next places of the lane. */
  push(...commands: readonly { name: string; args: unknown; id?: string }[]): Promise<Answer<PushAnswer>>;
}
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD' | 'OPTIONS';

export interface ServerUnderTest {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly clock: { now: number };
  /** Everything that was logged. */
  readonly logged: string[];
  call<T = Record<string, unknown>>(method: Method, url: string, payload?: unknown, token?: string): Promise<Answer<T>>;
  login(email?: string, password?: string, device?: string): Promise<Desk>;
  /** Somebody new, signed in. */
  newcomer(admin: Desk, role: Role, email?: string): Promise<Desk>;
}

export interface UnderTest extends Partial<Foundations>, Partial<AppOptions> {}

/** A server on a log in memory, unless another one is handed in, with one administrator. */
export async function startServer(parts: UnderTest = {}): Promise<ServerUnderTest> {
  const clock = { now: Date.UTC(2026, 0, 5, 9) };
  const logged: string[] = [];
  const logger = createLog('trace', { write: (line) => logged.push(line) });
  const services = await createServices({
    log: createMemoryLog('epoch'),
    accounts: createMemoryAccounts(),
    channel: createLocalChannel(),
    now: () => clock.now,
    zone: 'Europe/Berlin',
    logger,
    ...parts,
  });
  const app = await buildApp(services, { logger, trustProxy: false, ...parts });
  onTestFinished(async () => {
    await app.close();
    await services.close();
  });
  await services.accounts.createFirst(ADMIN.email, ADMIN.password, 'Root');

  const call = async <T = Record<string, unknown>>(
    method: Method,
    url: string,
    payload?: unknown,
    token?: string,
  ): Promise<Answer<T>> => {
    const response = await app.inject({
      method,
      url: url.startsWith('/') ? url : `/api/v1/${url}`,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
    const json = String(response.headers['content-type']).includes('json');
    const body: T = json ? response.json() : (response.body as T);
    return { status: response.statusCode, headers: response.headers, body };
  };

  const deskOf = (device: string, tokens: LoginAnswer): Desk => {
    let seq = 1;
    const mine = <T = Record<string, unknown>>(method: Method, url: string, payload?: unknown) =>
      call<T>(method, url, payload, tokens.accessToken);
    return {
      device,
      tokens,
      call: mine,
      push: async (...commands) => {
        const at = clock.now;
        const sent = commands.map((command, index) => ({
          id: newId(),
          ...command,
          seq: seq + index,
          occurredAt: at,
          recordedAt: at,
        }));
        const answer = await mine<PushAnswer>('POST', 'sync/push', pushOf(device, at, sent));
        if (answer.status === 200) seq = answer.body.expected;
        return answer;
      },
    };
  };

  const login = async (email = ADMIN.email, password = ADMIN.password, device: string = newId()): Promise<Desk> => {
    const { status, body } = await call<LoginAnswer>('POST', 'auth/login', { email, password, device });
    if (status !== 200) throw new Error(`login: ${JSON.stringify(body)}`);
    return deskOf(device, body);
  };

  return {
    app,
    services,
    clock,
    logged,
    call,
    login,
    newcomer: async (admin, role, email = `${newId()}@desk.example`) => {
      const wanted = { email, password: ADMIN.password, name: `A ${role} ${email}`, role };
      const made = await admin.call('POST', 'accounts', wanted);
      if (made.status !== 201) throw new Error(`newcomer: ${JSON.stringify(made.body)}`);
      return login(email);
    },
  };
}

export const pushOf = (device: string, sentAt: number, commands: readonly unknown[]) => ({
  protocol: PROTOCOL,
  device,
  sentAt,
  commands,
});

export const recordArgs = (shortDescription: string): CommandArgs['incident.record'] => ({
  incidentId: newId(),
  shortDescription,
  channel: 'phone',
  impact: 3,
  urgency: 2,
});

export const recorded = (shortDescription: string) => ({
  name: 'incident.record',
  args: recordArgs(shortDescription),
});
