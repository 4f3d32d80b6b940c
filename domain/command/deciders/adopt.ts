import type { Activity } from '#domain/activity/activity.ts';
import { activityId } from '#domain/activity/ids.ts';
import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, type Judgement, refuse } from '#domain/command/decision.ts';
import { applyActivity } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { adoptNumber, HIGHEST_ADOPTED, numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { ok } from '#domain/result.ts';

type Args = CommandArgs['history.adopt'];

/**
 * Takes what a source says happened. Schemas are checked, transitions are not; nothing is taken twice. An incident that
 * is new here keeps its number if that is free; if not, it gets the next one and the former becomes an alias.
 */
export function adopt(args: Args, desk: Desk): Judgement {
  const { subject, activities } = args;
  const foreign = activities.findIndex((activity) => !isAdoptable(activity, subject.id));
  if (foreign >= 0) return refuse('argumentsInvalid', { field: `activities.${foreign}` });
  const known = new Set(desk.state.timeline(subject.id).map(({ id }) => id));
  const fresh = activities.filter(({ id }) => {
    const isNew = !known.has(id);
    known.add(id);
    return isNew;
  });
  if (fresh.length === 0) return refuse('nothingChanged');
  const before = desk.state.incident(subject.id);
  const after = folded(before, fresh, desk);
  if (after === null || namesOf(after).some((name) => (parseNumber(name) ?? 0) > HIGHEST_ADOPTED)) {
    return refuse('argumentsInvalid', { field: 'activities' });
  }
  const number = numberFor(before, after, args, desk);
  const numbered = number === null ? [] : [numberedEntry(after, number, fresh.length, args, desk)];
  return ok({ entries: [], adopted: [...fresh, ...numbered] });
}

const isAdoptable = (activity: Activity, incidentId: string): boolean =>
  activity.subject.kind === 'incident' && activity.subject.id === incidentId && activity.origin === 'observed';

/** In the order told, whatever place each had in the log it comes from. */
function folded(before: Incident | null, fresh: readonly Activity[], { state }: Desk): Incident | null {
  let incident = before;
  for (const activity of fresh) incident = applyActivity(incident, { ...activity, seq: null }, state);
  return incident;
}

const namesOf = ({ number, aliases }: Incident) => [number, ...aliases.map(({ value }) => value)];

/** Another number than the history says; null when it may bear that one. One that was given here stays. */
function numberFor(before: Incident | null, after: Incident, { above = 0 }: Args, { state }: Desk): string | null {
  const held = before?.number ?? '';
  if (held !== '') return numberKey(held) === numberKey(after.number) ? null : held;
  const highest = Math.max(state.highestNumber, above);
  const { number } = adoptNumber(after.number, highest, (one) => state.isNumberTaken(numberKey(one)));
  return numberKey(number) === numberKey(after.number) ? null : number;
}

/** Told with the time of the last thing told: being handed over is no change of the incident. */
function numberedEntry(after: Incident, number: string, index: number, args: Args, { command }: Desk): Activity {
  return {
    id: activityId(command.id, index),
    subject: args.subject,
    type: 'incident.numbered',
    payload: { number, formerSource: args.source },
    actor: command.actor,
    device: command.device,
    seq: null,
    occurredAt: after.updatedAt,
    recordedAt: after.updatedAt,
    syncedAt: null,
    visibility: 'internal',
    origin: 'observed',
    cause: null,
  };
}
