import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { aboutAnswer } from '#contracts/api/about.ts';
import { PROTOCOL } from '#contracts/sync/wire.ts';
import { COME_BACK } from '#server/http/errors.ts';
import { HttpRefusal } from '#server/http/refusal.ts';
import type { Services } from '#server/services.ts';
import { REFUSALS } from './shapes.ts';

const tags = ['service'];
const well = { 200: z.strictObject({ status: z.literal('ok') }), ...REFUSALS };

/** For those who run the server. Nothing here says anything about people or incidents. */
export const serviceRoutes =
  ({ log, metrics, passwordSignIn, browser }: Services): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/healthz', { schema: { tags, summary: 'The process answers', response: well } }, async () => ({
      status: 'ok' as const,
    }));

    app.get(
      '/about',
      { schema: { tags, summary: 'Who answers here', response: { 200: aboutAnswer, ...REFUSALS } } },
      async () => ({
        product: 'deskbell' as const,
        protocols: [PROTOCOL],
        signIn: { password: passwordSignIn, browser: browser?.name ?? null },
      }),
    );

    app.get('/readyz', { schema: { tags, summary: 'The database answers too', response: well } }, async (request) => {
      try {
        await log.read(async ({ head }) => head.seq);
      } catch (error) {
        request.log.warn({ err: error }, 'not ready');
        throw new HttpRefusal('unavailable', { retryAfter: COME_BACK });
      }
      return { status: 'ok' as const };
    });

    app.get('/metrics', { schema: { tags, summary: 'Figures for Prometheus' } }, async (_request, reply) =>
      reply
        .type(metrics.registry.contentType)
        .serializer(String)
        .send(await metrics.registry.metrics()),
    );

    app.get('/openapi.json', { schema: { tags, summary: 'This description' } }, async () => app.swagger());
  };
