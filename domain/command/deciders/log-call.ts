import type { CommandArgs } from '#domain/command/command.ts';
import { isEntry } from '#domain/command/deciders/reply.ts';
import { type Desk, entry, type Judgement, refuse } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** A call with the caller, written down; it may have been before the incident was closed, so every state takes it. */
export function logCall({ entryId, body }: CommandArgs['incident.logCall'], desk: Desk, { id }: Incident): Judgement {
  if (isEntry(desk.state.timeline(id), entryId)) return refuse('alreadyExists', { what: 'entry' });
  return ok({ entries: [entry(id, 'incident.call', { entryId, body })] });
}
