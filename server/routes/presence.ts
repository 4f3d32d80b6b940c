import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { presenceRequest } from '#contracts/sync/wire.ts';
import { needsSession, sessionOf } from '#server/http/authenticate.ts';
import { perSession } from '#server/http/limits.ts';
import { HttpRefusal } from '#server/http/refusal.ts';
import type { Services } from '#server/services.ts';
import { isOfStaff, seesRow, viewOf } from '#sync/authority/view.ts';
import { NOTHING } from './shapes.ts';

/** Who looks, who types: a courtesy between those who work on an incident (SPEC 18). */
export const presenceRoutes =
  (services: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const { presence, log } = services;
    needsSession(app, services);

    app.post(
      '/sync/presence',
      {
        ...perSession(120),
        bodyLimit: 1_024,
        schema: {
          tags: ['sync'],
          summary: 'Says at which incident somebody looks and whether they write; to be said again within 30 seconds',
          body: presenceRequest,
          response: NOTHING,
        },
      },
      async (request, reply) => {
        const { id: session, personId: person } = sessionOf(request);
        const { incidentId, typing } = request.body;
        const found = await log.read(async (reader) => ({
          view: viewOf(person, await reader.person(person)),
          row: incidentId === null ? undefined : (await reader.incidents([incidentId])).get(incidentId),
        }));
        if (!isOfStaff(found.view)) throw new HttpRefusal('notAllowedForRole');
        if (incidentId !== null && (found.row === undefined || !seesRow(found.view, found.row))) {
          // What they looked at before they look at no more.
          presence.end(session);
          throw new HttpRefusal('notFound');
        }
        if (incidentId === null) presence.end(session);
        else presence.announce({ session, person, incidentId, typing });
        return reply.code(204).send(null);
      },
    );
  };
