import type { QueueFacts } from './queue-facts.ts';

export type OrderFacts = Pick<QueueFacts, 'major' | 'priority' | 'state' | 'due' | 'openedAt'>;

/** Time stands while an incident is held or over: such rows come after those still running. */
export const isPaused = (facts: OrderFacts) => facts.state !== 'new' && facts.state !== 'inProgress';

/** An instant that is not known sorts after every one that is. */
const dueRank = (facts: OrderFacts) => facts.due ?? Number.POSITIVE_INFINITY;

const ascending = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The queues' own order (domain.md "Queues"): accepted major, priority, running before paused, nearest running due,
 * oldest. Negative when `a` stands above `b`; 0 only for equals in all of it, which callers part by id.
 */
export const compareInQueue = (a: OrderFacts, b: OrderFacts): number =>
  Number(b.major) - Number(a.major) ||
  a.priority - b.priority ||
  Number(isPaused(a)) - Number(isPaused(b)) ||
  ascending(dueRank(a), dueRank(b)) ||
  ascending(a.openedAt, b.openedAt);

/** Deadline first, for the key that switches to it; without a deadline the queue's own order. */
export const compareByDeadline = (a: OrderFacts, b: OrderFacts): number =>
  ascending(dueRank(a), dueRank(b)) || compareInQueue(a, b);
