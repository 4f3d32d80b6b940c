import { expect, onTestFinished, test } from 'vitest';
import { FileRoutes } from './file-routes.ts';
import { always, HTML, type Nastiness, nastyWay } from './nasty-way.suite.ts';
import { follow } from './poke-stream.ts';

const wire = { fetch, now: () => Date.now() };
const given = new AbortController().signal;
const refusedBy = async (nasty: Nastiness, ask: (address: string) => Promise<unknown>) => {
  const way = await nastyWay(null);
  onTestFinished(() => way.close());
  way.nasty = nasty;
  return ask(way.address);
};

const date = 'Mon, 05 Jan 2026 09:00:00 GMT';
const busy = always(503, { ...HTML, date, 'retry-after': 'Mon, 05 Jan 2026 09:00:30 GMT' }, '');

test.each([
  ['an upload is asked for', (address: string) => new FileRoutes(wire, address, given).offset('token', 'an-id')],
  [
    'a file is brought',
    (address: string) => new FileRoutes(wire, address, given).send('token', 'an-id', 0, Buffer.of(1)),
  ],
  [
    'the stream is opened',
    (url: string) =>
      follow(wire, { url, token: 'token', silence: 5_000, given, taken: () => undefined, heard: () => undefined }),
  ],
])('a date to wait for is told in seconds by the clock of whoever names it, when %s', async (_what, ask) => {
  const fault = { code: 'busy', retryAfter: 30 };
  expect(await refusedBy(busy, ask)).toEqual({ ok: false, error: { fault, problem: null } });
});
