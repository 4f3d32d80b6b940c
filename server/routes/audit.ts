import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sealsAnswer, sealsQuery } from '#contracts/api/audit.ts';
import { needsAdministrator, needsSession } from '#server/http/authenticate.ts';
import { perSession } from '#server/http/limits.ts';
import type { Services } from '#server/services.ts';
import { REFUSALS } from './shapes.ts';

/** For those who answer for it that nothing was rewritten. */
export const auditRoutes =
  (services: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const { seals } = services;
    needsSession(app, services);
    needsAdministrator(app, services);

    app.get(
      '/audit/seals',
      {
        ...perSession(60),
        schema: {
          tags: ['audit'],
          summary: 'The daily seals over the chains of all records, newest first, to be kept elsewhere',
          querystring: sealsQuery,
          response: { 200: sealsAnswer, ...REFUSALS },
        },
      },
      async ({ query: { limit, before = null } }) => ({ seals: [...((await seals?.list(limit, before)) ?? [])] }),
    );
  };
