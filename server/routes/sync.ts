import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { apiText } from '#contracts/api/texts.ts';
import {
  numberAnswer,
  PROTOCOL,
  type PushedCommand,
  type PushResult,
  pullAnswer,
  pullQuery,
  pushAnswer,
  pushRequest,
  SYNC_LIMITS,
  sizeAnswer,
  sizeQuery,
  subjectAnswer,
} from '#contracts/sync/wire.ts';
import { needsSession, sessionOf } from '#server/http/authenticate.ts';
import { COME_BACK } from '#server/http/errors.ts';
import { perSession } from '#server/http/limits.ts';
import { HttpRefusal } from '#server/http/refusal.ts';
import type { Services } from '#server/services.ts';
import { incidentOfNumber, pullPage, sizeOfScope, subject } from '#sync/authority/pull.ts';
import { REFUSALS } from './shapes.ts';

const tags = ['sync'];
const subjectParams = z.strictObject({ id: apiText(128).min(1) });
const numberParams = z.strictObject({ number: apiText(128).min(1) });

/** What desks and the server tell each other. Who acts is always whom the token says. */
export const syncRoutes =
  (services: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const { gatherer, sessions, log, now } = services;
    needsSession(app, services);

    app.post(
      '/sync/push',
      {
        ...perSession(300),
        bodyLimit: SYNC_LIMITS.pushBytes,
        schema: {
          tags,
          summary: 'Hands over commands and learns what became of them',
          body: pushRequest,
          response: { 200: pushAnswer, ...REFUSALS },
        },
      },
      async (request) => {
        const { protocol, device, sentAt, commands } = request.body;
        const session = sessionOf(request);
        if (protocol !== PROTOCOL) throw new HttpRefusal('protocolUnsupported', { supported: [PROTOCOL] });
        if (device !== session.device) throw new HttpRefusal('foreignDevice');
        const pushed = await gatherer.push({ device, person: session.personId, commands });
        if (!pushed.ok) {
          throw new HttpRefusal(pushed.error === 'busy' ? 'busy' : 'unavailable', { retryAfter: COME_BACK });
        }
        const { head, expected, results } = pushed.value;
        await sessions.seen(session, sentAt);
        for (const person of peopleWhoLeft(commands, results)) await sessions.endAllOf(person);
        return { epoch: head.epoch, expected, results: [...results] };
      },
    );

    app.get(
      '/sync/pull',
      {
        ...perSession(600),
        schema: {
          tags,
          summary: 'A page of what this person may see, after a cursor',
          querystring: pullQuery,
          response: { 200: pullAnswer, ...REFUSALS },
        },
      },
      async (request) => {
        const session = sessionOf(request);
        await sessions.seen(session, null);
        return pullPage(log, { device: session.device, person: session.personId }, request.query, { now: now() });
      },
    );

    app.get(
      '/sync/subjects/:id',
      {
        ...perSession(600),
        schema: {
          tags,
          summary: 'One incident with its whole timeline',
          params: subjectParams,
          response: { 200: subjectAnswer, ...REFUSALS },
        },
      },
      async (request) => {
        const found = await subject(log, { person: sessionOf(request).personId }, request.params.id, now());
        if (found === null) throw new HttpRefusal('notFound');
        return found;
      },
    );

    app.get(
      '/sync/numbers/:number',
      {
        ...perSession(600),
        schema: {
          tags,
          summary: 'The incident that bears a number, or bore it elsewhere',
          params: numberParams,
          response: { 200: numberAnswer, ...REFUSALS },
        },
      },
      async (request) => {
        const incidentId = await incidentOfNumber(log, { person: sessionOf(request).personId }, request.params.number);
        if (incidentId === null) throw new HttpRefusal('notFound');
        return { incidentId };
      },
    );

    app.get(
      '/sync/size',
      {
        ...perSession(600),
        schema: {
          tags,
          summary: 'How many incidents a device with this scope would keep',
          querystring: sizeQuery,
          response: { 200: sizeAnswer, ...REFUSALS },
        },
      },
      async (request) => {
        const { scope = null } = request.query;
        return { incidents: await sizeOfScope(log, { person: sessionOf(request).personId }, scope, now()) };
      },
    );
  };

const leaving = z.looseObject({
  kind: z.literal('person'),
  record: z.looseObject({ id: z.string(), active: z.literal(false) }),
});

/** Whoever an accepted command says has left is signed out at once. */
function peopleWhoLeft(commands: readonly PushedCommand[], results: readonly PushResult[]): readonly string[] {
  const accepted = new Set(results.flatMap(({ status, commandId }) => (status === 'accepted' ? [commandId] : [])));
  return commands.flatMap((command) => {
    if ('skip' in command || command.name !== 'directory.save' || !accepted.has(command.id)) return [];
    const left = leaving.safeParse(command.args);
    return left.success ? [left.data.record.id] : [];
  });
}
