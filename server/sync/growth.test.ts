import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Channel, createLocalChannel, openNewsroom } from './growth.ts';

const node = async (channel: Channel, end: () => number, every = 60_000) => {
  const heard: unknown[] = [];
  const room = await openNewsroom({
    channel,
    end: async () => end(),
    every,
    onTrouble: () => undefined,
    news: { grew: (seq) => heard.push(seq), ended: (ids) => heard.push(ids) },
  });
  onTestFinished(() => room.close());
  return { heard, room };
};

describe('news between nodes', () => {
  it('tells every node once that the log has grown, its own at once', async () => {
    const channel = createLocalChannel();
    const [one, other] = [await node(channel, () => 0), await node(channel, () => 0)];
    one.room.tellGrown(3);
    expect(one.heard).toEqual([3]);
    await vi.waitFor(() => expect(other.heard).toEqual([3]));
    one.room.tellGrown(3);
    expect(one.heard).toEqual([3]);
  });

  it('tells what came together in one message', async () => {
    const channel = createLocalChannel();
    const sent: string[] = [];
    let arrive: () => void = () => undefined;
    const slow: Channel = {
      ...channel,
      notify: async (_, message) => {
        sent.push(message);
        await new Promise<void>((resolve) => {
          arrive = resolve;
        });
      },
    };
    const { room } = await node(slow, () => 0);
    for (let seq = 1; seq <= 50; seq += 1) room.tellGrown(seq);
    arrive();
    await vi.waitFor(() => expect(sent).toEqual(['1', '50']));
    arrive();
  });

  it('finds by itself what no message told, an end that went back included', async () => {
    let end = 5;
    const { heard } = await node(createLocalChannel(), () => end, 10);
    end = 7;
    await vi.waitFor(() => expect(heard).toEqual([7]));
    end = 2;
    await vi.waitFor(() => expect(heard).toEqual([7, 2]));
  });

  it('looks when messages may have been missed', async () => {
    let hear: (message: string | null) => void = () => undefined;
    const channel: Channel = {
      notify: async () => undefined,
      listen: async (_, heard) => {
        const before = hear;
        hear = (message) => {
          before(message);
          heard(message);
        };
        return async () => undefined;
      },
    };
    let end = 1;
    const { heard } = await node(channel, () => end);
    end = 4;
    hear(null);
    await vi.waitFor(() => expect(heard).toEqual([null, 4]));
  });

  it('tells which sessions ended, however many', async () => {
    const channel = createLocalChannel();
    const [one, other] = [await node(channel, () => 0), await node(channel, () => 0)];
    const ids = Array.from({ length: 250 }, (_, at) => `session-${at}`);
    one.room.tellEnded(ids);
    await vi.waitFor(() => expect(other.heard.flat()).toEqual(ids));
    expect(other.heard).toHaveLength(3);
  });
});
