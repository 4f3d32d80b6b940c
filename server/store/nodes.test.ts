import { describe, expect, it } from 'vitest';
import { World } from '#sync/authority/log-world.suite.ts';
import { push } from '#sync/authority/push.ts';
import { startProxy } from './testing/flaky-proxy.suite.ts';
import { findPostgres } from './testing/postgres.suite.ts';
import { clusterOf, opened } from './testing/stores.suite.ts';

const least = (incidentId: string) => ({ incidentId, shortDescription: 'x', channel: 'phone', impact: 3, urgency: 3 });

const postgres = findPostgres();
describe.skipIf(postgres === null)('nodes that share a PostgreSQL', () => {
  const cluster = clusterOf(postgres ?? '');

  it('SPEC 3.6: judge by the directory and matrix as another node has just saved them', async () => {
    const url = await cluster().database();
    const nodes = [await opened({ kind: 'postgres', url }), await opened({ kind: 'postgres', url })] as const;
    const [one, other] = [await World.staffed(nodes[0].log), new World(nodes[1].log)];
    const lane = (seq: number) => ({ device: 'other', seq, id: `other ${seq}` });
    expect(await other.send('ann', 'incident.record', least('a'), lane(1))).toMatchObject({ status: 'accepted' });
    expect(await other.log.read((reader) => reader.person('ann'))).toMatchObject({ active: true });
    expect(await one.changePerson('ann', { active: false })).toMatchObject({ status: 'accepted' });
    expect(await other.log.read((reader) => reader.person('ann'))).toMatchObject({ active: false });
    expect(await other.send('ann', 'incident.record', least('b'), lane(2))).toMatchObject({ status: 'rejected' });
    const matrix = [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ] as const;
    await one.accepted('adm', 'configuration.setMatrix', { matrix });
    await other.send('ben', 'incident.record', least('c'), { ...lane(1), id: 'by ben' });
    expect(await one.row('c')).toMatchObject({ priority: 1, number: 'INC0000002' });
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('SPEC 1.3: decide a command once whose answer was lost with the connection', async () => {
    const url = await cluster().database();
    const direct = await opened({ kind: 'postgres', url });
    const proxy = await startProxy(url);
    const flaky = await opened({ kind: 'postgres', url: proxy.url });
    const world = await World.staffed(direct.log);
    const command = world.command('ann', 'incident.record', least('a'), { seq: 1 });
    const pushes = [{ device: 'd', person: 'ann', commands: [command] }];
    const context = { zone: 'UTC', now: world.now };
    const losing = {
      read: flaky.log.read,
      push: <T>(work: Parameters<typeof flaky.log.push<T>>[0]) =>
        flaky.log.push(async (transaction) => {
          const result = await work(transaction);
          proxy.loseAnswers();
          return result;
        }),
    };
    await expect(push(losing, pushes, context)).rejects.toMatchObject({ name: 'StoreError', code: 'outcomeUnknown' });
    expect(await world.row('a')).toMatchObject({ number: 'INC0000001' });
    proxy.work();
    const { answers } = await push(flaky.log, pushes, context);
    expect(answers).toMatchObject([{ expected: 2, results: [{ status: 'already', outcome: 'accepted' }] }]);
    expect(await world.rows()).toHaveLength(1);
    await Promise.all([direct.close(), flaky.close()]);
    await proxy.close();
  });
});
