import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, entry, isBlank, type Judgement, refuse } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** Recorded in error, withdrawn, spam, or another desk's, which is then named. */
export function cancel(args: CommandArgs['incident.cancel'], _desk: Desk, incident: Incident): Judgement {
  const detail = isBlank(args.detail) ? null : (args.detail ?? null);
  if (args.reason === 'anotherDesk' && detail === null) return refuse('needsReason', { field: 'detail' });
  return ok({
    entries: [entry(incident.id, 'incident.canceled', { reason: args.reason, detail, from: incident.state })],
  });
}
