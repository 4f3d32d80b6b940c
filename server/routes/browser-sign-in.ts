import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { loginAnswer } from '#contracts/api/auth.ts';
import { beginAnswer, beginRequest, finishRequest } from '#contracts/api/browser-sign-in.ts';
import { perAddress } from '#server/http/limits.ts';
import { HttpRefusal } from '#server/http/refusal.ts';
import type { Services } from '#server/services.ts';
import { REFUSALS } from './shapes.ts';

const tags = ['auth'];
/** Seconds until a provider that is away, or a server with too many sign-ins under way, is asked again. */
const LATER = 30;

/** Where the provider sends browsers back to, under the public address. */
export const CALLBACK = '/api/v1/auth/oidc/callback';

const OVER =
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>Deskbell: signing in</title><h1>This sign-in is over</h1><p>It was finished before, or took too long. Begin ` +
  `again at your desk. You can close this window.</p></html>`;

/** Signing in through the browser: a desk begins, the provider's answer passes by, the desk comes for who it was. */
export const browserSignInRoutes =
  ({ browser, accounts, sessions, metrics }: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const offered = () => {
      if (browser === null) throw new HttpRefusal('signInWayOff');
      return browser.signIn;
    };

    app.post(
      '/auth/oidc/begin',
      {
        ...perAddress(60),
        schema: {
          tags,
          summary: 'Begins a sign-in through the browser',
          body: beginRequest,
          response: { 200: beginAnswer, ...REFUSALS },
        },
      },
      async ({ body, log }) => {
        const begun = await offered().begin(body);
        if (begun.ok) {
          metrics.byBrowser('begun');
          return begun.value;
        }
        const { error } = begun;
        metrics.byBrowser(error.code);
        if (error.code === 'busy') throw new HttpRefusal('busy', { retryAfter: LATER });
        log.warn({ err: error.error, code: error.code }, 'the identity provider could not be asked');
        throw new HttpRefusal('providerAway', { retryAfter: LATER });
      },
    );

    app.get(
      '/auth/oidc/callback',
      // A look at the address must not use it up.
      { ...perAddress(120), exposeHeadRoute: false, schema: { hide: true } },
      async ({ raw, log }, reply) => {
        const query = new URLSearchParams((raw.url ?? '').split('?').slice(1).join('?'));
        const sent = await offered().cameBack(query);
        reply.header('cache-control', 'no-store');
        if (sent === null) {
          metrics.byBrowser('over');
          return reply.code(410).type('text/html; charset=utf-8').serializer(String).send(OVER);
        }
        const { to, refusal, fault } = sent;
        if (refusal !== null) metrics.byBrowser(refusal);
        if (fault !== null) log.warn({ err: fault.error, code: fault.code }, 'a sign-in at the provider failed');
        return reply.redirect(to, 303);
      },
    );

    app.post(
      '/auth/oidc/finish',
      {
        ...perAddress(120),
        schema: {
          tags,
          summary: 'Ends a sign-in through the browser, with a session',
          body: finishRequest,
          response: { 200: loginAnswer, ...REFUSALS },
        },
      },
      async ({ body }) => {
        const personId = await offered().finish(body);
        const user = personId === null ? null : await accounts.user(personId);
        metrics.byBrowser(user === null ? 'over' : 'good');
        if (user === null) throw new HttpRefusal('signInOver');
        const tokens = await sessions.open(user.id, body.device, body.deviceName ?? null);
        return { ...tokens, user, block: await sessions.blockOf(body.device) };
      },
    );
  };
