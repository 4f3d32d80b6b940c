import type { Instant } from '#domain/activity/activity.ts';
import type { IncidentState } from '#domain/incident/incident.ts';
import type { Random } from './random.ts';

/** Where an incident of the sample ends up, and whose it is. */
export interface Plan {
  readonly ordinal: number;
  readonly state: IncidentState;
  readonly openedAt: Instant;
  /** `me`: mine; `unowned`: nobody's in my team; `nowhere`: in no team yet; `desk`: as it comes. */
  readonly place: 'me' | 'unowned' | 'nowhere' | 'desk';
}

const DAY = 24 * 60 * 60 * 1000;

/** Share of all incidents, and their age in days: open ones are young, closed ones reach back two months. */
const SHARES: readonly {
  readonly state: IncidentState;
  readonly share: number;
  readonly days: readonly [number, number];
}[] = [
  { state: 'new', share: 0.09, days: [0.01, 2] },
  { state: 'inProgress', share: 0.14, days: [0.1, 9] },
  { state: 'onHold', share: 0.08, days: [1, 16] },
  { state: 'resolved', share: 0.09, days: [1, 7] },
  { state: 'canceled', share: 0.03, days: [1, 60] },
  { state: 'closed', share: 1, days: [6, 60] },
];

/** A handful of each kind is the person's own, so that no queue is empty. */
const PLACES: Readonly<Partial<Record<IncidentState, readonly Plan['place'][]>>> = {
  new: ['unowned', 'unowned', 'nowhere', 'me', 'unowned', 'nowhere', 'unowned'],
  inProgress: ['me', 'me', 'unowned', 'me', 'me'],
  onHold: ['me', 'me'],
  resolved: ['me', 'me'],
};

/** What becomes of `count` incidents by `now`, oldest first. */
export function planSample(random: Random, count: number, now: Instant): readonly Plan[] {
  const plans: Omit<Plan, 'ordinal'>[] = [];
  for (const { state, share, days } of SHARES) {
    const wanted = Math.min(Math.round(count * share) || 1, count - plans.length);
    for (let at = 0; at < wanted; at += 1) {
      const age = days[0] + random.next() * (days[1] - days[0]);
      const openedAt = Math.floor((now - age * DAY) / 1000) * 1000;
      plans.push({ state, openedAt, place: PLACES[state]?.[at] ?? 'desk' });
    }
  }
  return plans.sort((a, b) => a.openedAt - b.openedAt).map((plan, ordinal) => ({ ...plan, ordinal }));
}
