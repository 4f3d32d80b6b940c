import { describe, expect, it } from 'vitest';
import { outcome, staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { LEVELS } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX, matrixFlaws, priorityOf } from '#domain/priority/matrix.ts';

describe('the priority matrix', () => {
  it('is shipped as domain.md writes it', () => {
    const cells = LEVELS.map((impact) => LEVELS.map((urgency) => priorityOf(DEFAULT_MATRIX, impact, urgency)));
    expect(cells).toEqual([
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 5],
    ]);
    expect(matrixFlaws(DEFAULT_MATRIX)).toEqual([]);
  });

  it('says where a raise would lower the priority', () => {
    expect(
      matrixFlaws([
        [1, 2, 3],
        [2, 5, 4],
        [3, 4, 5],
      ]),
    ).toEqual([
      { impact: 2, urgency: 3, raised: 'urgency' },
      { impact: 3, urgency: 2, raised: 'impact' },
    ]);
  });

  it('is refused while it has such a place, and changed when it has none', () => {
    const desk = staffedDesk();
    const setting = (matrix: unknown) => desk.send('configuration.setMatrix', { matrix } as Record<string, unknown>);
    expect(
      setting([
        [2, 1, 3],
        [2, 3, 4],
        [3, 4, 5],
      ]),
    ).toMatchObject({
      error: { code: 'matrixNotMonotonic', details: { impact: 1, urgency: 2, raised: 'urgency' } },
    });
    expect(outcome(setting(DEFAULT_MATRIX))).toBe('nothingChanged');
    expect(
      outcome(
        setting([
          [1, 2],
          [2, 3],
          [3, 4],
        ]),
      ),
    ).toBe('argumentsInvalid');
    expect(
      outcome(
        setting([
          [1, 1, 2],
          [1, 2, 3],
          [2, 3, 4],
        ]),
      ),
    ).toBe('accepted');
    expect(desk.at(desk.opened()).priority).toBe(3);
  });
});
