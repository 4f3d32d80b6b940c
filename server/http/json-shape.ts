import type { FastifyInstance } from 'fastify';
import { troubleWithJson } from '#contracts/ipc/bounded-json.ts';
import { HttpRefusal } from './refusal.ts';

/** Deeper than anything a desk can write: its own bounds end at 64, inside the body of a push. */
const DEPTH = 80;

/** Refuses bodies whose nesting would exhaust whoever walks through them. Members are bounded by the body's bytes. */
export function boundDepth(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ body }) => {
    const nested = typeof body === 'object' && body !== null;
    if (nested && troubleWithJson(body, { size: Number.POSITIVE_INFINITY, depth: DEPTH }) !== null) {
      throw new HttpRefusal('badJson');
    }
  });
}
