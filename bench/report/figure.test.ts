import { describe, expect, test } from 'vitest';
import { advantage, type Figure, figureOf, jsonLine, median } from './figure.ts';
import { table } from './table.ts';

const figure: Figure = figureOf({
  id: 'P4',
  n: 100_000,
  unit: 'ms',
  lowerIsBetter: true,
  checked: true,
  runs: { ours: [0.03, 0.01, 0.02], peers: { 'Dexie counts': [9, 2, 4, 5] } },
  note: 'eight queues',
});

describe('figures', () => {
  test('the median is the middle value, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(() => median([])).toThrow('nothing was measured');
  });

  test('medians are taken for ours and for every peer', () => {
    expect(figure.ours).toBe(0.02);
    expect(figure.peers).toEqual({ 'Dexie counts': 4.5 });
  });

  test('an advantage above one is better, whichever way the unit points', () => {
    expect(advantage({ ours: 2, lowerIsBetter: true }, 10)).toBe(5);
    expect(advantage({ ours: 10, lowerIsBetter: false }, 5)).toBe(2);
  });

  test('a JSON line carries what a reader is promised, in one line and nothing else', () => {
    const line = jsonLine(figure);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      id: 'P4',
      n: 100_000,
      unit: 'ms',
      ours: 0.02,
      peers: { 'Dexie counts': 4.5 },
      lowerIsBetter: true,
      checked: true,
    });
  });

  test('the table has one row a peer, the ratio in words, and the notes below', () => {
    const lines = table([figure, { ...figure, id: 'P2', ours: 9, note: 'of five rounds' }]).split('\n');
    expect(lines[2]).toMatch(/^\| P4 +\| +100,000 \| ms +\| +0.02 \| Dexie counts \| +4.5 \| +225× better \|$/);
    expect(lines[3]).toContain('2.00× worse');
    expect(lines.slice(-2)).toEqual(['P4 (100,000): eight queues', 'P2 (100,000): of five rounds']);
    expect(new Set(lines.slice(0, 4).map((line) => line.length)).size).toBe(1);
  });

  test('a figure without peers still has its row', () => {
    expect(table([{ ...figure, peers: {} }])).toContain('| –');
  });
});
