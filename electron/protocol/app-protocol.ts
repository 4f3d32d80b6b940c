import { readFile } from 'node:fs/promises';
import { net, protocol } from 'electron';
import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';
import { contentSecurityPolicy, developmentPolicy } from '#electron/protocol/csp.ts';
import { fileFor, mimeTypeOf } from '#electron/protocol/resources.ts';

const APP = new URL(APP_ORIGIN);
export const APP_SCHEME = APP.protocol.slice(0, -1);

/** Before the application is ready: makes `app://deskbell` an origin with storage, workers, fetch and code cache. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
};

const headers = (type: string, policy: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=()',
});

const refused = (status: number): Response => new Response(null, { status });

const serveFile = async (root: string, path: string): Promise<Response> => {
  const file = fileFor(root, path);
  const type = file === undefined ? undefined : mimeTypeOf(file);
  if (file === undefined || type === undefined) return refused(404);
  try {
    return new Response(await readFile(file), { headers: headers(type, contentSecurityPolicy) });
  } catch {
    return refused(404);
  }
};

/** The same origin in development, its files made by the development server. */
const serveFromServer = async (server: URL, url: URL): Promise<Response> => {
  const answer = await net.fetch(new URL(url.pathname + url.search, server).href, {
    bypassCustomProtocolHandlers: true,
  });
  const type = answer.headers.get('content-type') ?? 'text/javascript';
  return new Response(answer.body, { status: answer.status, headers: headers(type, developmentPolicy(server)) });
};

/** Serves the built renderer, or the development server's, as `app://deskbell`. */
export const serveApp = (root: string, server: URL | null): void => {
  protocol.handle(APP_SCHEME, (request) => {
    const url = new URL(request.url);
    if (url.host !== APP.host) return refused(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405);
    return server ? serveFromServer(server, url) : serveFile(root, url.pathname);
  });
};
