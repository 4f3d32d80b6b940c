import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, entry, isBlank, type Judgement } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** The caller confirmed (how is recorded), or an agent closes. Final. */
export function close({ confirmation }: CommandArgs['incident.close'], _desk: Desk, incident: Incident): Judgement {
  const said = isBlank(confirmation) ? null : (confirmation ?? null);
  return ok({ entries: [entry(incident.id, 'incident.closed', { confirmation: said })] });
}
