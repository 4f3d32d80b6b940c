import type { ServerResponse } from 'node:http';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { StreamEvent } from '#contracts/sync/wire.ts';
import { needsSession, sessionOf } from '#server/http/authenticate.ts';
import { perSession } from '#server/http/limits.ts';
import type { Services } from '#server/services.ts';
import type { Listener } from '#server/sync/streams.ts';

/** As it goes over the line. */
const textOf = (event: StreamEvent): string => `event: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`;

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
        const newest = createNewest(reply.raw);
        const grew = (throughSeq: number) => newest.put({ event: 'poke', throughSeq });
        const listener: Listener = { session, person, grew, present: newest.put, end: newest.end };
        streams.add(listener);
        reply.sse.onClose(() => {
          streams.remove(listener);
          newest.end();
          if (streams.of(session).length === 0) presence.end(session);
        });
        grew(await log.read(async ({ head }) => head.seq));
        // Revoked between the look at the token and now: nobody would end this stream any more.
        if (!(await sessions.isOpen(session))) newest.end();
        newest.begin(() => reply.sse.sendHeaders());
        await newest.ended;
      },
    );
  };

interface Newest {
  readonly put: (event: StreamEvent) => void;
  readonly end: () => void;
  /** From now on what is held goes out, unless it has ended. */
  readonly begin: (sendHeaders: () => void) => void;
  readonly ended: Promise<void>;
}

/**
 * Writes each event at once while the line takes them: a thousand lines are written to for every change. While it
 * doesn't, one event of each name is held, and a newer one takes its place.
 */
function createNewest(line: ServerResponse): Newest {
  const held = new Map<string, StreamEvent>();
  let state: 'new' | 'open' | 'ended' = 'new';
  let tell: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const write = (): void => {
    for (const [name, event] of held) {
      if (state !== 'open' || line.writableNeedDrain) return;
      held.delete(name);
      line.write(textOf(event));
    }
  };
  line.on('drain', write);
  return {
    put: (event) => {
      held.set(event.event, event);
      write();
    },
    end: () => {
      state = 'ended';
      tell();
    },
    begin: (sendHeaders) => {
      if (state === 'ended') return;
      state = 'open';
      sendHeaders();
      write();
    },
    ended,
  };
}
