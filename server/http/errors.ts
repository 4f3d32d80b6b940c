import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { PROBLEM_MEDIA_TYPE, type ProblemCode, problemOf } from '#contracts/api/problems.ts';
import { StoreError } from '#server/store/driver.ts';
import { HttpRefusal, sendRefusal } from './refusal.ts';

/** Seconds until a desk may come back when the database is away or the server stops. */
export const COME_BACK = 5;

const BY_CODE: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'mediaTypeUnknown',
  FST_ERR_CTP_BODY_TOO_LARGE: 'tooLarge',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'notJson',
  FST_ERR_CTP_INVALID_JSON_BODY: 'notJson',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'notHttp',
  FST_ERR_NOT_FOUND: 'notFound',
};
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'notFound',
  408: 'requestTimeout',
  413: 'tooLarge',
  414: 'addressTooLong',
  415: 'mediaTypeUnknown',
  429: 'tooManyRequests',
};

/** What an error of whatever origin tells whoever asked; null when it is our own fault. */
export function refusalOf(error: FastifyError | Error): HttpRefusal | null {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof StoreError) return new HttpRefusal('unavailable', { retryAfter: COME_BACK });
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.slice(0, 20).map(({ instancePath, message }) => ({
      path: instancePath,
      message: message ?? '',
    }));
    return new HttpRefusal('argumentsInvalid', { errors });
  }
  const { code, statusCode = 500 } = 'statusCode' in error ? error : { code: '', statusCode: 500 };
  const known = BY_CODE[code] ?? BY_STATUS[statusCode];
  if (known) return new HttpRefusal(known);
  return statusCode >= 400 && statusCode < 500 ? new HttpRefusal('notHttp') : null;
}

/** Ends a request with the problem document of what went wrong. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal === null || error instanceof StoreError) request.log.error({ err: error }, 'the request failed');
  return sendRefusal(reply, refusal ?? new HttpRefusal('internal'));
}

/** The methods of every address that is registered after this. */
export type Addresses = ReadonlyMap<string, ReadonlySet<string>>;

export function collectAddresses(app: FastifyInstance): Addresses {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = known.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    known.set(url, methods);
  });
  return known;
}

/** Once all is registered: an address answers the methods it doesn't have with 405, and any other address 404. */
export function refuseTheRest(app: FastifyInstance, addresses: Addresses): void {
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, new HttpRefusal('notFound')));
  for (const [url, methods] of [...addresses]) {
    const allow = [...methods].join(', ');
    app.route({
      url,
      method: METHODS.filter((method) => !methods.has(method)),
      exposeHeadRoute: false,
      schema: { hide: true },
      handler: (_request, reply) => sendRefusal(reply.header('allow', allow), new HttpRefusal('methodNotAllowed')),
    });
  }
}

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

const BY_CONNECTION_ERROR: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
};

/** What never became a request is answered on its bare connection. */
export function answerConnectionError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const document = problemOf(BY_CONNECTION_ERROR[error.code ?? ''] ?? 'notHttp');
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${document.status} ${document.status === 408 ? 'Request Timeout' : 'Bad Request'}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
