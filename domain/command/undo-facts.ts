import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import { asIncidentActivity, type IncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import { effectsOf } from '#domain/incident/effects.ts';
import { same } from '#domain/incident/same.ts';

/** What an undo asks of an incident's log. The timeline is in log order. */
export interface UndoRequest {
  readonly timeline: readonly Activity[];
  readonly commandId: Id;
  readonly actor: Id;
  /** When the undo is written down: a reply that is released by then has left. */
  readonly now: Instant;
}

/** The field's last value is the one this command set, and everybody who touched it since is the same person. */
export function stillHolds(field: string, value: unknown, { timeline, commandId, actor }: UndoRequest): boolean {
  const place = timeline.findLastIndex(({ cause }) => cause?.commandId === commandId);
  let current = value;
  for (const activity of timeline.slice(place + 1)) {
    const effect = effectsOf(activity).findLast((one) => one.field === field);
    if (effect === undefined) continue;
    if (activity.actor !== actor) return false;
    current = effect.to;
  }
  return same(current, value);
}

/** Whether impact and urgency were nobody's choice until this command. */
export function wasAssumed({ timeline, commandId }: UndoRequest): boolean {
  let assumed = true;
  for (const activity of timeline.map(asIncidentActivity)) {
    if (activity === null) continue;
    if (activity.cause?.commandId === commandId) return assumed;
    if (activity.type === 'incident.recorded') assumed = activity.payload.assumed;
    if (activity.type === 'incident.changed' || activity.type === 'incident.observed') {
      const { impact, urgency } = activity.payload.changes;
      if (impact !== undefined || urgency !== undefined) assumed = false;
      if (activity.type === 'incident.changed') assumed = activity.payload.assumed ?? assumed;
    }
  }
  return false;
}

/** When the caller was last answered, leaving out `reply` and all that was withdrawn. */
export function lastReplyWithout(reply: IncidentActivity, timeline: readonly Activity[]): Instant | null {
  const withdrawn = new Set(timeline.map(withdrawnEntry).filter((entryId) => entryId !== null));
  const times = timeline
    .map(asIncidentActivity)
    .filter(
      (one) => one !== null && one.id !== reply.id && (one.type === 'incident.reply' || one.type === 'incident.call'),
    )
    .filter((one) => one !== null && !('entryId' in one.payload && withdrawn.has(one.payload.entryId)))
    .map((one) => one?.occurredAt ?? 0);
  return times.length === 0 ? null : Math.max(...times);
}

function withdrawnEntry(activity: Activity): Id | null {
  const typed = asIncidentActivity(activity);
  return typed?.type === 'incident.replyWithdrawn' ? typed.payload.entryId : null;
}

/** The state that a timeline, in log order, ends in. */
export function stateIn(timeline: readonly Activity[]): unknown {
  const last = timeline.findLast((activity) => effectsOf(activity).some(({ field }) => field === 'state'));
  return last === undefined ? 'new' : effectsOf(last).find(({ field }) => field === 'state')?.to;
}

/** The command whose undo took this entry into being. */
export function undoneBy({ payload }: Activity): Id | null {
  const undoes = typeof payload === 'object' && payload !== null && 'undoes' in payload ? payload.undoes : null;
  return typeof undoes === 'string' ? undoes : null;
}
