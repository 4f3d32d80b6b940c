import { describe, expect, it } from 'vitest';
import { ROLES } from '#domain/directory/directory.ts';
import { metadataOf } from '#server/files/files-under-test.suite.ts';
import { type Canary, mayRead, maySee, OUTSIDERS, PEOPLE, PERSONS, type Person, type Who } from './expected.suite.ts';
import { type Asked, type Asking, ROUTES } from './routes.suite.ts';
import { Aviary } from './world.suite.ts';

/** Canaries in a text as it stands, and in what base64 hides in it. */
function canariesIn(text: string): Set<string> {
  const hidden = [...text.matchAll(/[\w+/-]{32,}/g)].map(([part]) => Buffer.from(part, 'base64url').toString('latin1'));
  return new Set([text, ...hidden].flatMap((each) => each.match(/canary-[a-z]+-[a-z]+/g) ?? []));
}

/** A stream as it begins. */
async function streamed(world: Aviary, url: string, headers: Record<string, string>): Promise<Asked> {
  const { app } = world.server;
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const leave = new AbortController();
  const port = typeof address === 'object' ? address?.port : 0;
  const response = await fetch(`http://127.0.0.1:${port}${url}`, { headers, signal: leave.signal });
  const first = await response.body?.getReader().read();
  leave.abort();
  return { status: response.status, text: new TextDecoder().decode(first?.value) };
}

function asking(world: Aviary, who: Who, heard: Asked[]): Asking {
  return {
    world,
    who,
    ask: async (method, url, { payload, headers = {} } = {}) => {
      const token = world.tokenOf(who);
      const sent = { ...headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
      if (method === 'STREAM') {
        heard.push(await streamed(world, url, sent));
      } else {
        const response = await world.server.app.inject({
          method: method as 'GET',
          url,
          headers: sent,
          ...(payload === undefined ? {} : { payload: payload as object }),
        });
        heard.push({ status: response.statusCode, text: `${JSON.stringify(response.headers)}\n${response.body}` });
      }
      return heard.at(-1) as Asked;
    },
  };
}

/** Addresses as the server itself lists them, with the methods that it does not refuse. */
async function registered({ server: { app } }: Aviary): Promise<readonly string[]> {
  const path: string[] = [];
  const urls = app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods] = /^([│ ]*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line) ?? [];
      if (part === '') return [];
      path.splice(indent.length / 4, Number.POSITIVE_INFINITY, part);
      return methods === undefined ? [] : [path.join('')];
    });
  const found = await Promise.all(
    urls.map(async (url) => {
      const { statusCode, headers } = await app.inject({ method: 'TRACE' as 'GET', url: url.replaceAll(':', '') });
      if (statusCode !== 405) throw new Error(`TRACE ${url}: ${statusCode}`);
      return String(headers.allow)
        .split(', ')
        .map((method) => `${method} ${url}`);
    }),
  );
  return found.flat().toSorted();
}

/** An incident that somebody may not see answers as one that is not there. */
async function expectUnseenIsUnknown(world: Aviary, who: Person): Promise<void> {
  const { ask } = asking(world, who, []);
  const bodyOf = ({ status, text }: Asked) => ({ status, body: text.slice(text.indexOf('\n')) });
  const attach = (incidentId: string) => {
    const metadata = metadataOf({ incidentId, filename: 'x', sha256: '0'.repeat(64) });
    return ask('POST', '/api/v1/files', {
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '5', 'upload-metadata': metadata },
    });
  };
  const open = (id: string) => ask('GET', `/api/v1/sync/subjects/${id}`);
  const find = (_: string, number = 'unknown') => ask('GET', `/api/v1/sync/numbers/${encodeURIComponent(number)}`);
  for (const question of [attach, open, find]) {
    const unknown = bodyOf(await question('unknown'));
    expect(unknown.status).toBe(404);
    for (const { id, number, kind } of world.incidents) {
      const answer = bodyOf(await question(id, number));
      if (mayRead(who, kind)) expect(answer.status, `${who} ${kind}`).not.toBe(404);
      else expect(answer, `${who} ${kind}`).toEqual(unknown);
    }
  }
}

const texts = (canaries: readonly Canary[]) => canaries.map(({ text }) => text).toSorted();

describe('role × route × record × field', { timeout: 300_000 }, () => {
  it('SPEC 7.10, 17.6: everybody gets every text that is theirs to read, and no other, by whatever route', async () => {
    const world = await Aviary.open();
    expect(ROLES.filter((role) => !PERSONS.some((person) => PEOPLE[person].role === role))).toEqual([]);
    expect(await registered(world)).toEqual(Object.keys(ROUTES).toSorted());
    const everything = texts(world.canaries);
    const last = ['POST /api/v1/auth/logout', 'POST /api/v1/auth/refresh'];
    const routes = Object.keys(ROUTES).toSorted((a, b) => last.indexOf(a) - last.indexOf(b));
    for (const who of [...PERSONS, ...OUTSIDERS]) {
      const isIn = who in PEOPLE;
      const isAdministrator = isIn && PEOPLE[who as Person].role === 'administrator';
      const heard: Asked[] = [];
      if (isIn) await expectUnseenIsUnknown(world, who as Person);
      for (const name of routes) {
        const route = ROUTES[name];
        const from = heard.length;
        await route?.ask(asking(world, who, heard));
        const statuses = heard.slice(from).map(({ status }) => status);
        expect(
          statuses.filter((status) => status >= 500),
          `${who} ${name}`,
        ).toEqual([]);
        if (route?.for === 'session' && !isIn)
          expect(
            statuses.filter((status) => status !== 401 && status !== 429),
            `${who} ${name}`,
          ).toEqual([]);
        if (route?.for === 'administrator' && !isAdministrator) {
          const refused = isIn ? [403] : [401, 429];
          expect(
            statuses.filter((status) => !refused.includes(status)),
            `${who} ${name}`,
          ).toEqual([]);
        }
      }
      const seen = canariesIn(heard.map(({ text }) => text).join('\n'));
      const theirs = texts(world.canaries.filter((canary) => maySee(who, canary)));
      expect(
        everything.filter((text) => seen.has(text)),
        who,
      ).toEqual(theirs);
    }
    expect(canariesIn(world.server.logged.join('\n'))).toEqual(new Set());
  });
});
