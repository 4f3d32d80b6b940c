import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { loginAnswer, loginRequest, refreshRequest } from '#contracts/api/auth.ts';
import { foldedName } from '#domain/directory/names.ts';
import { userOf } from '#server/accounts/accounts.ts';
import { needsSession, sessionOf } from '#server/http/authenticate.ts';
import { perAddress, perSession } from '#server/http/limits.ts';
import { HttpRefusal } from '#server/http/refusal.ts';
import type { Services } from '#server/services.ts';
import { NOTHING, REFUSALS } from './shapes.ts';

/** Passwords that may be checked at a time: each takes memory and a thread. */
const CHECKS = 32;

const tags = ['auth'];
const response = { 200: loginAnswer, ...REFUSALS };

/** Signing in, without a session yet. */
export const signInRoutes =
  ({ accounts, sessions, guard, passwords, metrics, passwordSignIn }: Services): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/auth/login',
      { ...perAddress(120), schema: { tags, summary: 'Signs a person in on a device', body: loginRequest, response } },
      async ({ body, ip }) => {
        if (!passwordSignIn) throw new HttpRefusal('signInWayOff');
        const email = foldedName(body.email);
        const address = normalizeIP(ip);
        const wait = await guard.enter(email, address);
        if (wait !== null) {
          metrics.signedIn('held');
          throw new HttpRefusal('tooManyAttempts', { retryAfter: wait });
        }
        if (passwords.busy >= CHECKS) throw new HttpRefusal('busy', { retryAfter: 1 });
        const found = await accounts.signIn(body.email, body.password);
        metrics.signedIn(found === null ? 'wrong' : 'good');
        if (found === null) throw new HttpRefusal('credentialsWrong');
        await guard.passed(email, address);
        const tokens = await sessions.open(found.person.id, body.device, body.deviceName ?? null);
        return { ...tokens, user: userOf(found.account, found.person), block: await sessions.blockOf(body.device) };
      },
    );

    app.post(
      '/auth/refresh',
      { ...perAddress(600), schema: { tags, summary: 'New tokens for old', body: refreshRequest, response } },
      async ({ body }) => {
        const refreshed = await sessions.refresh(body.refreshToken, body.device ?? null);
        if (!refreshed.ok) throw new HttpRefusal(refreshed.error === 'revoked' ? 'sessionRevoked' : 'sessionEnded');
        const { session, tokens } = refreshed.value;
        const user = await accounts.user(session.personId);
        if (user !== null) return { ...tokens, user, block: await sessions.blockOf(session.device) };
        await sessions.end(session.id);
        throw new HttpRefusal('sessionRevoked');
      },
    );
  };

/** Signing out. */
export const signOutRoutes =
  (services: Services): FastifyPluginAsyncZod =>
  async (app) => {
    needsSession(app, services);
    app.post(
      '/auth/logout',
      { ...perSession(60), schema: { tags, summary: 'Ends this session', response: NOTHING } },
      async (request, reply) => {
        await services.sessions.end(sessionOf(request).id);
        return reply.code(204).send(null);
      },
    );
  };
