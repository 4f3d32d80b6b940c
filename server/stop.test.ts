import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { v7 as newId } from 'uuid';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PushAnswer } from '#contracts/sync/wire.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import { pushOf, recorded, startServer } from './server-under-test.suite.ts';

const connections = ({ server }: FastifyInstance) =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

describe('a stop', () => {
  it('SPEC 16.2: answers the push under way once it is durable, and takes nothing new', async () => {
    const log = createMemoryLog('epoch');
    const server = await startServer({ log });
    const { device, tokens } = await server.login();
    await server.app.listen({ host: '127.0.0.1', port: 0 });
    const address = server.app.server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const headers = { authorization: `Bearer ${tokens.accessToken}`, 'content-type': 'application/json' };
    const command = { id: newId(), seq: 1, ...recorded('at the last moment'), occurredAt: 1, recordedAt: 1 };

    const { push } = log;
    let begun = false;
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    log.push = async (work) => {
      begun = true;
      await gate;
      return push(work);
    };
    const pushed = fetch(`http://127.0.0.1:${port}/api/v1/sync/push`, {
      method: 'POST',
      headers,
      body: JSON.stringify(pushOf(device, 1, [command])),
    });
    await vi.waitFor(() => expect(begun).toBe(true));

    // A connection on which a request had begun to arrive before the stop, and arrives afterwards.
    const late = connect(port, '127.0.0.1');
    onTestFinished(() => {
      goOn();
      late.destroy();
    });
    let told = '';
    late.on('data', (data) => {
      told += data;
    });
    late.write('GET /healthz HTTP/1.1\r\nHost: x\r\n');
    await vi.waitFor(async () => expect(await connections(server.app)).toBe(2));

    let stopped = false;
    const stop = (async () => {
      await server.app.close();
      await server.services.close();
      stopped = true;
    })();
    await vi.waitFor(() =>
      expect(fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } })).rejects.toThrow(),
    );
    late.write('\r\n');
    await vi.waitFor(() => expect(told).toContain('"code":"unavailable"'));
    expect(told).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 5/i);
    expect(stopped).toBe(false);
    expect(log.backup().incidents.size).toBe(0);

    goOn();
    const answer = await pushed;
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as PushAnswer).results).toMatchObject([{ status: 'accepted' }]);
    await stop;
    expect(log.backup().incidents.size).toBe(1);
  });
});
