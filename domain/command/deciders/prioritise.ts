import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, entry, isBlank, type Judgement, refuse } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** An override of the matrix, with its reason; a value that the matrix says too is no override and withdraws one. */
export function prioritise(args: CommandArgs['incident.prioritise'], { command }: Desk, incident: Incident): Judgement {
  const { value, why, mode } = args;
  const override =
    value === null || value === incident.matrixPriority
      ? null
      : { value, reason: why, by: command.actor, at: command.occurredAt };
  if ((override?.value ?? null) === (incident.override?.value ?? null)) return refuse('nothingChanged');
  if (value !== null && isBlank(why)) return refuse('needsReason');
  const entries = [entry(incident.id, 'incident.prioritised', { override, previous: incident.override, why, mode })];
  return ok({ entries });
}
