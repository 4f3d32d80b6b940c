import { expect, it } from 'vitest';
import type { FromEngine } from '#contracts/engine/protocol.ts';
import { err, ok } from '#domain/result.ts';
import { windowServer } from './ports.ts';
import { Touches } from './touches.ts';

it('answers a watch that could not be answered once the desk was opened anew', async () => {
  const touches = new Touches(
    () => 0,
    (_, callback) => queueMicrotask(callback),
  );
  let isBroken = true;
  const answer = async () => {
    if (isBroken) throw new Error('the database is gone');
    return { value: 'found', topics: [] };
  };
  const bugs: unknown[] = [];
  const serve = windowServer({
    touches,
    lsn: () => 1,
    call: async () => err({ code: 'unknownCall' }),
    watch: () => ok({ answer }),
    bug: (where) => bugs.push(where),
  });
  const { port1, port2 } = new MessageChannel();
  const heard = () =>
    new Promise<FromEngine>((resolve) =>
      port2.addEventListener('message', ({ data }) => resolve(data), { once: true }),
    );
  port2.start();
  serve(port1, 'window');
  port2.postMessage({ type: 'watch', id: 1, name: 'status', args: {} });
  expect(await heard()).toEqual({ type: 'watchError', id: 1, error: { code: 'bug' } });
  isBroken = false;
  touches.touch('session');
  expect(await heard()).toEqual({ type: 'value', id: 1, value: 'found', lsn: 1 });
  expect(bugs).toEqual(['watch status']);
  port2.postMessage({ type: 'bye' });
});
