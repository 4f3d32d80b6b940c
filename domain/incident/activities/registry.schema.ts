import type { Activity } from '#domain/activity/activity.ts';
import { aliased } from '#domain/incident/activities/aliased.schema.ts';
import { assigned } from '#domain/incident/activities/assigned.schema.ts';
import { attached } from '#domain/incident/activities/attached.schema.ts';
import { call } from '#domain/incident/activities/call.schema.ts';
import { canceled } from '#domain/incident/activities/canceled.schema.ts';
import { changed } from '#domain/incident/activities/changed.schema.ts';
import { closed } from '#domain/incident/activities/closed.schema.ts';
import type { ActivityDefinition, PayloadOf } from '#domain/incident/activities/define.schema.ts';
import { detached } from '#domain/incident/activities/detached.schema.ts';
import { held } from '#domain/incident/activities/held.schema.ts';
import { message } from '#domain/incident/activities/message.schema.ts';
import { note } from '#domain/incident/activities/note.schema.ts';
import { numbered } from '#domain/incident/activities/numbered.schema.ts';
import { observed } from '#domain/incident/activities/observed.schema.ts';
import { prioritised } from '#domain/incident/activities/prioritised.schema.ts';
import { recorded } from '#domain/incident/activities/recorded.schema.ts';
import { reopened } from '#domain/incident/activities/reopened.schema.ts';
import { reply } from '#domain/incident/activities/reply.schema.ts';
import { replyWithdrawn } from '#domain/incident/activities/reply-withdrawn.schema.ts';
import { resolved } from '#domain/incident/activities/resolved.schema.ts';
import { resumed } from '#domain/incident/activities/resumed.schema.ts';
import { started } from '#domain/incident/activities/started.schema.ts';
import { textKept } from '#domain/incident/activities/text-kept.schema.ts';
import { transferred } from '#domain/incident/activities/transferred.schema.ts';

/** Every type of entry in an incident's log. A new type is one file and one line here. */
export const INCIDENT_ACTIVITIES = {
  'incident.recorded': recorded,
  'incident.changed': changed,
  'incident.assigned': assigned,
  'incident.transferred': transferred,
  'incident.started': started,
  'incident.held': held,
  'incident.resumed': resumed,
  'incident.resolved': resolved,
  'incident.reopened': reopened,
  'incident.closed': closed,
  'incident.canceled': canceled,
  'incident.prioritised': prioritised,
  'incident.note': note,
  'incident.reply': reply,
  'incident.replyWithdrawn': replyWithdrawn,
  'incident.call': call,
  'incident.message': message,
  'incident.observed': observed,
  'incident.aliased': aliased,
  'incident.numbered': numbered,
  'incident.textKept': textKept,
  'incident.attached': attached,
  'incident.detached': detached,
} as const;

type Definitions = typeof INCIDENT_ACTIVITIES;
export type IncidentActivityType = keyof Definitions;
export type IncidentPayload<T extends IncidentActivityType> = PayloadOf<Definitions[T]>;
/** An entry of an incident's log, its payload typed by `type`. Reach it with `asIncidentActivity`. */
export type IncidentActivity = { [T in IncidentActivityType]: Activity<T, IncidentPayload<T>> }[IncidentActivityType];

export const definitionOf = (type: string): ActivityDefinition | undefined =>
  Object.hasOwn(INCIDENT_ACTIVITIES, type)
    ? (INCIDENT_ACTIVITIES[type as IncidentActivityType] as unknown as ActivityDefinition)
    : undefined;

/** The entry with its payload typed; null for a type or a payload that this build does not know. */
export function asIncidentActivity(activity: Activity): IncidentActivity | null {
  const readable = definitionOf(activity.type)?.schema.safeParse(activity.payload).success;
  return readable === true ? (activity as IncidentActivity) : null;
}
