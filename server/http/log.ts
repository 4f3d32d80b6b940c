import { type DestinationStream, type Logger, pino } from 'pino';
import type { LOG_LEVELS } from '#server/config.ts';

/**
 * What may be said of an error: its kind, its code and where it was. Never its message: a database puts the values
 * into it that it could not take, and those are what people wrote.
 */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: frames.map((line) => line.trim()).slice(0, 20),
    ...(error.cause === undefined ? {} : { cause: errorFields(error.cause) }),
  };
}

/** One JSON object a line. Nobody logs bodies, headers or addresses with their parameters. */
export const createLog = (level: (typeof LOG_LEVELS)[number], to: DestinationStream): Logger =>
  pino({ level, base: null, serializers: { err: errorFields, req: () => undefined, res: () => undefined } }, to);
