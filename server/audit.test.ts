import { describe, expect, it, vi } from 'vitest';
import { keepSealing } from './audit.ts';
import type { Seal } from './store/seals.ts';

describe('sealing', () => {
  it('SPEC 15.7: looks at once and ever again, tells what it sealed, and goes on after trouble', async () => {
    const days: number[] = [];
    const told: unknown[] = [];
    const seals = {
      seal: async (now: number): Promise<Seal | null> => {
        days.push(now);
        if (days.length === 2) throw new Error('away');
        return days.length === 1 ? null : { day: 'd', sealedAt: now, epoch: 'e', seq: 1, chains: 1, seal: 's' };
      },
      list: async () => [],
    };
    let now = 0;
    const stop = keepSealing({
      seals,
      now: () => {
        now += 1;
        return now;
      },
      every: 5,
      onSealed: ({ sealedAt }) => told.push(sealedAt),
      onTrouble: () => told.push('trouble'),
    });
    await vi.waitFor(() => expect(told.slice(0, 3)).toEqual(['trouble', 3, 4]));
    await stop();
    const { length } = days;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(days).toHaveLength(length);
  });
});
