import {
  IconAlertTriangle,
  IconArchive,
  IconCircleCheck,
  IconClockExclamation,
  IconFlame,
  IconHandStop,
  IconInbox,
  IconListCheck,
  IconPlayerPause,
  IconSortAscending,
  IconUsers,
} from '@tabler/icons-react';
import type { DeskRoute } from '#contracts/host/desk-host.ts';
import type { Role } from '#domain/directory/directory.ts';
import { isStaff } from '#domain/permissions/permissions.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { useSession } from '#renderer/platform/hooks.ts';

/** Queues as the navigation groups them; the order inside and across is `QUEUE_IDS`. */
export const QUEUE_GROUPS: readonly {
  readonly group: 'mine' | 'team' | 'desk';
  readonly queues: readonly QueueId[];
}[] = [
  { group: 'mine', queues: ['myWork'] },
  { group: 'team', queues: ['unassigned', 'myTeam'] },
  { group: 'desk', queues: QUEUE_IDS.slice(3) },
];

export const QUEUE_ICONS: Readonly<Record<QueueId, typeof IconInbox>> = {
  myWork: IconInbox,
  unassigned: IconHandStop,
  myTeam: IconUsers,
  atRisk: IconClockExclamation,
  breached: IconAlertTriangle,
  onHold: IconPlayerPause,
  majorIncidents: IconFlame,
  resolved: IconCircleCheck,
  allOpen: IconListCheck,
  allIncidents: IconArchive,
  triage: IconSortAscending,
};

/** What a requester sees of their own incidents; whose turn it is and in which team is the staff's to know. */
const OF_REQUESTER: readonly QueueId[] = ['onHold', 'resolved', 'allOpen', 'allIncidents'];
const OF_VIEWER = QUEUE_IDS.filter((queue) => queue !== 'myWork');

/** The queues that a role has any use for: only staff own incidents. */
export function queuesOf(role: Role): readonly QueueId[] {
  if (role === 'requester') return OF_REQUESTER;
  return isStaff(role) ? QUEUE_IDS : OF_VIEWER;
}

/** Those of whoever is at the desk; all of them while nobody knows yet who that is. */
export function useQueues(): readonly QueueId[] {
  const role = useSession()?.person?.role;
  return role === undefined ? QUEUE_IDS : queuesOf(role);
}

/** Where somebody goes to whom the queue they are at means nothing. */
export const EVERYBODYS_QUEUE = 'allOpen' satisfies QueueId;

/** Where each queue is; one object for each, so that a link to it can tell that nothing changed. */
export const QUEUE_ROUTES = Object.fromEntries(QUEUE_IDS.map((queue) => [queue, { name: 'queue', queue }])) as Readonly<
  Record<QueueId, DeskRoute>
>;
