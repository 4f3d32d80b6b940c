import { expect, test } from 'vitest';
import { always, HTML } from './nasty-way.suite.ts';
import { DEVICE, limits, pushOf, testFile } from './network-under-test.suite.ts';
import { describeSignedIn } from './signed-in.suite.ts';

describeSignedIn('what a desk asks', (t) => {
  test('every request leaves cookies, caches, redirects and where it comes from out', async () => {
    const sent: RequestInit[] = [];
    const keep = (url: string, init: RequestInit) => {
      sent.push(init);
      return fetch(url, init);
    };
    t.desk = t.begin({ file: testFile(t.desk.file.text), fetch: keep });
    t.desk.network.onPoke(() => undefined);
    expect(await t.push()).toBe('ok');
    await expect.poll(() => sent.length).toBeGreaterThan(2);
    const bare = { credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer' };
    for (const init of sent) expect(init).toMatchObject(bare);
  });

  test('a request larger than any server takes is not sent', async () => {
    const huge = {
      seq: 1,
      id: 'a',
      name: 'incident.note',
      args: 'x'.repeat(9 * 1024 * 1024),
      occurredAt: 1,
      recordedAt: 1,
    };
    const before = t.around.way.passed.length;
    expect(await t.push(pushOf([huge]))).toBe('tooLarge');
    expect(t.around.way.passed).toHaveLength(before);
  });

  test('a proxy that takes less than the server is told from one that takes nothing', async () => {
    t.around.way.nasty = always(413, HTML, '<html>');
    expect(await t.push()).toBe('tooLarge');
  });

  test('a push that no server could read is not sent, and one of another protocol is refused by ours', async () => {
    const before = t.around.way.passed.length;
    expect(await t.push(pushOf([{ seq: 0, id: '', skip: true }]))).toBe('unreadable');
    expect(await t.push({ ...pushOf(), surplus: 1 } as never)).toBe('unreadable');
    expect(t.around.way.passed).toHaveLength(before);
    expect(await t.push({ ...pushOf(), protocol: 7 })).toBe('versionTooOld');
  });

  test('what our own server can not read, it says', async () => {
    const { person } = t;
    const asked = await t.desk.network.subject({ person, incidentId: 'x'.repeat(129) });
    expect(asked).toEqual({ ok: false, error: { code: 'unreadable' } });
  });

  test('an answer to a page that is no page is not ours', async () => {
    const pull = async () => {
      const { person } = t;
      const answer = await t.desk.network.pull({ person, device: DEVICE, query: { cursor: '', limit: 10 } });
      return answer.ok ? 'ok' : answer.error.code;
    };
    t.around.way.nasty = always(200, { 'content-type': 'application/json' }, '{"cursor":"1","more":false}');
    expect(await pull()).toBe('notOurServer');
    t.around.way.nasty = always(200, { 'content-type': 'application/json' }, `"${'x'.repeat(limits.page.bytes)}"`);
    expect(await pull()).toBe('answerTooLarge');
    t.around.way.nasty = () => false;
    expect(await pull()).toBe('ok');
  });
});
