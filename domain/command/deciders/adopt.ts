import type { Activity } from '#domain/activity/activity.ts';
import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, type Judgement, refuse } from '#domain/command/decision.ts';
import { ok } from '#domain/result.ts';

type Args = CommandArgs['history.adopt'];

/** Takes what a source says happened. Schema and order are checked, transitions are not; nothing is taken twice. */
export function adopt({ subject, activities }: Args, { state }: Desk): Judgement {
  const foreign = activities.findIndex((activity) => !isAdoptable(activity, subject.id));
  if (foreign >= 0) return refuse('argumentsInvalid', { field: `activities.${foreign}` });
  const late = activities.findIndex((activity, index) => index > 0 && activity.type === 'incident.recorded');
  if (late >= 0) return refuse('argumentsInvalid', { field: `activities.${late}` });
  const held = new Set(state.timeline(subject.id).map(({ id }) => id));
  const fresh = activities.filter(({ id }) => !held.has(id));
  return fresh.length === 0 ? refuse('nothingChanged') : ok({ entries: [], adopted: fresh });
}

const isAdoptable = (activity: Activity, incidentId: string): boolean =>
  activity.subject.kind === 'incident' && activity.subject.id === incidentId && activity.origin === 'observed';
