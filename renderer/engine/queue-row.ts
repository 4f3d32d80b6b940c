import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { mayReadText } from '#domain/queue/membership.ts';
import { hasUnansweredMessage, queueFactsOf, type Viewer } from '#domain/queue/queue-facts.ts';
import type { LiveDesk } from './live-desk.ts';

/** An incident as a queue shows it to this viewer: names resolved, words of confidential ones left out. */
export function queueRow(
  incident: Incident,
  { directory, proposed }: Pick<LiveDesk, 'directory' | 'proposed'>,
  viewer: Viewer,
): QueueRow {
  const caller = directory.get('person', incident.callerId);
  const readable = mayReadText(queueFactsOf(incident), viewer);
  return {
    id: incident.id,
    number: incident.number,
    shortDescription: readable ? incident.shortDescription : '',
    priority: incident.priority,
    overridden: incident.override !== null,
    state: incident.state,
    holdReason: incident.hold?.reason ?? null,
    callerId: readable ? incident.callerId : null,
    callerName: readable ? (caller?.name ?? null) : null,
    vip: caller?.vip ?? false,
    ownerId: incident.assignedToId,
    ownerName: directory.name('person', incident.assignedToId),
    groupId: incident.assignmentGroupId,
    groupName: directory.name('team', incident.assignmentGroupId),
    categoryId: incident.categoryId,
    categoryName: directory.name('category', incident.categoryId),
    serviceName: directory.name('service', incident.serviceId),
    siteId: incident.siteId,
    siteName: directory.name('site', incident.siteId),
    waitingForPickUpSince: incident.waitingForPickUpSince,
    unansweredMessage: hasUnansweredMessage(incident),
    pending: proposed(incident.id) !== undefined,
    openedAt: incident.openedAt,
    updatedAt: incident.updatedAt,
    lsn: incident.throughSeq,
  };
}
