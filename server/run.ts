import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import type { ServerConfig } from './config.ts';
import { createServices, type Foundations, type Services } from './services.ts';

export interface Running {
  /** As it listens: `http://127.0.0.1:8460`. */
  readonly address: string;
  /** Answers what is under way, decides what was taken, and takes nothing new. */
  stop(): Promise<void>;
}

export interface RunPorts extends Foundations {
  readonly logger: Logger;
  /** One line for whoever started the server. */
  readonly say: (line: string) => void;
}

/** Milliseconds that a stop leaves to requests under way. One that is cut off is sent again, and does nothing twice. */
const GRACE = 10_000;

/** Listens, with an administrator or a way to make one. */
export async function run(config: ServerConfig, ports: RunPorts): Promise<Running> {
  const services = await createServices(ports);
  const app = await buildApp(services, { logger: ports.logger, trustProxy: config.trustProxy });
  const stop = async () => {
    const cut = setTimeout(() => app.server.closeAllConnections(), GRACE);
    await app.close();
    clearTimeout(cut);
    await services.close();
  };
  try {
    await makeAdministrator(config, services);
    await app.listen({ host: config.host, port: config.port });
    const address = addressOf(app, config.host);
    const secret = await services.link.offer();
    if (secret !== null) ports.say(`first administrator, once: ${config.publicUrl ?? address}/setup/${secret}`);
    ports.say(`listening on ${address}`);
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeAdministrator({ admin }: ServerConfig, { accounts }: Services): Promise<void> {
  if (admin === null) return;
  for (let tries = 1; ; tries += 1) {
    const made = await accounts.createFirst(admin.email, admin.password, admin.email.split('@')[0] ?? admin.email);
    if (made === null || made.ok) return;
    // Two nodes that start at once both try: one finds the person in its way before the other has made the account.
    if (tries === TRIES) throw new Error(`the first administrator could not be made: ${made.error.code}`);
    await pause(BETWEEN_TRIES_MS);
  }
}

const TRIES = 10;
const BETWEEN_TRIES_MS = 300;

function addressOf(app: FastifyInstance, host: string): string {
  const bound = app.server.address();
  const port = typeof bound === 'object' ? bound?.port : undefined;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
