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

/** Server-sent events: where the log ends, at once and whenever it grows. A slow reader gets the newest only. */
export const streamRoutes =
  (services: Services): FastifyPluginAsyncZod =>
  async (app) => {
    const { streams, log, sessions } = services;
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
        const { id: session } = sessionOf(request);
        const newest = createNewest();
        const listener: Listener = { session, grew: newest.set, end: newest.end };
        streams.add(listener);
        reply.sse.onClose(() => {
          streams.remove(listener);
          newest.end();
        });
        newest.set(await log.read(async ({ head }) => head.seq));
        // Revoked between the look at the token and now: nobody would end this stream any more.
        if (!(await sessions.isOpen(session))) newest.end();
        await reply.sse.send(pokes(newest));
      },
    );
  };

async function* pokes(newest: Newest): AsyncGenerator<Sent> {
  for (let seq = await newest.next(); seq !== null; seq = await newest.next()) yield poke(seq);
}

interface Newest {
  readonly set: (seq: number) => void;
  readonly end: () => void;
  /** The newest value not taken yet, as soon as there is one; null at the end. */
  next(): Promise<number | null>;
}

/** Holds one value: a newer one takes its place. */
function createNewest(): Newest {
  let value: number | null = null;
  let ended = false;
  let wake: () => void = () => undefined;
  return {
    set: (seq) => {
      value = seq;
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    next: async () => {
      while (value === null && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const taken = ended ? null : value;
      value = null;
      return taken;
    },
  };
}
