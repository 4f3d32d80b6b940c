import type { Impact, Priority, Urgency } from '#domain/incident/incident.ts';
import { type MatrixFlaw, matrixFlaws, type PriorityMatrix, priorityOf } from '#domain/priority/matrix.ts';

export interface Cell {
  readonly impact: Impact;
  readonly urgency: Urgency;
}

/** A flaw as the person at the matrix sees it: the cell to mend, and the neighbour it contradicts. */
export interface Mark {
  readonly cell: Cell;
  readonly priority: Priority;
  readonly other: Cell;
  readonly otherPriority: Priority;
  readonly raised: MatrixFlaw['raised'];
}

export const sameCell = (one: Cell, other: Cell) => one.impact === other.impact && one.urgency === other.urgency;

/**
 * Every flaw of a matrix, put to the cell of the two that the person changed, the later one if both were: the other
 * has stood there rightly. `touched` in the order of the changes.
 */
export function marksOf(matrix: PriorityMatrix, touched: readonly Cell[]): readonly Mark[] {
  const lastTouch = (cell: Cell) => touched.findLastIndex((each) => sameCell(each, cell));
  return matrixFlaws(matrix).map(({ impact, urgency, raised }) => {
    const lower: Cell = { impact, urgency };
    const higher: Cell =
      raised === 'impact' ? { impact: (impact - 1) as Impact, urgency } : { impact, urgency: (urgency - 1) as Urgency };
    const [cell, other] = lastTouch(higher) > lastTouch(lower) ? [higher, lower] : [lower, higher];
    return {
      cell,
      priority: priorityOf(matrix, cell.impact, cell.urgency),
      other,
      otherPriority: priorityOf(matrix, other.impact, other.urgency),
      raised,
    };
  });
}
