import type { CommandArgs, Refusal } from '#domain/command/command.ts';
import { type Desk, type Entry, entry, isBlank, type Judgement, refuse } from '#domain/command/decision.ts';
import { incidentInSight } from '#domain/command/rules.ts';
import type { Incident, ResolutionCode } from '#domain/incident/incident.ts';
import { err, ok, type Result } from '#domain/result.ts';

interface ResolveArgs {
  readonly resolutionCode: ResolutionCode;
  readonly resolutionNotes: string;
  readonly duplicateOfId?: string;
  readonly confirmedBy?: string;
}

/** Code and notes; a duplicate names its original, whose watcher the caller becomes. */
export function resolve(args: CommandArgs['incident.resolve'], desk: Desk, incident: Incident): Judgement {
  const resolved = resolvedEntry(incident, args, desk);
  if (!resolved.ok) return resolved;
  return ok({ entries: [resolved.value, ...watchedOriginal(args, desk, incident)] });
}

/** The entry that resolves: also for create-and-resolve, where the incident is not folded yet. */
export function resolvedEntry(
  incident: Pick<Incident, 'id' | 'state' | 'assignedToId'>,
  args: ResolveArgs,
  desk: Desk,
): Result<Entry, Refusal> {
  if (isBlank(args.resolutionNotes)) return refuse('needsResolutionNotes');
  const duplicate = args.resolutionCode === 'duplicate' ? duplicateRefusal(incident.id, args, desk) : null;
  if (duplicate !== null) return err(duplicate);
  const owner = incident.assignedToId ?? desk.person?.id ?? null;
  return ok(
    entry(incident.id, 'incident.resolved', {
      code: args.resolutionCode,
      notes: args.resolutionNotes,
      confirmedBy: isBlank(args.confirmedBy) ? null : (args.confirmedBy ?? null),
      duplicateOfId: args.resolutionCode === 'duplicate' ? (args.duplicateOfId ?? null) : null,
      from: incident.state,
      owner: { from: incident.assignedToId, to: owner },
    }),
  );
}

function duplicateRefusal(id: string, { duplicateOfId }: ResolveArgs, desk: Desk): Refusal | null {
  if (duplicateOfId === undefined) return { code: 'needsDuplicateOf' };
  if (duplicateOfId === id) return { code: 'duplicateOfItself' };
  const original = incidentInSight(desk, duplicateOfId);
  if (original === null) return { code: 'notFound', details: { what: 'incident', field: 'duplicateOfId' } };
  return original.duplicateOfId === id ? { code: 'duplicateOfItself' } : null;
}

function watchedOriginal(args: ResolveArgs, { state }: Desk, { callerId }: Incident): Entry[] {
  const linked = args.resolutionCode === 'duplicate' && args.duplicateOfId !== undefined;
  const original = linked ? state.incident(args.duplicateOfId) : null;
  if (original === null || callerId === null) return [];
  if (original.callerId === callerId || original.watcherIds.includes(callerId)) return [];
  const from = [...original.watcherIds];
  return [entry(original.id, 'incident.changed', { changes: { watcherIds: { from, to: [...from, callerId] } } })];
}
