import { createServer } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import sse from '@fastify/sse';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { createJsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { ServerConfig } from './config.ts';
import { knowCallers } from './http/authenticate.ts';
import { answerConnectionError, answerError, COME_BACK, collectAddresses, refuseTheRest } from './http/errors.ts';
import { boundDepth } from './http/json-shape.ts';
import { ARRIVAL, BODY_BYTES, PARAMETER } from './http/limits.ts';
import { HttpRefusal } from './http/refusal.ts';
import { accountRoutes } from './routes/accounts.ts';
import { auditRoutes } from './routes/audit.ts';
import { signInRoutes, signOutRoutes } from './routes/auth.ts';
import { browserSignInRoutes } from './routes/browser-sign-in.ts';
import { fileRoutes } from './routes/files.ts';
import { presenceRoutes } from './routes/presence.ts';
import { serviceRoutes } from './routes/service.ts';
import { setupRoutes } from './routes/setup.ts';
import { streamRoutes } from './routes/stream.ts';
import { syncRoutes } from './routes/sync.ts';
import type { Services } from './services.ts';

export interface AppOptions {
  readonly logger: Logger;
  readonly trustProxy: ServerConfig['trustProxy'];
  /** Milliseconds for a whole request to arrive. */
  readonly arrival?: number;
  /** Milliseconds between two signs of life on a stream. */
  readonly heartbeat?: number;
}

const API = '/api/v1';

/** The whole endpoint, ready to listen. Closing it ends streams, answers what is under way, and takes nothing new. */
export async function buildApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  const { logger, trustProxy, arrival = ARRIVAL, heartbeat = 20_000 } = options;
  const app = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustOf(trustProxy),
    bodyLimit: BODY_BYTES,
    routerOptions: { maxParamLength: PARAMETER },
    // Said by a hook below, as a problem document.
    return503OnClosing: false,
    serverFactory: (handler) =>
      createServer(
        {
          requestTimeout: arrival,
          headersTimeout: Math.min(arrival, 10_000),
          connectionsCheckingInterval: Math.min(arrival, 5_000),
          keepAliveTimeout: 65_000,
        },
        handler,
      ),
    clientErrorHandler: answerConnectionError,
    frameworkErrors: answerError,
  });
  app.setValidatorCompiler(validatorCompiler);
  // Answers are checked by their types when they are built, not again when they leave.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(answerError);
  app.removeContentTypeParser('text/plain');
  const addresses = collectAddresses(app);
  watch(app, services);
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: POLICY } });
  await app.register(rateLimit, { global: false });
  await app.register(sse, { heartbeatInterval: heartbeat });
  await app.register(swagger, {
    openapi: { info: { title: 'Deskbell', version: '1' }, components: { securitySchemes: BEARER } },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } }),
  });
  knowCallers(app);
  boundDepth(app);
  const open = [signInRoutes, browserSignInRoutes, serviceRoutes];
  const signedIn = [signOutRoutes, syncRoutes, streamRoutes, presenceRoutes, accountRoutes, auditRoutes, fileRoutes];
  for (const routes of [...open, ...signedIn]) await app.register(routes(services), { prefix: API });
  // Where those who run servers look for them.
  await app.register(async (root) => {
    root.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, hide: true };
    });
    await root.register(serviceRoutes(services));
    await root.register(setupRoutes(services));
  });
  refuseTheRest(app, addresses);
  return app;
}

/** Of a chain of addresses only the last was written by the proxy itself. */
const trustOf = (trust: AppOptions['trustProxy']) => {
  if (trust === true) return (_address: string, hop: number) => hop < 1;
  return trust === false ? false : [...trust];
};

const BEARER = { bearer: { type: 'http', scheme: 'bearer' } } as const;
const NONE = ["'none'"];
/** Of the pages there are one has a form, and none has more. */
const POLICY = { defaultSrc: NONE, baseUri: NONE, frameAncestors: NONE, formAction: ["'self'"] };

/** Measures and logs each request by its route, never by its address, and ends what lasts when the server stops. */
function watch(app: FastifyInstance, { streams, metrics }: Services): void {
  let stops = false;
  app.addHook('preClose', async () => {
    stops = true;
    streams.endOf(null);
  });
  app.addHook('onRequest', async () => {
    if (stops) throw new HttpRefusal('unavailable', { retryAfter: COME_BACK });
  });
  // A connection that its desk keeps for later would keep the server from ending.
  app.addHook('onSend', async (_request, reply) => {
    if (stops) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const facts = {
      method: request.method,
      route: request.routeOptions.url ?? '(none)',
      status: reply.statusCode,
      took: Math.round(reply.elapsedTime * 10) / 10,
    };
    metrics.answered(facts);
    request.log.info(facts, 'answered');
  });
}
