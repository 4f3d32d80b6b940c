import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS, PRIORITIES } from '#domain/incident/incident.ts';
import { matrixFlaws, priorityOf } from '#domain/priority/matrix.ts';
import { holds } from '#domain/property.suite.ts';

const row = fc.array(fc.constantFrom(...PRIORITIES), { minLength: 3, maxLength: 3 });
const matrixArb = fc.array(row, { minLength: 3, maxLength: 3 });

describe('the linter of matrices', () => {
  it('finds no flaw exactly when nothing more urgent or of more impact is less pressing', () => {
    const cells = LEVELS.flatMap((impact) => LEVELS.map((urgency) => ({ impact, urgency })));
    const property = fc.property(matrixArb, (matrix) => {
      const lawful = cells.every((low) =>
        cells.every(
          (high) =>
            high.impact > low.impact ||
            high.urgency > low.urgency ||
            priorityOf(matrix, high.impact, high.urgency) <= priorityOf(matrix, low.impact, low.urgency),
        ),
      );
      expect(matrixFlaws(matrix).length === 0).toBe(lawful);
    });
    holds('matrix law', property, 1000);
  });

  it('accepts every matrix that is made by sorting', () => {
    const sorted = matrixArb.map((matrix) => {
      const rows = matrix.map((one) => one.toSorted((a, b) => a - b));
      const columns = [0, 1, 2].map((column) => rows.map((one) => one[column] ?? 5).toSorted((a, b) => a - b));
      return [0, 1, 2].map((impact) => columns.map((column) => column[impact] ?? 5));
    });
    const property = fc.property(sorted, (matrix) => {
      expect(matrixFlaws(matrix)).toEqual([]);
    });
    holds('sorted matrices', property, 500);
  });
});
