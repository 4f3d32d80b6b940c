import type { CommandArgs } from '#domain/command/command.ts';
import { isEntry } from '#domain/command/deciders/reply.ts';
import { type Desk, entry, type Judgement, refuse } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** A work note: possible in every state, for the desk only. */
export function note({ entryId, body }: CommandArgs['incident.note'], { state }: Desk, { id }: Incident): Judgement {
  if (isEntry(state.timeline(id), entryId)) return refuse('alreadyExists', { what: 'entry' });
  return ok({ entries: [entry(id, 'incident.note', { entryId, body })] });
}
