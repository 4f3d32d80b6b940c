import { describe, expect, test } from 'vitest';
import { generatedLog } from './generated-log.ts';
import { renumbered } from './renumbered.ts';
import type { SourceLog } from './source-log.ts';

const log: SourceLog = {
  name: 'generated rows',
  header: 'number,state',
  histories: [[',a1', ',a2', ',a3'], [',b1']],
};

describe('renumbered copies of a log', () => {
  test('repeat it until there are n incidents, each under its own number', () => {
    expect([...renumbered(log, 3, 'whole')]).toEqual([
      'number,state',
      'INC0000001,a1',
      'INC0000001,a2',
      'INC0000001,a3',
      'INC0000002,b1',
      'INC0000003,a1',
      'INC0000003,a2',
      'INC0000003,a3',
    ]);
  });

  test('told midway, about three of ten stop before their end, and none disappears', () => {
    const long: SourceLog = { ...log, histories: [Array.from({ length: 9 }, (_, step) => `,${step}`)] };
    const last = new Map(
      [...renumbered(long, 1_000, 'midway')].slice(1).map((line) => line.split(',') as [string, string]),
    );
    expect(last.size).toBe(1_000);
    const stopped = [...last.values()].filter((step) => step !== '8').length;
    expect(stopped).toBeGreaterThan(250);
    expect(stopped).toBeLessThan(350);
  });

  test('generated rows have as many cells as their header, and are the same every time', () => {
    const made = generatedLog();
    const cells = made.header.split(',').length;
    const lines = [...renumbered(made, 200, 'whole')];
    expect(lines.filter((line) => line.split(',').length !== cells)).toEqual([]);
    expect(generatedLog().histories[7]).toEqual(made.histories[7]);
  });
});
