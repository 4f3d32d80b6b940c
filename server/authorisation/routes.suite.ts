import { v7 as newId } from 'uuid';
import type { PullAnswer } from '#contracts/sync/wire.ts';
import { metadataOf } from '#server/files/files-under-test.suite.ts';
import { ADMIN, pushOf } from '#server/server-under-test.suite.ts';
import type { Who } from './expected.suite.ts';
import type { Aviary } from './world.suite.ts';

/** A request, and its answer to the last byte. */
export interface Asked {
  readonly status: number;
  readonly text: string;
}
export interface Asking {
  readonly world: Aviary;
  readonly who: Who;
  /** Asks with the token of `who`, or another one. */
  ask(method: string, url: string, more?: { payload?: unknown; headers?: object; token?: string }): Promise<Asked>;
}

/** Whom a route is for, and questions to it about everything there is. */
export interface Route {
  readonly for: 'anybody' | 'session' | 'administrator';
  ask(asking: Asking): Promise<unknown>;
}

const API = '/api/v1';
/** A device that keeps what belongs to no team. */
const NARROW = new URLSearchParams({
  scope: JSON.stringify({ teamIds: ['none'], siteIds: [], closedFor: 30 }),
}).toString();
const TUS = { 'tus-resumable': '1.0.0' };
const anybody = (method: string, url: string): Route => ({ for: 'anybody', ask: ({ ask }) => ask(method, url) });
const administrator = (method: string, url: string, payload?: unknown): Route => ({
  for: 'administrator',
  ask: ({ ask }) => ask(method, `${API}${url}`, { payload }),
});
const session = (ask: Route['ask']): Route => ({ for: 'session', ask });

const service = Object.fromEntries(
  ['/about', '/healthz', '/readyz', '/metrics', '/openapi.json']
    .flatMap((path) => ['', API].flatMap((prefix) => ['GET', 'HEAD'].map((method) => `${method} ${prefix}${path}`)))
    .map((route) => [route, anybody(...(route.split(' ') as [string, string]))]),
);

async function pull({ ask }: Asking, limit: number, keeps = ''): Promise<void> {
  for (let cursor = ''; ; ) {
    const { status, text } = await ask('GET', `${API}/sync/pull?limit=${limit}&cursor=${cursor}${keeps}`);
    if (status !== 200) return;
    const page = JSON.parse(text.slice(text.indexOf('\n'))) as PullAnswer;
    cursor = page.cursor;
    if (!page.more) return;
  }
}

const each = async (asking: Asking, method: string, url: (id: string) => string, ids: readonly string[]) => {
  for (const id of ids) await asking.ask(method, url(id), { headers: TUS });
};
const subjects = (method: string) =>
  session(async (asking) => {
    const ids = [...asking.world.incidents.map(({ id }) => id), 'unknown'];
    await each(asking, method, (id) => `${API}/sync/subjects/${id}`, ids);
  });
const numbers = (method: string) =>
  session(async (asking) => {
    const known = asking.world.incidents.map(({ number }) => encodeURIComponent(number));
    await each(asking, method, (number) => `${API}/sync/numbers/${number}`, [...known, 'unknown']);
  });
const size = (method: string) =>
  session(async ({ ask }) => {
    for (const query of ['', NARROW]) await ask(method, `${API}/sync/size?${query}`);
  });
const upload = (method: string, headers: object = {}) =>
  session(({ ask, world }) => ask(method, world.upload, { headers: { ...TUS, ...headers }, payload: undefined }));

/** Somebody of whom nothing is asked but that things happen to them. */
const SCRATCH = '/accounts/deactivated';

/** Every route that the server has. One without a line here fails the test. */
export const ROUTES: Readonly<Record<string, Route>> = {
  ...service,
  'GET /setup/:secret': anybody('GET', `/setup/${'s'.repeat(40)}`),
  'HEAD /setup/:secret': anybody('HEAD', `/setup/${'s'.repeat(40)}`),
  'POST /setup/:secret': anybody('POST', `/setup/${'s'.repeat(40)}`),
  'POST /api/v1/auth/login': {
    for: 'anybody',
    ask: async ({ ask, who }) => {
      const email = `canary-personmail-${who.toLowerCase()}@desk.example`;
      const device = newId();
      await ask('POST', `${API}/auth/login`, { payload: { email, password: ADMIN.password, device } });
      await ask('POST', `${API}/auth/login`, { payload: { email, password: 'canary hatched', device } });
    },
  },
  'POST /api/v1/auth/refresh': {
    for: 'anybody',
    ask: ({ ask, world, who }) => {
      const refreshToken = world.logins.get(who)?.refreshToken ?? 'invented';
      return ask('POST', `${API}/auth/refresh`, { payload: { refreshToken } });
    },
  },
  'POST /api/v1/auth/oidc/begin': {
    for: 'anybody',
    ask: ({ ask }) => {
      const payload = { device: newId(), codeChallenge: 'c'.repeat(43), port: 40_000, state: 's'.repeat(43) };
      return ask('POST', `${API}/auth/oidc/begin`, { payload });
    },
  },
  'GET /api/v1/auth/oidc/callback': anybody('GET', `${API}/auth/oidc/callback?state=${'s'.repeat(43)}&code=canary`),
  'POST /api/v1/auth/oidc/finish': {
    for: 'anybody',
    ask: ({ ask }) => {
      const payload = { code: 'c'.repeat(43), codeVerifier: 'v'.repeat(43), device: newId() };
      return ask('POST', `${API}/auth/oidc/finish`, { payload });
    },
  },
  'POST /api/v1/auth/logout': session(({ ask }) => ask('POST', `${API}/auth/logout`)),
  'POST /api/v1/sync/push': session(async ({ ask, who, world }) => {
    await ask('POST', `${API}/sync/push`, { payload: pushOf(who, world.server.clock.now, []) });
    await ask('POST', `${API}/sync/push`, { payload: { ...pushOf(who, 0, []), person: 'root' } });
  }),
  'GET /api/v1/sync/pull': session(async (asking) => {
    await pull(asking, 2_000);
    await pull(asking, 7);
    // Whatever is named beside a scope.
    const ids = asking.world.incidents.map(({ id }) => id);
    for (let from = 0; from < ids.length; from += 20) {
      const beside = new URLSearchParams({ beside: JSON.stringify(ids.slice(from, from + 20)) });
      await pull(asking, 7, `&${NARROW}&${beside}`);
    }
    await asking.ask('GET', `${API}/sync/pull?limit=canary`);
  }),
  'HEAD /api/v1/sync/pull': session(({ ask }) => ask('HEAD', `${API}/sync/pull`)),
  'GET /api/v1/sync/subjects/:id': subjects('GET'),
  'HEAD /api/v1/sync/subjects/:id': subjects('HEAD'),
  'GET /api/v1/sync/numbers/:number': numbers('GET'),
  'HEAD /api/v1/sync/numbers/:number': numbers('HEAD'),
  'GET /api/v1/sync/size': size('GET'),
  'HEAD /api/v1/sync/size': size('HEAD'),
  'GET /api/v1/sync/stream': session(({ ask }) => ask('STREAM', `${API}/sync/stream`)),
  'GET /api/v1/files/:id': session((asking) =>
    each(asking, 'GET', (hash) => `${API}/files/${hash}`, [
      ...asking.world.files.map(({ hash }) => hash),
      '0'.repeat(64),
    ]),
  ),
  'OPTIONS /api/v1/files': session(({ ask }) => ask('OPTIONS', `${API}/files`)),
  'POST /api/v1/files': session(async ({ ask, world }) => {
    for (const incidentId of [...world.incidents.map(({ id }) => id), 'unknown']) {
      const metadata = metadataOf({ incidentId, filename: 'x', sha256: world.files[0]?.hash ?? '' });
      const headers = { ...TUS, 'upload-length': '11', 'upload-metadata': metadata };
      await ask('POST', `${API}/files`, { headers });
    }
  }),
  'HEAD /api/v1/files/:id': upload('HEAD'),
  'DELETE /api/v1/files/:id': upload('DELETE'),
  'PATCH /api/v1/files/:id': upload('PATCH', {
    'content-type': 'application/offset+octet-stream',
    'upload-offset': '0',
  }),
  'POST /api/v1/sync/presence': session(async ({ ask, world }) => {
    for (const { id } of world.incidents) {
      await ask('POST', `${API}/sync/presence`, { payload: { incidentId: id, typing: false } });
    }
  }),
  'GET /api/v1/audit/seals': administrator('GET', '/audit/seals'),
  'HEAD /api/v1/audit/seals': administrator('HEAD', '/audit/seals'),
  'GET /api/v1/accounts': administrator('GET', '/accounts'),
  'HEAD /api/v1/accounts': administrator('HEAD', '/accounts'),
  'POST /api/v1/accounts': administrator('POST', '/accounts', {
    email: 'twice@desk.example',
    name: 'Twice',
    role: 'viewer',
    password: ADMIN.password,
  }),
  'PUT /api/v1/accounts/:personId/password': administrator('PUT', `${SCRATCH}/password`, { password: ADMIN.password }),
  'POST /api/v1/accounts/:personId/activate': administrator('POST', `${SCRATCH}/activate`),
  'POST /api/v1/accounts/:personId/deactivate': administrator('POST', `${SCRATCH}/deactivate`),
  'GET /api/v1/accounts/:personId/devices': administrator('GET', '/accounts/caller/devices'),
  'HEAD /api/v1/accounts/:personId/devices': administrator('HEAD', '/accounts/caller/devices'),
  'DELETE /api/v1/accounts/:personId/devices/:device': administrator('DELETE', `${SCRATCH}/devices/none`),
};
