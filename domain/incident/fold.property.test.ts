import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activitySchema } from '#domain/activity/activity.schema.ts';
import type { Activity } from '#domain/activity/activity.ts';
import { applyActivity, foldIncident, inLogOrder } from '#domain/incident/fold.ts';
import { INCIDENT_STATES, type Incident, OPEN_STATES } from '#domain/incident/incident.ts';
import { activityArb, readableActivityArb } from '#domain/incident/made-up-activities.suite.ts';
import { DEFAULT_MATRIX, priorityOf } from '#domain/priority/matrix.ts';
import { holds } from '#domain/property.suite.ts';

const context = { matrix: DEFAULT_MATRIX };
const activities = fc.array(activityArb, { maxLength: 25 });

/** What an incident must be like whatever has happened to it. */
function expectConsistent(incident: Incident): void {
  const { state, counts } = incident;
  expect(INCIDENT_STATES).toContain(state);
  expect(incident.hold !== null).toBe(state === 'onHold');
  if (state === 'resolved') expect(incident.resolution).not.toBeNull();
  if (state !== 'resolved' && state !== 'closed') expect(incident.resolution).toBeNull();
  expect(incident.closedAt !== null).toBe(state === 'closed');
  expect(incident.cancellation !== null).toBe(state === 'canceled');
  expect(incident.matrixPriority).toBe(priorityOf(DEFAULT_MATRIX, incident.impact, incident.urgency));
  expect(incident.priority).toBe(incident.override?.value ?? incident.matrixPriority);
  const waits = OPEN_STATES.includes(state) && incident.assignedToId === null && incident.startedAt !== null;
  expect(incident.waitingForPickUpSince !== null).toBe(waits);
  expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(0);
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe('the fold, whatever it is given', () => {
  it('never throws, changes nothing it is given, and makes a consistent incident after every step', () => {
    const property = fc.property(activities, (given) => {
      frozen(given);
      let incident: Incident | null = null;
      for (const activity of given) {
        incident = frozen(applyActivity(incident, activity, context));
        expectConsistent(incident);
      }
    });
    holds('fold is total', property, 500);
  });

  it('gives the same again for the same', () => {
    const property = fc.property(activities, (given) => {
      expect(foldIncident(structuredClone(given), context)).toEqual(foldIncident(given, context));
    });
    holds('fold is deterministic', property);
  });

  it('does not depend on the order or the repetition in which confirmed activities come', () => {
    const confirmed = fc
      .array(activityArb, { maxLength: 15 })
      .map((all) => all.map((activity, i): Activity => ({ ...activity, seq: i + 1, cause: null })));
    const shuffled = confirmed.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    const property = fc.property(shuffled, ([all, mixed]) => {
      expect(foldIncident(mixed, context)).toEqual(foldIncident(all, context));
    });
    holds('fold follows the log', property);
  });

  it('equals one step after another, from any stored row on', () => {
    const property = fc.property(activities, fc.nat(25), (given, cut) => {
      const ordered = inLogOrder(given);
      const stored = foldIncident(ordered.slice(0, cut), context);
      const on = ordered
        .slice(cut)
        .reduce<Incident | null>((incident, one) => applyActivity(incident, one, context), stored);
      expect(on).toEqual(foldIncident(given, context));
    });
    holds('incremental fold', property);
  });

  it('does nothing when a confirmed activity comes again', () => {
    const property = fc.property(fc.array(readableActivityArb, { minLength: 1, maxLength: 10 }), (given) => {
      const confirmed = given.map(
        (activity, i): Activity => ({ ...activity, seq: i + 1, cause: { commandId: 'c', index: 0 } }),
      );
      const incident = foldIncident(confirmed, context);
      for (const activity of confirmed) expect(applyActivity(incident, activity, context)).toBe(incident);
    });
    holds('at most once', property);
  });
});

describe('the schema of activities', () => {
  it('takes every readable activity through JSON and back, unchanged', () => {
    const property = fc.property(readableActivityArb, (activity) => {
      expect(activitySchema.parse(JSON.parse(JSON.stringify(activity)))).toEqual(activity);
    });
    holds('round trip', property, 500);
  });
});
