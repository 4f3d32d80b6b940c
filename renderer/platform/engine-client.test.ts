import { describe, expect, it } from 'vitest';
import type { FromEngine, ToEngine } from '#contracts/engine/protocol.ts';
import { createEngineClient } from './engine-client.ts';

/** A machine whose engine is this test: what windows send is kept, answers are given by hand. */
function machine() {
  const sent: ToEngine[] = [];
  const lost = new Set<() => void>();
  let deliver: (message: FromEngine) => void = () => undefined;
  let connections = 0;
  const host = {
    connectEngine: async () => {
      connections += 1;
      return {
        postMessage: (message: unknown) => void sent.push(message as ToEngine),
        addEventListener: (_: 'message', listener: (event: { readonly data: unknown }) => void) => {
          deliver = (message) => listener({ data: message });
        },
        start: () => undefined,
        close: () => undefined,
      };
    },
    onEngineLost: (listener: () => void) => {
      lost.add(listener);
      return () => lost.delete(listener);
    },
  };
  return {
    host,
    sent,
    connections: () => connections,
    answer: (message: FromEngine) => deliver(message),
    lose: () => {
      for (const listener of lost) listener();
    },
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const ofType = <T extends ToEngine['type']>(sent: readonly ToEngine[], type: T) =>
  sent.filter((message): message is Extract<ToEngine, { type: T }> => message.type === type);

describe('the engine client', () => {
  it('greets the engine and asks what was asked before it was there', async () => {
    const { host, sent, answer } = machine();
    const client = createEngineClient(host);
    const asked = client.call('retry', {});
    await settled();
    expect(sent[0]).toMatchObject({ type: 'hello' });
    const [call] = ofType(sent, 'call');
    answer({ type: 'answer', id: call?.id ?? 0, ok: true, value: null });
    expect(await asked).toEqual({ ok: true, value: null });
  });

  it('asks unanswered calls again under the same ids after the engine was lost, and answered ones not', async () => {
    const { host, sent, answer, lose, connections } = machine();
    const client = createEngineClient(host);
    await settled();
    const first = client.call('switchPerson', { personId: 'p-1' });
    const second = client.call('switchPerson', { personId: 'p-2' });
    const [one, two] = ofType(sent, 'call');
    answer({ type: 'answer', id: one?.id ?? 0, ok: true, value: null });
    await first;
    lose();
    await settled();
    expect(connections()).toBe(2);
    const again = ofType(sent, 'call').slice(2);
    expect(again).toEqual([two]);
    answer({ type: 'answer', id: two?.id ?? 0, ok: false, error: { code: 'notReady' } });
    expect(await second).toEqual({ ok: false, error: { code: 'notReady' } });
  });

  it('takes up its watches anew with their latest arguments', async () => {
    const { host, sent, lose, answer } = machine();
    const client = createEngineClient(host);
    await settled();
    const values: number[] = [];
    const watch = client.watch(
      'alerts',
      { personId: 'p-1', limit: 1 },
      { value: ({ unacknowledged }) => values.push(unacknowledged) },
    );
    watch.rewatch({ personId: 'p-1', limit: 9 });
    lose();
    await settled();
    const last = ofType(sent, 'watch').at(-1);
    expect(last?.args).toEqual({ personId: 'p-1', limit: 9 });
    answer({ type: 'value', id: last?.id ?? 0, value: { unacknowledged: 4, entries: [] }, lsn: 7 });
    expect(values).toEqual([4]);
    watch.stop();
    answer({ type: 'value', id: last?.id ?? 0, value: { unacknowledged: 5, entries: [] }, lsn: 8 });
    expect(values).toEqual([4]);
  });
});
