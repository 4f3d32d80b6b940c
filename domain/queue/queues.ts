/** The desk's own queues, in navigation order. Definitions: domain.md "Queues". */
export const QUEUE_IDS = [
  'myWork',
  'unassigned',
  'myTeam',
  'atRisk',
  'breached',
  'onHold',
  'majorIncidents',
  'resolved',
  'allOpen',
  'allIncidents',
  'triage',
] as const;
export type QueueId = (typeof QUEUE_IDS)[number];
