import { type Desk, entry, type Judgement, refuse } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** Work begins; on an unassigned incident the actor becomes the owner. The desk itself owns nothing. */
export function start(_args: unknown, { person }: Desk, incident: Incident): Judgement {
  const from = incident.assignedToId;
  const to = from ?? person?.id ?? null;
  return to === null
    ? refuse('needsOwner')
    : ok({ entries: [entry(incident.id, 'incident.started', { owner: { from, to } })] });
}
