import type { FastifyInstance, FastifyRequest } from 'fastify';
import { may } from '#domain/permissions/permissions.ts';
import type { Session } from '#server/accounts/account-store.ts';
import type { Services } from '#server/services.ts';
import { HttpRefusal } from './refusal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, on routes that need to know. */
    session: Session | null;
  }
}

/** Once for the whole server. */
export function knowCallers(app: FastifyInstance): void {
  app.decorateRequest('session', null);
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,200})$/i;

/** From here on in this scope a request needs an access token, before its body is even read. */
export function needsSession(app: FastifyInstance, { sessions }: Services): void {
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, security: [{ bearer: [] }] };
  });
  const wrongTokens = app.createRateLimit({ max: 100, timeWindow: 60_000 });
  app.addHook('onRequest', async (request) => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const session = token === undefined ? null : await sessions.authenticate(token);
    request.session = session;
    if (session !== null) return;
    const limit = token === undefined ? null : await wrongTokens(request);
    if (limit?.isAllowed === false && limit.isExceeded) {
      throw new HttpRefusal('tooManyRequests', { retryAfter: limit.ttlInSeconds });
    }
    throw new HttpRefusal('notSignedIn');
  });
}

export function sessionOf({ session }: FastifyRequest): Session {
  if (session === null) throw new Error('this route is outside of those that need a session');
  return session;
}

/** From here on in this scope only those whose role may configure, as the directory says now. */
export function needsAdministrator(app: FastifyInstance, { directory }: Services): void {
  app.addHook('preParsing', async (request) => {
    const person = await directory.person(sessionOf(request).personId);
    if (person?.active !== true || !may(person.role, 'configure', false)) throw new HttpRefusal('notAllowedForRole');
  });
}
