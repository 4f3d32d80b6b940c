import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileState } from '#contracts/host/files-host.ts';
import type { EngineBridge } from '#contracts/ipc/bridges.ts';
import { expect, test } from './harness/fixtures.ts';
import { ADMIN, type RunningServer, startServer } from './harness/server.ts';
import { sharedDesk } from './harness/shared-desk.ts';
import { introduce, recordAndOpen, timelineOf } from './steps/people.ts';

/** Files between the built application and a server, over Chromium's own network. */

const DEVICE = '01a206fb-8480-7f1f-b4da-e686221071d7';
const INCIDENT = '01a206fb-8480-7f1f-b4da-e686221071d8';
const desk = sharedDesk(async (page) => {
  await introduce(page);
  await recordAndOpen(page, 'A long log');
});
let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.remove());

const ask = async <T>(area: 'network' | 'files', verb: string, args: unknown): Promise<T> => {
  const engine = await desk.now().page('engine.html');
  const answer = await engine.evaluate(
    ([part, name, given]) => {
      const { deskbellEngine } = globalThis as unknown as { deskbellEngine: EngineBridge };
      const calls = deskbellEngine[part] as unknown as Record<string, (sent: unknown) => Promise<unknown>>;
      return calls[name]?.(given);
    },
    [area, verb, args] as const,
  );
  expect(answer).toMatchObject({ ok: true });
  return (answer as { value: T }).value;
};

test('a file goes up, and comes down again where its bytes are away', async () => {
  const page = await desk.page();
  const bytes = Buffer.alloc(3 * 1024 * 1024 + 7, 'one line of a long log\n');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await page.locator('input[data-attach]').setInputFiles([{ name: 'long.log', mimeType: '', buffer: bytes }]);
  await expect(timelineOf(page).getByRole('article', { name: /^Attachment, long\.log/ })).toBeVisible();

  await ask('network', 'connect', { address: server.address });
  const signedIn = await ask<{ value: { user: { id: string } } }>('network', 'signIn', { ...ADMIN, device: DEVICE });
  const person = signedIn.value.user.id;
  const now = Date.now();
  const args = { incidentId: INCIDENT, shortDescription: 'A long log', channel: 'phone', impact: 3, urgency: 2 };
  const command = { seq: 1, id: 'command-1', name: 'incident.record', args, occurredAt: now, recordedAt: now };
  const pushed = await ask('network', 'push', {
    person,
    request: { protocol: 1, device: DEVICE, sentAt: now, commands: [command] },
  });
  expect(pushed).toMatchObject({ value: { body: { results: [{ status: 'accepted' }] } } });

  const state = async () => (await ask<FileState[]>('files', 'states', { sha256s: [sha256] }))[0];
  const wanted = { person, incidentId: INCIDENT, sha256, name: 'long.log', visibility: 'internal' };
  expect(await ask('files', 'upload', wanted)).toEqual({ ok: true, value: null });
  await expect.poll(async () => (await state())?.sent).toEqual([INCIDENT]);

  const place = join(desk.now().profile, 'data', 'attachments', sha256.slice(0, 2), sha256);
  await rm(place);
  expect(await state()).toMatchObject({ here: false });
  expect(await ask('files', 'download', { person, sha256, bytes: bytes.length })).toEqual({ ok: true, value: null });
  await expect.poll(async () => (await state())?.here).toBe(true);
  expect(Buffer.compare(await readFile(place), bytes)).toBe(0);
});
