import { type Impact, LEVELS, type Priority, type Urgency } from '#domain/incident/incident.ts';

/** Rows by impact 1…3, columns by urgency 1…3. */
export type PriorityMatrix = readonly (readonly Priority[])[];

/** The shipped matrix (domain.md "Priority matrix"). */
export const DEFAULT_MATRIX: PriorityMatrix = [
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
];

/** A cell the matrix lacks falls back to the shipped one, so that a priority always exists. */
export const priorityOf = (matrix: PriorityMatrix, impact: Impact, urgency: Urgency): Priority =>
  matrix[impact - 1]?.[urgency - 1] ?? ((impact + urgency - 1) as Priority);

export interface MatrixFlaw {
  readonly impact: Impact;
  readonly urgency: Urgency;
  /** The raise that would lower the priority. */
  readonly raised: 'impact' | 'urgency';
}

/** Every cell from which one more step of impact or urgency makes the priority less pressing (a higher number). */
export function matrixFlaws(matrix: PriorityMatrix): readonly MatrixFlaw[] {
  const flaws: MatrixFlaw[] = [];
  for (const impact of LEVELS) {
    for (const urgency of LEVELS) {
      const here = priorityOf(matrix, impact, urgency);
      const moreImpact = impact > 1 && priorityOf(matrix, (impact - 1) as Impact, urgency) > here;
      const moreUrgency = urgency > 1 && priorityOf(matrix, impact, (urgency - 1) as Urgency) > here;
      if (moreImpact) flaws.push({ impact, urgency, raised: 'impact' });
      if (moreUrgency) flaws.push({ impact, urgency, raised: 'urgency' });
    }
  }
  return flaws;
}
