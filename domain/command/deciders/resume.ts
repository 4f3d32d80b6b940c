import { type Desk, entry, type Judgement } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** Back to the state before the hold. */
export function resume(_args: unknown, _desk: Desk, incident: Incident): Judgement {
  const to = incident.hold?.from ?? 'inProgress';
  return ok({ entries: [entry(incident.id, 'incident.resumed', { to, hold: incident.hold })] });
}
