import type { Activity } from '#domain/activity/activity.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';

/** What an entry set: one field's way from one value to another. `from` undefined when the entry does not say. */
export interface Effect {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

interface FromTo {
  readonly from: unknown;
  readonly to: unknown;
}

const moved = (field: string, { from, to }: FromTo): Effect[] => (from === to ? [] : [{ field, from, to }]);
const set = (field: string, to: unknown): Effect => ({ field, from: undefined, to });
const changes = (all: Readonly<Record<string, FromTo | undefined>>): Effect[] =>
  Object.entries(all).flatMap(([field, change]) => (change === undefined ? [] : [{ field, ...change }]));

/** The fields an entry touched, for undo, send-back and the timeline's wording. Entries without effect give none. */
export function effectsOf(activity: Activity): readonly Effect[] {
  const entry = asIncidentActivity(activity);
  if (entry === null) return [];
  switch (entry.type) {
    case 'incident.recorded':
      return [
        set('state', entry.payload.observed?.values.state ?? 'new'),
        set('assignmentGroupId', entry.payload.assignmentGroupId),
        set('assignedToId', entry.payload.assignedToId),
      ];
    case 'incident.changed':
    case 'incident.observed':
      return changes(entry.payload.changes);
    case 'incident.assigned':
      return [{ field: 'assignedToId', from: entry.payload.from, to: entry.payload.to }];
    case 'incident.transferred':
      return [...moved('assignmentGroupId', entry.payload.group), ...moved('assignedToId', entry.payload.owner)];
    case 'incident.started':
      return [set('state', 'inProgress'), ...moved('assignedToId', entry.payload.owner)];
    case 'incident.held':
      return [set('state', 'onHold'), { field: 'hold', from: entry.payload.previous, to: entry.payload.hold }];
    case 'incident.resumed':
      return [set('state', entry.payload.to), { field: 'hold', from: entry.payload.hold, to: null }];
    case 'incident.resolved':
      return [set('state', 'resolved'), ...moved('assignedToId', entry.payload.owner)];
    case 'incident.reopened':
      return [set('state', 'inProgress'), ...moved('assignedToId', entry.payload.owner)];
    case 'incident.closed':
      return [set('state', 'closed')];
    case 'incident.canceled':
      return [set('state', 'canceled')];
    case 'incident.prioritised':
      return [{ field: 'override', from: entry.payload.previous, to: entry.payload.override }];
    case 'incident.reply':
    case 'incident.replyWithdrawn':
      return [set(`reply ${entry.payload.entryId}`, entry.type === 'incident.reply')];
    default:
      return [];
  }
}
