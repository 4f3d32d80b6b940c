import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { recorded, startServer } from '#server/server-under-test.suite.ts';
import { Seals } from '#server/store/seals.ts';
import { createSqlLog } from '#server/store/sql-log.ts';
import { opened } from '#server/store/testing/stores.suite.ts';

const seals = 'audit/seals';

describe('the seals', () => {
  it('SPEC 15.7: are made at the start and told to administrators, and to nobody else', async () => {
    const store = await opened({ kind: 'memory' });
    onTestFinished(() => store.close());
    const { driver } = store;
    const server = await startServer({ log: createSqlLog(driver), seals: new Seals(driver), channel: driver });
    const admin = await server.login();
    await admin.push(recorded('one'));
    await vi.waitFor(async () => expect((await admin.call('GET', seals)).body.seals).toHaveLength(1));
    server.clock.now += 86_400_000;
    const again = await server.login();
    await server.services.seals?.seal(server.clock.now);
    const { body } = await again.call<{ seals: { day: string; seal: string }[] }>('GET', `${seals}?limit=1`);
    expect(body.seals).toMatchObject([
      { day: '2026-01-06', seq: 2, chains: 2, seal: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect((await again.call('GET', `${seals}?before=2026-01-06`)).body.seals).toMatchObject([{ day: '2026-01-05' }]);
    expect((await again.call('GET', `${seals}?before=yesterday`)).status).toBe(400);
    const agent = await server.newcomer(again, 'agent');
    expect((await agent.call('GET', seals)).body).toMatchObject({ code: 'notAllowedForRole' });
    expect((await server.call('GET', seals)).status).toBe(401);
    const { body: description } = await server.call<{ paths: Record<string, unknown> }>('GET', 'openapi.json');
    expect(description.paths).toHaveProperty(['/api/v1/audit/seals']);
  });

  it('are none where the log is kept in memory', async () => {
    const server = await startServer();
    expect((await (await server.login()).call('GET', seals)).body).toEqual({ seals: [] });
  });
});
