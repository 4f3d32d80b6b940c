import type { CommandArgs } from '#domain/command/command.ts';
import { ownerRefusal } from '#domain/command/deciders/references.ts';
import { replacedBy } from '#domain/command/deciders/replaced.ts';
import { type Desk, entry, type Judgement, refuse } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { err, ok } from '#domain/result.ts';

/**
 * Another owner, or none; the group stays. Whoever is on the staff may take an incident, also from outside its group:
 * only a transfer says that both belong together. What is resolved keeps an owner.
 */
export function assign(
  { assignedToId: to, from: seen }: CommandArgs['incident.assign'],
  desk: Desk,
  incident: Incident,
): Judgement {
  const from = incident.assignedToId;
  if (from === to) return refuse('nothingChanged');
  if (to === null && incident.state === 'resolved') return refuse('needsOwner');
  const refusal = to === null ? null : ownerRefusal(desk.state, to, null);
  if (refusal !== null) return err(refusal);
  const replaces = replacedBy(seen === undefined ? undefined : { assignedToId: seen }, desk, incident);
  return ok({ entries: [entry(incident.id, 'incident.assigned', { from, to, ...(replaces && { replaces }) })] });
}
