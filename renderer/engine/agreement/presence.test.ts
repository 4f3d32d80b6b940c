import { describe, expect, it } from 'vitest';
import type { NetworkHost, Present } from '#contracts/host/network.ts';
import { DeskPresence, namedPeople } from './presence.ts';

type Look = Parameters<NetworkHost['look']>[0];

function begin() {
  const said: Look[] = [];
  const timers = new Map<number, () => void>();
  let [now, ids, changes] = [0, 0, 0];
  let hear: (present: Present) => void = () => undefined;
  const presence = new DeskPresence({
    network: {
      look: (look) => said.push(look),
      onPresence: (listener) => {
        hear = listener;
        return () => undefined;
      },
    },
    elapsed: () => now,
    after: (milliseconds, callback) => {
      ids += 1;
      const id = ids;
      expect(milliseconds).toBe(30_000);
      timers.set(id, callback);
      return () => timers.delete(id);
    },
    changed: () => {
      changes += 1;
    },
  });
  const look = (incidentId: string, typing = false, here = true) =>
    presence.look({ personId: 'ann', incidentId, here, typing });
  return {
    presence,
    look,
    said: () => said.splice(0).map(({ incidentId, typing }) => `${incidentId}${typing ? '*' : ''}`),
    hear: (present: Present) => hear(present),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    timers,
    changes: () => changes,
  };
}
const ben = { personId: 'ben', typing: true };

describe('presence at a desk', () => {
  it('says what is looked at, again and again, and that nothing is any more', () => {
    const { look, said } = begin();
    look('a');
    look('a');
    look('a', true);
    look('a', false, false);
    expect(said()).toEqual(['a', 'a', 'a*', 'null']);
  });

  it('says of several windows the one that was opened or written in last, and forgets one that was killed', () => {
    const { look, said, pass } = begin();
    look('a');
    look('b');
    look('a');
    expect(said()).toEqual(['a', 'b']);
    look('a', true);
    look('b');
    expect(said()).toEqual(['a*']);
    look('a', true, false);
    expect(said()).toEqual(['b']);
    look('c');
    pass(29_000);
    look('b');
    pass(2_000);
    look('b');
    expect(said()).toEqual(['c', 'b']);
  });

  it('SPEC 18.3: knows who is there as long as the server says so, and of that incident only', () => {
    const { presence, look, hear, timers, changes } = begin();
    look('a');
    hear({ incidentId: 'a', people: [ben] });
    expect([presence.at('a'), presence.at('b')]).toEqual([[ben], []]);
    hear({ incidentId: 'a', people: [] });
    hear({ incidentId: 'a', people: [ben] });
    expect(timers.size).toBe(1);
    [...timers.values()][0]?.();
    expect(presence.at('a')).toEqual([]);
    hear({ incidentId: 'a', people: [ben] });
    look('b');
    expect(presence.at('a')).toEqual([]);
    expect(changes()).toBe(6);
  });

  it('shows nobody without a name', () => {
    const names = (id: string) => (id === 'ben' ? 'Ben' : null);
    expect(namedPeople([ben, { personId: 'x', typing: false }], names)).toEqual([{ ...ben, name: 'Ben' }]);
  });
});
