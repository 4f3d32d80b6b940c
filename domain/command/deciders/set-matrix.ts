import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, type Judgement, refuse } from '#domain/command/decision.ts';
import { same } from '#domain/incident/same.ts';
import { matrixFlaws } from '#domain/priority/matrix.ts';
import { MATRIX_SET, MATRIX_SUBJECT } from '#domain/priority/matrix-set.schema.ts';
import { ok } from '#domain/result.ts';

/** Another matrix, unless in it a higher impact or urgency would lower the priority. */
export function setMatrix({ matrix }: CommandArgs['configuration.setMatrix'], { state }: Desk): Judgement {
  const flaw = matrixFlaws(matrix)[0];
  if (flaw !== undefined) {
    return refuse('matrixNotMonotonic', { impact: flaw.impact, urgency: flaw.urgency, raised: flaw.raised });
  }
  if (same(matrix, state.matrix)) return refuse('nothingChanged');
  const payload = { matrix, previous: state.matrix };
  return ok({ entries: [{ subject: MATRIX_SUBJECT, type: MATRIX_SET, payload, visibility: 'internal' }] });
}
