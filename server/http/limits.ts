import type { FastifyRequest, RouteShorthandOptions } from 'fastify';

/** Bytes of a body where a route says nothing else. */
export const BODY_BYTES = 64 * 1024;
/** Milliseconds for a whole request to arrive: the largest push over a slow line. */
export const ARRIVAL = 120_000;
/** Characters of a parameter in an address. */
export const PARAMETER = 128;

const MINUTE = 60_000;

/** Requests a minute from one address, for routes that anybody may call. */
export const perAddress = (max: number): Pick<RouteShorthandOptions, 'config'> => ({
  config: { rateLimit: { max, timeWindow: MINUTE } },
});

/** Requests a minute in one session: many desks may share an address. Counted once the token was looked at. */
export const perSession = (max: number): Pick<RouteShorthandOptions, 'config'> => ({
  config: {
    rateLimit: {
      max,
      timeWindow: MINUTE,
      hook: 'preParsing',
      keyGenerator: ({ session, ip }: FastifyRequest) => session?.id ?? ip,
    },
  },
});
