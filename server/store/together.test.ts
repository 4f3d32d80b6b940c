import { expect, it } from 'vitest';
import { together } from './together.ts';

it('asks once for all who ask while another asking is under way, and never before they asked', async () => {
  const rounds: (readonly number[])[] = [];
  const gates: (() => void)[] = [];
  const double = together<number, number>(async (asked) => {
    rounds.push(asked);
    await new Promise<void>((go) => gates.push(go));
    return asked.map((one) => 2 * one);
  });
  const begun = async (count: number) => {
    while (gates.length < count) await new Promise((go) => setImmediate(go));
  };
  const first = [double(1), double(2)];
  await begun(1);
  const second = [double(3), double(4), double(5)];
  gates[0]?.();
  expect(await Promise.all(first)).toEqual([2, 4]);
  await begun(2);
  gates[1]?.();
  expect(await Promise.all(second)).toEqual([6, 8, 10]);
  expect(rounds).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

it('tells all of them when it fails, and goes on with those who ask next', async () => {
  let fails = true;
  const same = together<number, number>(async (asked) => {
    if (fails) throw new Error('away');
    return asked;
  });
  const answers = await Promise.allSettled([same(1), same(2)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await same(3)).toBe(3);
});
