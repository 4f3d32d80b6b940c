import { tmpdir } from 'node:os';
import { beforeEach, expect, test, vi } from 'vitest';

const fake = vi.hoisted(() => ({
  opened: 0,
  failing: false,
  close: vi.fn(async () => undefined),
  onPoke: vi.fn(() => () => undefined),
  onPresence: vi.fn(() => () => undefined),
}));
vi.mock('#electron/network/open-network.ts', () => ({
  openNetwork: () => {
    if (fake.failing) throw new Error('no session');
    fake.opened += 1;
    return {
      close: fake.close,
      onPoke: fake.onPoke,
      onPresence: fake.onPresence,
      state: async () => ({ mode: 'alone' }),
    };
  },
}));
const { networkIn } = await import('./network.ts');

const tell = { poke: vi.fn(), presence: vi.fn() };
const begin = () => networkIn(`${tmpdir()}/deskbell-no-such-file.json`, vi.fn(), tell, vi.fn());
beforeEach(() => {
  Object.assign(fake, { opened: 0, failing: false });
  fake.close.mockClear();
});

test('nothing of the network is opened before the engine asks, and then once', async () => {
  const network = begin();
  expect(fake.opened).toBe(0);
  const [one, two] = await Promise.all([network.opened(), network.opened()]);
  expect(await one.state()).toEqual({ mode: 'alone' });
  expect(two).toBe(one);
  expect(fake.opened).toBe(1);
  expect(fake.onPoke).toHaveBeenCalledWith(tell.poke);
  expect(fake.onPresence).toHaveBeenCalledWith(tell.presence);
  await network.close();
  expect(fake.close).toHaveBeenCalledOnce();
});

test('a network that was never asked for has nothing to close', async () => {
  await begin().close();
  expect(fake.close).not.toHaveBeenCalled();
});

test('an opening that failed is tried again, and keeps nobody from quitting', async () => {
  const network = begin();
  fake.failing = true;
  const failed = network.opened();
  await network.close();
  await expect(failed).rejects.toThrow();
  fake.failing = false;
  expect(await (await network.opened()).state()).toEqual({ mode: 'alone' });
});
