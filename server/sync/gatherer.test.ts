import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type Id, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { recorded } from '#server/server-under-test.suite.ts';
import { StoreError } from '#server/store/driver.ts';
import { createMemoryLog } from '#sync/authority/memory-log.ts';
import type { LanePush } from '#sync/authority/push.ts';
import { PushGatherer } from './gatherer.ts';

const lane = (device: Id, count: number, more: object = {}): LanePush => ({
  device,
  person: SYSTEM_ACTOR,
  commands: Array.from({ length: count }, (_, index) => ({
    id: newId(),
    seq: index + 1,
    ...recorded(`${device} ${index}`),
    occurredAt: 0,
    recordedAt: 0,
    ...more,
  })),
});

/** A gatherer whose transactions wait until the gate opens. */
const gathering = (room = 500) => {
  const log = createMemoryLog('epoch');
  const { push } = log;
  let open: () => void = () => undefined;
  let gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const begun: number[] = [];
  log.push = async (work) => {
    begun.push(begun.length);
    await gate;
    return push(work);
  };
  const sizes: number[] = [];
  const gatherer = new PushGatherer({
    log,
    now: () => 0,
    zone: 'UTC',
    room,
    onDecided: ({ commands }) => sizes.push(commands),
  });
  return {
    log,
    gatherer,
    sizes,
    begun,
    open: () => open(),
    shut: () => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
  };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the gatherer', () => {
  it('SPEC 3.3: decides all that waits while a transaction runs in the next one, in order', async () => {
    const { gatherer, sizes, open } = gathering();
    const first = gatherer.push(lane('a', 1));
    await turn();
    const rest = ['b', 'c', 'd', 'e'].map((device) => gatherer.push(lane(device, 2)));
    open();
    await first;
    const answers = await Promise.all(rest);
    expect(sizes).toEqual([1, 8]);
    const numbers = answers.flatMap((answer) => (answer.ok ? answer.value.results.map(({ number }) => number) : []));
    expect(numbers).toEqual(['2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => `INC000000${digit}`));
  });

  it('SPEC 3.3: puts at most two hundred commands into a transaction, and always one push', async () => {
    const { gatherer, sizes, open } = gathering();
    const pushes = [
      gatherer.push(lane('a', 150)),
      gatherer.push(lane('b', 50)),
      gatherer.push(lane('c', 1)),
      gatherer.push(lane('d', 200)),
      gatherer.push(lane('e', 0)),
    ];
    open();
    await Promise.all(pushes);
    expect(sizes).toEqual([200, 1, 200]);
  });

  it('SPEC 3.3: reads what has arrived before it goes on, on a database that never gives way', async () => {
    const { gatherer, sizes, open } = gathering();
    open();
    const first = gatherer.push(lane('a', 1));
    const rest = ['b', 'c'].map(async (device) => {
      await new Promise((resolve) => setImmediate(resolve));
      return gatherer.push(lane(device, 1));
    });
    await Promise.all([first, ...rest]);
    expect(sizes).toEqual([1, 2]);
  });

  it('SPEC 3.4: does not let one push that cannot be decided fail the others', async () => {
    const { gatherer, log, open } = gathering();
    const { push } = log;
    log.push = async (work) =>
      push((transaction) => {
        const { write } = transaction;
        transaction.write = async (batch) => {
          if (batch.decided.some(({ device }) => device === 'bad')) throw new Error('cannot be kept');
          await write(batch);
        };
        return work(transaction);
      });
    open();
    const [good, bad, other] = ['good', 'bad', 'other'].map((device) => gatherer.push(lane(device, 1)));
    await expect(bad).rejects.toThrow('cannot be kept');
    expect(await good).toMatchObject({ ok: true, value: { results: [{ status: 'accepted' }] } });
    expect(await other).toMatchObject({ ok: true, value: { results: [{ status: 'accepted' }] } });
    expect(log.backup().seq).toBe(2);
  });

  it('fails all at once when the database is away, and goes on when it is back', async () => {
    const { gatherer, log, open } = gathering();
    open();
    const { push } = log;
    let tried = 0;
    log.push = () => {
      tried += 1;
      return Promise.reject(new StoreError('unreachable', null));
    };
    const away = ['a', 'b'].map((device) => gatherer.push(lane(device, 1)));
    for (const each of away) await expect(each).rejects.toThrow(StoreError);
    expect(tried).toBe(1);
    log.push = push;
    expect((await gatherer.push(lane('a', 1))).ok).toBe(true);
  });

  it('refuses what finds no room, and keeps what does', async () => {
    const { gatherer, open } = gathering(2);
    const taken = [gatherer.push(lane('a', 1)), gatherer.push(lane('b', 1))];
    expect(await gatherer.push(lane('c', 1))).toEqual({ ok: false, error: 'busy' });
    open();
    expect((await Promise.all(taken)).every(({ ok }) => ok)).toBe(true);
    expect((await gatherer.push(lane('c', 1))).ok).toBe(true);
  });

  it('decides what it took before it closes, and takes nothing afterwards', async () => {
    const { gatherer, open, log } = gathering();
    const taken = gatherer.push(lane('a', 3));
    const closed = gatherer.close();
    expect(await gatherer.push(lane('b', 1))).toEqual({ ok: false, error: 'closed' });
    open();
    await closed;
    expect(log.backup().seq).toBe(3);
    expect((await taken).ok).toBe(true);
  });

  it('decides two pushes of one lane that came together one after the other', async () => {
    const { gatherer, open } = gathering();
    const [first, second] = [lane('a', 2), lane('a', 2)];
    const later = { ...second, commands: second.commands.map((command) => ({ ...command, seq: command.seq + 2 })) };
    const both = [gatherer.push(first), gatherer.push(later), gatherer.push(first)];
    open();
    const statuses = (await Promise.all(both)).map(
      (answer) => answer.ok && answer.value.results.map((one) => one.status),
    );
    expect(statuses).toEqual([
      ['accepted', 'accepted'],
      ['accepted', 'accepted'],
      ['already', 'already'],
    ]);
  });
});
