import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { StreamEvent } from '#contracts/sync/wire.ts';
import { needsSession, sessionOf } from '#server/http/authenticate.ts';
import { perSession } from '#server/http/limits.ts';
import type { Services } from '#server/services.ts';
import type { Listener } from '#server/sync/streams.ts';

/** An event as it goes over the line. */
interface Sent {
  readonly event: string;
  readonly data: StreamEvent;
}

const poke = (throughSeq: number): Sent => ({ event: 'poke', data: { event: 'poke', throughSeq } });

/**
 * Server-sent events: where the log ends, at once and whenever it grows, and who else looks at the incident that this
 * session looks at. A slow reader gets the newest of each only.
 */
export const streamRoutes =
  (services: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const { streams, log, sessions, presence } = services;
    needsSession(app, services);
    app.get(
      '/sync/stream',
      {
        ...perSession(60),
        // Nothing else is produced here, whatever a request says that it accepts.
        sse: { kind: 'manual' },
        exposeHeadRoute: false,
        schema: { tags: ['sync'], summary: 'Server-sent events: a poke when there is something to pull' },
      },
      async (request, reply) => {
        const { id: session, personId: person } = sessionOf(request);
        const newest = createNewest();
        const grew = (seq: number) => newest.put(poke(seq));
        const listener: Listener = {
          session,
          person,
          grew,
          present: (data) => newest.put({ event: 'presence', data }),
          end: newest.end,
        };
        streams.add(listener);
        reply.sse.onClose(() => {
          streams.remove(listener);
          newest.end();
          if (streams.of(session).length === 0) presence.end(session);
        });
        grew(await log.read(async ({ head }) => head.seq));
        // Revoked between the look at the token and now: nobody would end this stream any more.
        if (!(await sessions.isOpen(session))) newest.end();
        await reply.sse.send(sent(newest));
      },
    );
  };

async function* sent(newest: Newest): AsyncGenerator<Sent> {
  for (let event = await newest.next(); event !== null; event = await newest.next()) yield event;
}

interface Newest {
  readonly put: (event: Sent) => void;
  readonly end: () => void;
  /** The next event not taken yet, as soon as there is one; null at the end. */
  next(): Promise<Sent | null>;
}

/** Holds one event of each name: a newer one takes its place. */
function createNewest(): Newest {
  const held = new Map<string, Sent>();
  let ended = false;
  let wake: () => void = () => undefined;
  return {
    put: (event) => {
      held.set(event.event, event);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    next: async () => {
      while (held.size === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const [taken] = held.values();
      if (ended || taken === undefined) return null;
      held.delete(taken.event);
      return taken;
    },
  };
}
