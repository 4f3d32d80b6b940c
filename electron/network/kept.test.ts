import { expect, test } from 'vitest';
import { ADMIN } from '#server/server-under-test.suite.ts';
import { always, HTML } from './nasty-way.suite.ts';
import { account, testFile, testVault } from './network-under-test.suite.ts';
import { describeSignedIn } from './signed-in.suite.ts';

describeSignedIn('what a desk keeps of its server', (t) => {
  test('a full disk keeps nobody from working, is told, and is made good by the next change', async () => {
    t.desk.file.failing = true;
    t.runOut();
    expect(await t.push()).toBe('ok');
    expect(await t.desk.network.state()).toMatchObject({ tokens: 'notWritten' });
    t.desk.file.failing = false;
    t.runOut();
    expect(await t.push()).toBe('ok');
    expect(await t.desk.network.state()).toMatchObject({ tokens: 'kept' });
    t.desk = t.begin({ file: testFile(t.desk.file.text) });
    expect(await t.push()).toBe('ok');
  });

  test('without a key store a token is kept for this run only, and the next one knows who was there', async () => {
    const file = testFile();
    t.desk = t.begin({ file, vault: testVault('key', false) });
    await t.signIn(t.desk.network);
    expect(await t.desk.network.state()).toMatchObject({ tokens: 'noEncryption', people: [{ open: true }] });
    expect(await t.push()).toBe('ok');
    expect(JSON.parse(file.text)).toMatchObject({ people: [{ sealed: null }] });
    t.desk = t.begin({ file: testFile(file.text), vault: testVault('key', false) });
    expect(await t.desk.network.state()).toMatchObject({ people: [{ user: { id: t.person }, open: false }] });
    expect(await t.push()).toBe('signInNeeded');
  });

  test('a key store that fails when it is asked counts as none', async () => {
    t.desk = t.begin({ vault: { ...testVault(), seal: () => null } });
    await t.signIn(t.desk.network);
    expect(await t.desk.network.state()).toMatchObject({ tokens: 'noEncryption', people: [{ open: true }] });
  });

  test('another key, damage, or an address that somebody changed gives no token', async () => {
    const { text } = t.desk.file;
    const elsewhere = text.replace(t.around.way.address, 'https://evil.example.org');
    const damaged = text.replace(/"sealed":"....../, '"sealed":"AAAAAA');
    for (const [file, vault] of [
      [text, testVault('another key')],
      [elsewhere, testVault()],
      [damaged, testVault()],
    ] as const) {
      const { network } = t.begin({ file: testFile(file), vault });
      expect(await network.state()).toMatchObject({ mode: 'connected', people: [{ open: false }] });
    }
  });

  test.each(['', '{"version":2}', '[]', 'null', '{"version":1,"address":7}'])(
    'a file that says %j makes a desk that works alone',
    async (text) => {
      expect(await t.begin({ file: testFile(text) }).network.state()).toEqual({ mode: 'alone' });
    },
  );

  test('neither password nor token, address nor e-mail is in the log, and no token lies in the open', async () => {
    t.runOut();
    await t.push();
    t.around.way.nasty = always(500, HTML, '');
    await t.push();
    t.around.way.nasty = () => false;
    await t.desk.network.signIn({ ...account, password: 'a wrong password' });
    await t.desk.network.disconnect();
    const sent = t.around.way.passed.map(({ headers }) => headers.authorization?.slice('Bearer '.length) ?? '');
    const secrets = [...new Set(sent), ADMIN.password, 'a wrong password', ADMIN.email, '127.0.0.1'];
    const logged = t.desk.logged.join('\n');
    for (const secret of secrets.filter((text) => text !== '')) expect(logged).not.toContain(secret);
    expect(t.desk.logged.length).toBeGreaterThan(3);
    expect(t.desk.file.text).toBe('null');
  });

  test('a desk that leaves a server that does not answer leaves all the same', async () => {
    t.around.way.nasty = () => true;
    t.desk = t.begin({ file: testFile(t.desk.file.text), pause: async () => undefined });
    expect(await t.desk.network.disconnect()).toEqual({ ok: true, value: null });
    expect(await t.desk.network.state()).toEqual({ mode: 'alone' });
    expect(t.desk.file.text).toBe('null');
  });
});
