import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { CHANNELS, calls, EVENTS, events, type WindowKind } from '#contracts/ipc/contract.ts';
import { expect, test } from './harness/fixtures.ts';
import { sharedDesk } from './harness/shared-desk.ts';
import { introduce } from './steps/people.ts';

/** What a page of ours can't do, whatever text of a caller or of a file it is made to show. */

const hits: string[] = [];
let server: Server;
let outside: string;

const desk = sharedDesk((page) => introduce(page));
test.beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' });
    response.end('globalThis.ranFromOutside = true;');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

async function expectStayed(page: Page): Promise<void> {
  // Asked in the page: a locator would wait for the navigation that was refused.
  const there = await page.evaluate(() => [location.pathname, document.querySelectorAll('nav a').length > 5]);
  expect(there).toEqual(['/desk.html', true]);
  expect(hits).toEqual([]);
  expect(desk.now().pages()).toHaveLength(2);
}

/** A page that was told to go somewhere has decided by the time its next two frames were painted. */
const settled = (page: Page) =>
  page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 150))));

const targets: readonly (readonly [string, () => string])[] = [
  ['a site', () => `${outside}/escape`],
  ['a file', () => 'file:///etc/passwd'],
  ['a data URL', () => 'data:text/html,<h1>out</h1>'],
  ['a script URL', () => 'javascript:globalThis.escaped=true'],
  ['another of our pages', () => 'app://deskbell/engine.html'],
  ['another host of our scheme', () => 'app://elsewhere/desk.html'],
  ['the browser’s own pages', () => 'chrome://gpu'],
];

for (const [name, url] of targets) {
  test(`a window does not leave for ${name}: link, new tab, script, form and window.open`, async () => {
    const page = await desk.page();
    const opened = await page.evaluate(async (href) => {
      const click = (target: string) => {
        const link = Object.assign(document.createElement('a'), { href, target, textContent: 'out' });
        document.body.append(link);
        link.click();
        link.remove();
      };
      click('');
      click('_blank');
      const form = Object.assign(document.createElement('form'), { action: href, method: 'post' });
      document.body.append(form);
      form.submit();
      form.remove();
      const child = window.open(href);
      try {
        location.assign(href);
      } catch {
        // Some addresses are refused at once; that is as good.
      }
      return child !== null;
    }, url());
    await settled(page);
    expect(opened).toBe(false);
    expect(await page.evaluate(() => 'escaped' in globalThis)).toBe(false);
    await expectStayed(page);
  });
}

test('nothing is fetched from outside: request, image, script, style, font, frame, socket, beacon, worker', async () => {
  const page = await desk.page();
  const outcome = await page.evaluate(async (host) => {
    const blocked = new Set<string>();
    document.addEventListener('securitypolicyviolation', (event) => blocked.add(event.effectiveDirective));
    const load = (tag: 'img' | 'script' | 'link' | 'iframe', more: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const element = Object.assign(document.createElement(tag), more);
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        document.body.append(element);
        setTimeout(() => resolve('nothing'), 500);
      });
    const fetched = await fetch(`${host}/fetch`).then(
      () => 'loaded',
      () => 'refused',
    );
    const loaded = await Promise.all([
      load('img', { src: `${host}/image` }),
      load('script', { src: `${host}/script` }),
      load('link', { rel: 'stylesheet', href: `${host}/style` }),
    ]);
    await load('iframe', { src: `${host}/frame` });
    navigator.sendBeacon(`${host}/beacon`);
    const socket = await new Promise<string>((resolve) => {
      try {
        const one = new WebSocket(host.replace('http', 'ws'));
        one.onopen = () => resolve('loaded');
        one.onerror = () => resolve('refused');
      } catch {
        resolve('refused');
      }
    });
    const font = await new FontFace('outside', `url("${host}/font")`).load().then(
      () => 'loaded',
      () => 'refused',
    );
    let worker = 'started';
    try {
      await new Promise((resolve, reject) => {
        const one = new Worker(`${host}/worker`);
        one.onerror = reject;
        one.onmessage = resolve;
      });
    } catch {
      worker = 'refused';
    }
    // Reports of what was blocked come a moment after the refusal.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { fetched, loaded, socket, font, worker, blocked: [...blocked] };
  }, outside);
  expect(outcome).toMatchObject({
    fetched: 'refused',
    loaded: ['refused', 'refused', 'refused'],
    socket: 'refused',
    font: 'refused',
    worker: 'refused',
  });
  for (const directive of ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem', 'font-src', 'frame-src'])
    expect(outcome.blocked).toContain(directive);
  expect(await page.evaluate(() => 'ranFromOutside' in globalThis)).toBe(false);
  await expectStayed(page);
});

test('no text becomes script: inline script, event handlers, eval', async () => {
  const page = await desk.page();
  // The page tries it itself: what a test evaluates is not held to the page's policy.
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inline = true';
    document.body.append(script);
    const image = document.createElement('div');
    image.innerHTML = '<img src="data:," onerror="globalThis.handler = true">';
    document.body.append(image);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return ['inline', 'handler'].filter((name) => name in globalThis);
  });
  expect(ran).toEqual([]);
  const policy = await page.evaluate(async () => (await fetch('/desk.html')).headers.get('content-security-policy'));
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain('unsafe-eval');
});

const exposed = (kind: WindowKind) =>
  [
    ...CHANNELS.filter((channel) => calls[channel].from === kind),
    ...EVENTS.filter((event) => events[event].to === kind).map((event) => `on.${event}`),
  ].toSorted();

for (const [kind, file, name] of [
  ['desk', 'desk.html', 'deskbell'],
  ['engine', 'engine.html', 'deskbellEngine'],
] as const) {
  test(`the page of the ${kind} has no Node, and a bridge of named functions only`, async () => {
    const page = await desk.now().page(file);
    const seen = await page.evaluate((bridge) => {
      const node = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'];
      const areas: Record<string, Record<string, unknown>> = Reflect.get(globalThis, bridge) ?? {};
      const functions = Object.entries(areas).flatMap(([area, verbs]) =>
        Object.entries(verbs).map(
          ([verb, value]) => `${area}.${verb}${typeof value === 'function' ? '' : ' is no function'}`,
        ),
      );
      return { node: node.filter((each) => each in globalThis), functions };
    }, name);
    expect(seen.node).toEqual([]);
    expect(seen.functions.toSorted()).toEqual(exposed(kind));
  });
}

test('main answers a bad argument by a code, and does nothing', async () => {
  const page = await desk.page();
  const answers = await page.evaluate(async () => {
    const { desk: bridge } = Reflect.get(globalThis, 'deskbell');
    return Promise.all([
      bridge.writeSettings({ changes: { theme: 'pink' } }),
      bridge.openWindow({ route: { name: 'queue', queue: '../../etc' } }),
      bridge.openWindow({ route: { name: 'settings' }, more: 1 }),
      bridge.copyText({ text: 1 }),
    ]);
  });
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'badArguments' } });
  await expectStayed(page);
});
