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
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';

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

/** Where each queue is; one object for each, so that a link to it can tell that nothing changed. */
export const QUEUE_ROUTES = Object.fromEntries(QUEUE_IDS.map((queue) => [queue, { name: 'queue', queue }])) as Readonly<
  Record<QueueId, DeskRoute>
>;
