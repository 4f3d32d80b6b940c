import type { Activity, Id } from '#domain/activity/activity.ts';
import type { CommandArgs, Refusal } from '#domain/command/command.ts';
import { ownerRefusal } from '#domain/command/deciders/references.ts';
import { replacedBy } from '#domain/command/deciders/replaced.ts';
import { type Desk, entry, isBlank, type Judgement, refuse } from '#domain/command/decision.ts';
import { effectsOf } from '#domain/incident/effects.ts';
import { inLogOrder } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { err, ok } from '#domain/result.ts';

type Args = CommandArgs['incident.transfer'];

/** To a group, perhaps to a person in it (domain.md "Transfer"). The state stays. */
export function transfer(args: Args, desk: Desk, incident: Incident): Judgement {
  const refusal = transferRefusal(args, desk, incident);
  if (refusal !== null) return err(refusal);
  const group = { from: incident.assignmentGroupId, to: args.assignmentGroupId };
  const owner = { from: incident.assignedToId, to: args.assignedToId ?? ownerWhoStays(args, desk, incident) };
  if (group.from === group.to && owner.from === owner.to) return refuse('nothingChanged');
  const { note, warm = false, sendBack = false } = args;
  const replaces = replacedBy(args.from, desk, incident);
  const made = { group, owner, note, warm, sendBack, ...(replaces && { replaces }) };
  return ok({ entries: [entry(incident.id, 'incident.transferred', made)] });
}

function transferRefusal(args: Args, { state }: Desk, incident: Incident): Refusal | null {
  const group = state.record('team', args.assignmentGroupId);
  if (group === null || !group.active) {
    return { code: 'notFound', details: { what: 'team', field: 'assignmentGroupId' } };
  }
  if (args.sendBack === true && previousGroupOf(state.timeline(incident.id), incident) !== args.assignmentGroupId) {
    return { code: 'cannotSendBack' };
  }
  const obliged = args.sendBack === true || incident.startedAt !== null;
  if (obliged && isBlank(args.note)) return { code: 'needsHandOverNote' };
  const named = args.assignedToId;
  // The present owner may stay by being named, in the new group or not.
  if (named === undefined || named === incident.assignedToId) return null;
  return ownerRefusal(state, named, args.assignmentGroupId);
}

function ownerWhoStays(args: Args, { state }: Desk, { assignedToId }: Incident): Id | null {
  const owner = assignedToId === null ? null : state.record('person', assignedToId);
  return owner?.teamIds.includes(args.assignmentGroupId) === true ? assignedToId : null;
}

/** The group that handed the incident to its present one; null when none did. */
export function previousGroupOf(timeline: readonly Activity[], incident: Incident): Id | null {
  for (const activity of [...inLogOrder(timeline)].reverse()) {
    const effect = effectsOf(activity).find(({ field }) => field === 'assignmentGroupId');
    if (effect === undefined || effect.to !== incident.assignmentGroupId) continue;
    if (typeof effect.from === 'string') return effect.from;
  }
  return null;
}
