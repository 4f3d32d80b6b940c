import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Role } from '#domain/directory/directory.ts';
import type { Incident, IncidentState, Priority } from '#domain/incident/incident.ts';

/**
 * The little a queue has to know of an incident. `Ref` is how people and teams are named: ids in the process, small
 * numbers in the engine's columns, so that one set of rules serves both.
 */
export interface QueueFacts<Ref = Id> {
  readonly state: IncidentState;
  readonly priority: Priority;
  readonly assumed: boolean;
  readonly confidential: boolean;
  /** Proposed or accepted; false until major incidents are kept. */
  readonly major: boolean;
  /** Nearest running unmet target; null until deadlines are kept. */
  readonly due: Instant | null;
  /** The caller's last message is younger than the desk's last reply. */
  readonly unanswered: boolean;
  readonly ownerId: Ref | null;
  readonly groupId: Ref | null;
  readonly callerId: Ref | null;
  readonly affectedId: Ref | null;
  readonly openedById: Ref | null;
  readonly openedAt: Instant;
}

/** Who looks. `teamIds` as the directory has them now. */
export interface Viewer<Ref = Id> {
  readonly personId: Ref;
  readonly teamIds: readonly Ref[];
  readonly role: Role;
}

/** True while the caller waits for an answer: until answered, not until seen. */
export const hasUnansweredMessage = (incident: Pick<Incident, 'lastMessageAt' | 'lastReplyAt'>): boolean =>
  incident.lastMessageAt !== null && (incident.lastReplyAt === null || incident.lastMessageAt > incident.lastReplyAt);

export const queueFactsOf = (incident: Incident): QueueFacts => ({
  state: incident.state,
  priority: incident.priority,
  assumed: incident.assumed,
  confidential: incident.confidential,
  major: false,
  due: null,
  unanswered: hasUnansweredMessage(incident),
  ownerId: incident.assignedToId,
  groupId: incident.assignmentGroupId,
  callerId: incident.callerId,
  affectedId: incident.affectedId,
  openedById: incident.openedById,
  openedAt: incident.openedAt,
});
