import { z } from 'zod';
import { aboutAnswer } from '#contracts/api/about.ts';
import { type LoginAnswer, loginAnswer } from '#contracts/api/auth.ts';
import {
  type BeginAnswer,
  type BeginRequest,
  beginAnswer,
  type FinishRequest,
} from '#contracts/api/browser-sign-in.ts';
import type { Id } from '#contracts/host/host-rules.ts';
import type { Scope } from '#contracts/sync/scope.ts';
import {
  numberAnswer,
  type PresenceRequest,
  type PullQuery,
  type PushRequest,
  pullAnswer,
  pushAnswer,
  SYNC_LIMITS,
  sizeAnswer,
  subjectAnswer,
} from '#contracts/sync/wire.ts';
import { ask, type Heard, type Question, type Wire } from '#electron/network/ask.ts';
import { FileRoutes } from '#electron/network/file-routes.ts';

const noAnswer = z.null();

const KILO = 1024;
const MEGA = 1024 * KILO;

/** How long a desk waits for an answer, in milliseconds, and how much of one it reads, in bytes. */
export interface Limits {
  readonly small: { readonly time: number; readonly bytes: number };
  readonly push: { readonly time: number; readonly bytes: number };
  readonly page: { readonly time: number; readonly bytes: number };
}
export const LIMITS: Limits = {
  small: { time: 20_000, bytes: 256 * KILO },
  push: { time: 60_000, bytes: 4 * MEGA },
  page: { time: 120_000, bytes: 64 * MEGA },
};

export interface Login {
  readonly email: string;
  readonly password: string;
  readonly device: Id;
  readonly deviceName?: string;
}

/** What of these is there, as a query takes it. */
const inJson = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, JSON.stringify(value)]])),
  );

/** The routes of one server, each as a question with its limits and the form of its answer. */
export class Server {
  readonly origin: string;
  readonly files: FileRoutes;
  private readonly wire: Wire;
  private readonly limits: Limits;
  private readonly gone = new AbortController();

  constructor(wire: Wire, origin: string, limits: Limits) {
    this.wire = wire;
    this.origin = origin;
    this.limits = limits;
    this.files = new FileRoutes(wire, this.url('files'), this.gone.signal);
  }

  /** Nobody waits for its answers any more. */
  leave(): void {
    this.gone.abort();
  }

  about() {
    return this.ask('GET', 'about', aboutAnswer, this.limits.small);
  }

  login(login: Login): Promise<Heard<LoginAnswer>> {
    return this.ask('POST', 'auth/login', loginAnswer, this.limits.small, { body: login });
  }

  beginByBrowser(request: BeginRequest): Promise<Heard<BeginAnswer>> {
    return this.ask('POST', 'auth/oidc/begin', beginAnswer, this.limits.small, { body: request });
  }

  finishByBrowser(request: FinishRequest): Promise<Heard<LoginAnswer>> {
    return this.ask('POST', 'auth/oidc/finish', loginAnswer, this.limits.small, { body: request });
  }

  refresh(refreshToken: string, device: Id | null): Promise<Heard<LoginAnswer>> {
    const body = device === null ? { refreshToken } : { refreshToken, device };
    return this.ask('POST', 'auth/refresh', loginAnswer, this.limits.small, { body });
  }

  logout(token: string) {
    return this.ask('POST', 'auth/logout', noAnswer, this.limits.small, { token });
  }

  push(token: string, request: PushRequest) {
    const more = { token, body: request, most: SYNC_LIMITS.pushBytes };
    return this.ask('POST', 'sync/push', pushAnswer, this.limits.push, more);
  }

  pull(token: string, { cursor, limit, scope, beside }: PullQuery) {
    const query = new URLSearchParams({ cursor, limit: String(limit), ...inJson({ scope, beside }) });
    return this.ask('GET', `sync/pull?${query}`, pullAnswer, this.limits.page, { token });
  }

  subject(token: string, incidentId: Id) {
    return this.ask('GET', `sync/subjects/${encodeURIComponent(incidentId)}`, subjectAnswer, this.limits.page, {
      token,
    });
  }

  find(token: string, number: string) {
    return this.ask('GET', `sync/numbers/${encodeURIComponent(number)}`, numberAnswer, this.limits.small, { token });
  }

  size(token: string, scope: Scope | null) {
    return this.ask(
      'GET',
      `sync/size?${new URLSearchParams(inJson({ scope: scope ?? undefined }))}`,
      sizeAnswer,
      this.limits.small,
      {
        token,
      },
    );
  }

  look(token: string, looking: PresenceRequest) {
    return this.ask('POST', 'sync/presence', noAnswer, this.limits.small, { token, body: looking });
  }

  get stream(): string {
    return this.url('sync/stream');
  }

  private ask<T>(
    method: Question['method'],
    path: string,
    schema: z.ZodType<T>,
    limits: Limits['small'],
    more: Pick<Question, 'token' | 'body' | 'most'> = {},
  ): Promise<Heard<T>> {
    const question = { method, url: this.url(path), given: this.gone.signal, ...limits, ...more };
    return ask(this.wire, question, schema);
  }

  private url(path: string): string {
    return `${this.origin}/api/v1/${path}`;
  }
}
