import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  accountParams,
  accountsAnswer,
  accountView,
  createAccountRequest,
  deviceParams,
  devicesAnswer,
  setPasswordRequest,
} from '#contracts/api/accounts.ts';
import type { Result } from '#domain/result.ts';
import type { AccountRefusal } from '#server/accounts/accounts.ts';
import { needsAdministrator, needsSession, sessionOf } from '#server/http/authenticate.ts';
import { COME_BACK } from '#server/http/errors.ts';
import { perSession } from '#server/http/limits.ts';
import { HttpRefusal } from '#server/http/refusal.ts';
import type { Services } from '#server/services.ts';
import { NOTHING, REFUSALS } from './shapes.ts';

const tags = ['accounts'];
const limit = perSession(120);

/** The value, or the problem document of what was in the way. */
export function valueOrRefusal<T>(result: Result<T, AccountRefusal>): T {
  if (result.ok) return result.value;
  const { error } = result;
  if (error.code === 'refused') {
    if (error.refusal.code === 'notAllowedForRole') throw new HttpRefusal('notAllowedForRole');
    throw new HttpRefusal('refused', { refusal: error.refusal });
  }
  const later = error.code === 'busy' || error.code === 'unavailable';
  throw new HttpRefusal(error.code, later ? { retryAfter: COME_BACK } : {});
}

/** Accounts as administrators make and unmake them. */
export const accountRoutes =
  (services: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const { accounts } = services;
    needsSession(app, services);
    needsAdministrator(app, services);

    app.get(
      '/accounts',
      {
        ...limit,
        schema: { tags, summary: 'Everybody who may sign in', response: { 200: accountsAnswer, ...REFUSALS } },
      },
      async () => ({ accounts: [...(await accounts.list())] }),
    );

    app.post(
      '/accounts',
      {
        ...limit,
        schema: {
          tags,
          summary: 'Lets somebody sign in, and makes their record in the directory',
          body: createAccountRequest,
          response: { 201: accountView, ...REFUSALS },
        },
      },
      async (request, reply) => {
        const made = valueOrRefusal(await accounts.create(sessionOf(request).personId, request.body));
        return reply.code(201).send(made);
      },
    );

    app.put(
      '/accounts/:personId/password',
      {
        ...limit,
        schema: {
          tags,
          summary: 'Sets a password and signs the person out everywhere',
          params: accountParams,
          body: setPasswordRequest,
          response: NOTHING,
        },
      },
      async (request, reply) => {
        const { params, body } = request;
        valueOrRefusal(await accounts.setPassword(params.personId, body.password, sessionOf(request).id));
        return reply.code(204).send(null);
      },
    );

    for (const [word, active, summary] of [
      ['deactivate', false, 'Signs a person out everywhere, for good'],
      ['activate', true, 'Lets a deactivated person sign in again'],
    ] as const) {
      app.post(
        `/accounts/:personId/${word}`,
        { ...limit, schema: { tags, summary, params: accountParams, response: NOTHING } },
        async (request, reply) => {
          valueOrRefusal(await accounts.setActive(sessionOf(request).personId, request.params.personId, active));
          return reply.code(204).send(null);
        },
      );
    }

    app.get(
      '/accounts/:personId/devices',
      {
        ...limit,
        schema: {
          tags,
          summary: 'Where a person is signed in',
          params: accountParams,
          response: { 200: devicesAnswer, ...REFUSALS },
        },
      },
      async ({ params }) => ({ devices: [...(await accounts.devices(params.personId))] }),
    );

    app.delete(
      '/accounts/:personId/devices/:device',
      { ...limit, schema: { tags, summary: 'Signs a device out at once', params: deviceParams, response: NOTHING } },
      async ({ params }, reply) => {
        valueOrRefusal(await accounts.revoke(params.personId, params.device));
        return reply.code(204).send(null);
      },
    );
  };
