import { describe, expect, it } from 'vitest';
import { columnsFor, templateOf } from './columns.ts';

const ids = (width: number) => columnsFor(width, []).map(({ id }) => id);

describe('the columns of a queue', () => {
  it('are four beside the peek, and what they leave is the description’s', () => {
    expect(ids(644)).toEqual(['number', 'priority', 'shortDescription', 'state']);
    expect(templateOf(columnsFor(644, []))).toBe('112px 44px minmax(280px, 1fr) 152px');
  });

  it('never drop number, priority, description and state, and leave the description 280 pixels', () => {
    for (let width = 760; width <= 1900; width += 20) {
      const columns = columnsFor(width, []);
      expect(columns.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['number', 'priority', 'shortDescription', 'state']),
      );
      expect(columns.reduce((sum, column) => sum + column.width, 0)).toBeLessThanOrEqual(width);
    }
  });
});
