import { expect, test } from 'vitest';
import { notificationRequest } from '#contracts/ipc/schemas.ts';
import { FakeDesk, imported, incident } from './fake-desk.suite.ts';

const told = async (fields: Parameters<typeof incident>[1]) => {
  const desk = new FakeDesk();
  await desk.happen(imported(incident(1, fields)));
  return { desk, request: desk.shown[0]?.request };
};

test.each([
  ['a slash', 'OPS/2024/17'],
  ['a space and an umlaut', 'Störung 17'],
  ['a text direction of its own', '\u202e71CNI'],
  ['more characters than a link may have', 'X'.repeat(5_000)],
])('an incident whose number has %s is told of, and a click finds it by its id', async (_what, number) => {
  const { request } = await told({ number, id: '00000000-0000-7000-8000-000000000001' });
  expect(notificationRequest.safeParse(request).error).toBeUndefined();
  expect(request?.link).toBe('deskbell://incident/00000000-0000-7000-8000-000000000001');
});

test('a description as long as a cell may be is cut, in the notification and in the ledger', async () => {
  const { desk, request } = await told({ shortDescription: `begin ${'🖨'.repeat(50_000)}` });
  expect(notificationRequest.safeParse(request).error).toBeUndefined();
  expect(request?.body).toMatch(/^begin 🖨+…\n/u);
  expect(JSON.stringify([...desk.stored.values()]).length).toBeLessThan(5_000);
});

test('a caller’s words add no lines to a notification and do not turn the others around', async () => {
  const { request } = await told({ shortDescription: 'Printer\nRecorded by the CEO\u2028\u202eas P1\0\u001b[31m' });
  const [what, why, ...more] = request?.body.split('\n') ?? [];
  expect(what).toBe('Printer Recorded by the CEO as P1 [31m');
  expect(why).toContain('came with an import');
  expect(more).toEqual([]);
});
