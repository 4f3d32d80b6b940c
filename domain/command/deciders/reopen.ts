import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, entry, isBlank, type Judgement, refuse } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isStaff } from '#domain/permissions/permissions.ts';
import { ok } from '#domain/result.ts';

/** Work goes on with whoever resolved it; with the group when that person is no longer here. */
export function reopen({ reason }: CommandArgs['incident.reopen'], desk: Desk, incident: Incident): Judgement {
  if (isBlank(reason)) return refuse('needsReason');
  const owner = { from: incident.assignedToId, to: ownerAfter(desk, incident) };
  return ok({ entries: [entry(incident.id, 'incident.reopened', { reason, owner })] });
}

function ownerAfter({ state }: Desk, incident: Incident): string | null {
  const resolverId = incident.resolution?.by ?? incident.assignedToId;
  const resolver = resolverId === null ? null : state.record('person', resolverId);
  return resolver?.active === true && isStaff(resolver.role) ? resolver.id : null;
}
