import type { FastifyReply } from 'fastify';
import { PROBLEM_MEDIA_TYPE, type ProblemCode, type ProblemMore, problemOf } from '#contracts/api/problems.ts';

/**
 * What a hook or a handler throws to answer with a problem document. An exception, because that is how Fastify ends
 * a request wherever it is; inside the house a refusal is a value.
 */
export class HttpRefusal extends Error {
  readonly code: ProblemCode;
  readonly more: ProblemMore;
  /** Seconds. */
  readonly retryAfter: number | null;

  constructor(code: ProblemCode, { retryAfter, ...more }: ProblemMore & { readonly retryAfter?: number } = {}) {
    super(code);
    this.name = 'HttpRefusal';
    this.code = code;
    this.more = more;
    this.retryAfter = retryAfter ?? null;
  }
}

/** Answers a request with the problem document of a refusal. */
export function sendRefusal(reply: FastifyReply, { code, more, retryAfter }: HttpRefusal): FastifyReply {
  const document = problemOf(code, more);
  if (retryAfter !== null) reply.header('retry-after', String(retryAfter));
  if (document.status === 401) reply.header('www-authenticate', 'Bearer');
  // As text, so that no schema of the route has a say in it.
  return reply.code(document.status).type(PROBLEM_MEDIA_TYPE).serializer(String).send(JSON.stringify(document));
}
