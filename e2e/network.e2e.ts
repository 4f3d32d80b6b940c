import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { EngineBridge } from '#contracts/ipc/bridges.ts';
import { expect, test } from './harness/fixtures.ts';
import { ADMIN, type RunningServer, startServer } from './harness/server.ts';
import { sharedDesk } from './harness/shared-desk.ts';

/** The way to a server as main has it: Chromium's network, its own session, the system's key store. */

type Verb = keyof EngineBridge['network'];
const DEVICE = '01a206fb-8480-7f1f-b4da-e686221071d7';
const desk = sharedDesk(async () => undefined);
let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.remove());

/** What the engine's page is answered. */
const ask = async (verb: Verb, args: unknown): Promise<Record<string, unknown>> => {
  const engine = await desk.now().page('engine.html');
  const answer = await engine.evaluate(
    ([name, given]) => {
      const { deskbellEngine } = globalThis as unknown as { deskbellEngine: EngineBridge };
      const call = deskbellEngine.network[name] as (args: unknown) => Promise<unknown>;
      return call(given);
    },
    [verb, args] as const,
  );
  expect(answer).toMatchObject({ ok: true });
  return (answer as { value: Record<string, unknown> }).value;
};
const skipAt = (seq: number) => ({
  protocol: 1,
  device: DEVICE,
  sentAt: Date.now(),
  commands: [{ seq, id: `command-${seq}`, skip: true }],
});

test('a page of a portal at the address is not our server, and a desk goes on alone', async () => {
  const portal = createServer((_asked, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b' }).end('<html>Accept our terms</html>');
  });
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  const { port } = portal.address() as AddressInfo;
  const answer = await ask('connect', { address: `http://127.0.0.1:${port}` });
  expect(answer).toEqual({ ok: false, error: { code: 'notOurServer' } });
  expect(await ask('state', {})).toEqual({ mode: 'alone' });
  portal.close();
  portal.closeAllConnections();
});

test('a desk connects, signs in, pushes, pulls and hears of news; no token lies in the open', async () => {
  expect(await ask('connect', { address: server.address })).toMatchObject({ ok: true });
  const wrong = { email: ADMIN.email, password: 'not the password', device: DEVICE };
  expect(await ask('signIn', wrong)).toEqual({ ok: false, error: { code: 'credentialsWrong' } });

  const engine = await desk.now().page('engine.html');
  const poked = engine.evaluate(
    () =>
      new Promise((resolve) => {
        (globalThis as unknown as { deskbellEngine: EngineBridge }).deskbellEngine.on.poke(resolve);
      }),
  );
  const signedIn = await ask('signIn', { ...ADMIN, device: DEVICE });
  expect(signedIn).toMatchObject({ ok: true, value: { user: { email: ADMIN.email }, device: DEVICE, open: true } });
  const person = (signedIn as { value: { user: { id: string } } }).value.user.id;
  expect(await poked).toEqual({ throughSeq: expect.any(Number) });

  expect(await ask('push', { person, request: skipAt(1) })).toMatchObject({
    ok: true,
    value: { body: { expected: 2 } },
  });
  const page = await ask('pull', { person, device: DEVICE, query: { cursor: '', limit: 10 } });
  expect(page).toMatchObject({
    ok: true,
    value: { body: { begins: true, expected: 2 }, serverNow: expect.any(Number) },
  });
  const missing = await ask('subject', { person, incidentId: DEVICE });
  expect(missing).toEqual({ ok: false, error: { code: 'notFound' } });

  const kept = JSON.parse(await readFile(join(desk.now().profile, 'network.json'), 'utf8'));
  const { tokens } = (await ask('state', {})) as { tokens: string };
  expect(Object.keys(kept.people[0]).sort()).toEqual(['block', 'device', 'revoked', 'sealed', 'user']);
  expect(kept.people[0].sealed === null).toBe(tokens === 'noEncryption');

  await server.kill();
  expect(await ask('push', { person, request: skipAt(2) })).toEqual({ ok: false, error: { code: 'offline' } });
  expect(await ask('disconnect', {})).toEqual({ ok: true, value: null });
  expect(await ask('state', {})).toEqual({ mode: 'alone' });
});
