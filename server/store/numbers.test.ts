import { expect, it } from 'vitest';
import { World } from '#sync/authority/log-world.suite.ts';
import { embedded, emptyLogs } from './testing/stores.suite.ts';

const make = emptyLogs(embedded);

it('knows the numbers asked for and those above the highest, and guesses at no other', async () => {
  const world = await World.staffed((await make()).log);
  await world.opened('i1');
  const asked = { incidentIds: [], commandIds: [], numbers: ['inc 1', 'SUP-7', 'x'.repeat(300)] };
  const { isNumberTaken, highestNumber } = await world.log.push((transaction) => transaction.gather(asked));
  expect(highestNumber).toBe(1);
  expect(['INC0000001', 'inc1', ...asked.numbers].map(isNumberTaken)).toEqual([true, true, true, false, false]);
  expect(isNumberTaken('INC0000002')).toBe(false);
  expect(() => isNumberTaken('SUP-8')).toThrow('not gathered');
});
