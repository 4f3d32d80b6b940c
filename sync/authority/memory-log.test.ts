import { describe, expect, it } from 'vitest';
import { Replica } from './log-replica.suite.ts';
import { World } from './log-world.suite.ts';
import { createMemoryLog } from './memory-log.ts';
import { sharedLogSuite } from './shared-log.suite.ts';

let epochs = 0;
const make = () => {
  epochs += 1;
  return createMemoryLog(`epoch ${epochs}`);
};

sharedLogSuite('a log in memory', async () => ({ log: make() }));

describe('a restored log', () => {
  it('SPEC 5.3: is noticed by the next pull, once it ends before, and once it goes another way', async () => {
    const log = make();
    const world = await World.staffed(log);
    await world.opened('kept');
    const backup = log.backup();
    await world.opened('lost');
    const [ann, ben] = [await new Replica('ann').catchUp(world), await new Replica('ben').catchUp(world)];
    expect([...ann.rows.keys()]).toEqual(['lost', 'kept']);
    log.restore(backup);
    expect(await ann.pull(world)).toMatchObject({ begins: true, ends: true, expected: 2 });
    expect([...ann.rows.keys()]).toEqual(['kept']);
    await world.opened('new', {}, 'tom');
    await world.opened('newer', {}, 'tom');
    expect((await ben.pull(world)).begins).toBe(true);
    expect([...ben.rows.keys()].toSorted()).toEqual(['kept', 'new', 'newer']);
  });
});
