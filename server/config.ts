import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { PASSWORD_LIMITS } from '#contracts/api/auth.ts';
import { ROLES, type Role } from '#domain/directory/directory.ts';
import { err, ok, type Result } from '#domain/result.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** As people know it. */
  readonly name: string;
  /** What somebody becomes whom nobody here knows; null: they stay outside. */
  readonly newcomers: Role | null;
}

/** How the server was asked to run. */
export interface ServerConfig {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Where attachments live, and the embedded database when there is no other. */
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** As people reach it from outside, without a slash at the end; null: as it listens. */
  readonly publicUrl: string | null;
  readonly admin: { readonly email: string; readonly password: string } | null;
  /** The organisation's identity provider; null: there is none. */
  readonly oidc: OidcConfig | null;
  readonly passwordSignIn: boolean;
  /** Whose word about the caller's address counts: the one proxy in front, or those at these addresses. */
  readonly trustProxy: boolean | readonly string[];
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

const unbracketed = (host: string): string => host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
const isLoopback = (host: string): boolean =>
  ['::1', 'localhost'].includes(unbracketed(host)) || (isIPv4(host) && host.startsWith('127.'));

const port = /^\d{1,5}$/;
const url = (protocols: readonly string[]) => (value: string) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);
const isPublic = (value: string): boolean => {
  const { protocol, hostname, pathname, search, hash } = new URL(value);
  return (protocol === 'https:' || isLoopback(hostname)) && `${pathname}${search}${hash}` === '/';
};
const isIssuer = (value: string): boolean => {
  const { protocol, hostname, username, password, search, hash } = new URL(value);
  return (protocol === 'https:' || isLoopback(hostname)) && `${username}${password}${search}${hash}` === '';
};
/** Administrators are made by administrators. */
const NEWCOMERS = ROLES.filter((role) => role !== 'administrator');

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .refine((value) => port.test(value) && Number(value) <= 65_535, 'PORT must be a number from 0 to 65535.')
    .default('8460'),
  DATA_DIR: z.string().default('deskbell-data'),
  DATABASE_URL: z
    .string()
    .refine(url(['postgres:', 'postgresql:']), 'DATABASE_URL must begin with postgres:// and name a database.')
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine(
      (value) => url(['http:', 'https:'])(value) && isPublic(value),
      'PUBLIC_URL must be an address like https://desk.example.org, without a path, and with https beyond this machine.',
    )
    .optional(),
  ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, 'ADMIN_EMAIL must be an e-mail address.')
    .optional(),
  ADMIN_PASSWORD: z
    .string()
    .refine(
      ({ length }) => length >= PASSWORD_LIMITS.min && length <= PASSWORD_LIMITS.max,
      `ADMIN_PASSWORD must have ${PASSWORD_LIMITS.min} to ${PASSWORD_LIMITS.max} characters.`,
    )
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine(
      (value) => url(['http:', 'https:'])(value) && isIssuer(value),
      'OIDC_ISSUER must be the address of the provider as it names itself, with https beyond this machine.',
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(100, 'OIDC_NAME must have at most 100 characters.').optional(),
  OIDC_CREATE_ACCOUNTS: z
    .enum(NEWCOMERS, `OIDC_CREATE_ACCOUNTS must be the role of newcomers: ${NEWCOMERS.join(', ')}.`)
    .optional(),
  PASSWORD_SIGN_IN: z.enum(['on', 'off'], 'PASSWORD_SIGN_IN must be on or off.').default('on'),
  TRUST_PROXY: z.string().default('false'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`).default('info'),
});

const trustOf = (value: string): ServerConfig['trustProxy'] =>
  ['true', 'false'].includes(value) ? value === 'true' : value.split(',').map((part) => part.trim());

const ADDRESS = /^(?:loopback|linklocal|uniquelocal|[0-9a-f:.]{2,45}(?:\/\d{1,3})?)$/i;

const oidcOf = (given: z.infer<typeof environment>): OidcConfig | null => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = given;
  if (issuer === undefined || clientId === undefined) return null;
  return {
    issuer,
    clientId,
    clientSecret: given.OIDC_CLIENT_SECRET ?? null,
    name: given.OIDC_NAME ?? new URL(issuer).hostname,
    newcomers: given.OIDC_CREATE_ACCOUNTS ?? null,
  };
};

/** What the settings say together. */
function disagreement(config: ServerConfig, given: z.infer<typeof environment>): string | null {
  if ((given.ADMIN_EMAIL === undefined) !== (given.ADMIN_PASSWORD === undefined)) {
    return 'ADMIN_EMAIL and ADMIN_PASSWORD go together: set both or none.';
  }
  const { trustProxy, host, oidc } = config;
  if (oidc === null && Object.keys(given).some((name) => name.startsWith('OIDC_'))) {
    return 'OIDC_ISSUER and OIDC_CLIENT_ID go together, and the other OIDC_ settings with them.';
  }
  if (oidc !== null && config.publicUrl === null) {
    return 'OIDC_ISSUER needs PUBLIC_URL: the provider sends browsers back to it.';
  }
  if (oidc === null && !config.passwordSignIn) {
    return 'With PASSWORD_SIGN_IN off nobody could sign in: set OIDC_ISSUER and OIDC_CLIENT_ID.';
  }
  if (typeof trustProxy === 'object' && !trustProxy.every((part) => ADDRESS.test(part))) {
    return 'TRUST_PROXY must be true, false, or a list of addresses or networks like 10.0.0.1, 10.1.0.0/16.';
  }
  if (!isLoopback(host) && trustProxy === false) {
    return (
      `HOST ${host} can be reached from other machines, and this server speaks no TLS itself: put a proxy that does ` +
      'in front and say so with TRUST_PROXY, or leave HOST at 127.0.0.1.'
    );
  }
  return null;
}

/** The configuration, or one sentence for each thing wrong with it. An empty variable counts as absent. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<ServerConfig, readonly string[]> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) return err(parsed.error.issues.map(({ message }) => message));
  const { data } = parsed;
  const config: ServerConfig = {
    host: unbracketed(data.HOST),
    port: Number(data.PORT),
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL ?? null,
    publicUrl: data.PUBLIC_URL === undefined ? null : new URL(data.PUBLIC_URL).origin,
    admin:
      data.ADMIN_EMAIL === undefined || data.ADMIN_PASSWORD === undefined
        ? null
        : { email: data.ADMIN_EMAIL, password: data.ADMIN_PASSWORD },
    oidc: oidcOf(data),
    passwordSignIn: data.PASSWORD_SIGN_IN === 'on',
    trustProxy: trustOf(data.TRUST_PROXY),
    logLevel: data.LOG_LEVEL,
  };
  const wrong = disagreement(config, data);
  return wrong === null ? ok(config) : err([wrong]);
}
