import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLocalChannel } from './growth.ts';
import { openPresence } from './presence.ts';

const lookingAt = (session: number, incidentId: string | null) => ({
  session: `session ${session} ${'x'.repeat(100)}`,
  person: `person ${session}`,
  incidentId,
  typing: false,
});

async function node(name: string, channel = createLocalChannel()) {
  const told: { session: string; people: number }[] = [];
  const presence = await openPresence({
    channel,
    node: name,
    now: () => 0,
    tell: (session, { people }) => told.push({ session: session.split(' x')[0] ?? '', people: people.length }),
    onTrouble: () => undefined,
  });
  onTestFinished(() => presence.close());
  return { presence, told };
}

describe('presence between nodes', () => {
  it('SPEC 18.1: goes out for all who spoke meanwhile together, in messages that the database carries', async () => {
    const channel = createLocalChannel();
    const sent: string[] = [];
    let free: () => void = () => undefined;
    const slow = {
      ...channel,
      notify: async (name: string, message: string) => {
        sent.push(message);
        if (sent.length === 1)
          await new Promise<void>((resolve) => {
            free = resolve;
          });
        await channel.notify(name, message);
      },
    };
    const { presence } = await node('one', slow);
    const other = await node('two', channel);
    for (let session = 0; session < 300; session += 1) {
      presence.announce(lookingAt(session, 'a'));
      presence.announce(lookingAt(session, session === 7 ? null : 'b'));
    }
    free();
    await vi.waitFor(() => expect(sent.flatMap((message) => JSON.parse(message).said)).toHaveLength(301));
    expect(Math.max(...sent.map((message) => Buffer.byteLength(message)))).toBeLessThan(8_000);
    expect(sent.length).toBeLessThan(15);
    await vi.waitFor(() => expect(other.told.filter(({ people }) => people === 20).length).toBeGreaterThan(0));
    other.told.length = 0;
    other.presence.announce(lookingAt(999, 'b'));
    expect(new Set(other.told.map(({ session }) => session)).size).toBe(300);
  });

  it('passes over what it cannot read', async () => {
    const channel = createLocalChannel();
    const { presence, told } = await node('one', channel);
    for (const message of ['', '{', '{"node":"x","said":[[1]]}', 'null']) {
      await channel.notify('deskbell_presence', message);
    }
    presence.end('nobody');
    expect(told).toEqual([]);
  });
});
