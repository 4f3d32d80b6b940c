import { describe, expect, it } from 'vitest';
import { activitySchema } from '#domain/activity/activity.schema.ts';
import type { Activity } from '#domain/activity/activity.ts';
import type { IncidentActivityType, IncidentPayload } from '#domain/incident/activities/registry.schema.ts';
import { AS_IMPORTED } from '#domain/incident/as-imported.ts';
import { applyActivity, foldIncident } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';

const context = { matrix: DEFAULT_MATRIX };
const envelope = (id: string, at: number): Omit<Activity, 'type' | 'payload'> => ({
  id,
  subject: { kind: 'incident', id: 'i' },
  actor: 'someone',
  device: 'd',
  seq: null,
  occurredAt: at,
  recordedAt: at + 100,
  syncedAt: null,
  visibility: 'internal',
  origin: 'observed',
  cause: null,
});
let made = 0;
const one = <T extends IncidentActivityType>(type: T, payload: IncidentPayload<T>, at: number): Activity => ({
  ...envelope(`a${++made}`, at),
  type,
  payload,
});
type Changes = IncidentPayload<'incident.observed'>['changes'];
const row = (changes: Changes, at: number, extra = {}) =>
  one('incident.observed', { source: 'uci', rowVersion: String(at), changes, extra }, at);
const first = (values: object, over: object = {}): Activity =>
  one(
    'incident.recorded',
    {
      number: 'INC0000045',
      kind: 'incident',
      channel: 'phone',
      sourceChannel: 'Phone',
      callerId: null,
      affectedId: null,
      contact: null,
      openedById: null,
      organisation: null,
      siteId: null,
      location: null,
      shortDescription: 'Category 55',
      description: '',
      categoryId: null,
      serviceId: null,
      configurationItemIds: [],
      impact: 2,
      urgency: 2,
      assumed: false,
      assignmentGroupId: null,
      assignedToId: null,
      tags: [],
      parentId: null,
      modelId: null,
      confidential: false,
      observed: { source: 'uci', number: 'INC0000045', rowVersion: '0', values, extra: {} },
      ...over,
    },
    1000,
  );
const fold = (...activities: readonly Activity[]): Incident => {
  for (const activity of activities)
    expect(activitySchema.parse(JSON.parse(JSON.stringify(activity)))).toEqual(activity);
  const incident = foldIncident(activities, context);
  if (incident === null) throw new Error('nothing folded');
  return incident;
};
const to = <T>(value: T) => ({ from: value, to: value });

describe('observed history', () => {
  it('takes a row that tells the incident again for what stands there now, and keeps what it does not mention', () => {
    const before = first(
      { state: 'inProgress', priority: 3 },
      { callerId: 'ann', assignedToId: 'ben', description: 'written here', openedById: 'zoe' },
    );
    const later = first(
      { state: 'resolved', priority: 2, resolutionNotes: 'Swapped' },
      {
        shortDescription: 'Told again',
        sourceChannel: null,
        impact: 3,
        assumed: true,
        observed: {
          source: 'uci',
          number: 'INC0000045',
          rowVersion: null,
          values: { state: 'resolved', priority: 2, resolutionNotes: 'Swapped' },
          extra: { Risk: 'low' },
          emptied: ['assignedToId'],
        },
      },
    );
    expect(fold(before, { ...later, occurredAt: 1000, recordedAt: 5000 })).toMatchObject({
      number: 'INC0000045',
      openedAt: 1000,
      shortDescription: 'Told again',
      description: 'written here',
      callerId: 'ann',
      openedById: 'zoe',
      assignedToId: null,
      state: 'resolved',
      impact: 2,
      channel: 'phone',
      sourceChannel: 'Phone',
      resolution: { notes: 'Swapped' },
      override: { value: 2, reason: AS_IMPORTED },
      source: { priority: 2, extra: { Risk: 'low' } },
    });
  });

  it('begins in whatever state the source first shows', () => {
    expect(fold(first({ state: 'resolved' }))).toMatchObject({
      state: 'resolved',
      openedAt: 1000,
      updatedAt: 1100,
      resolution: { code: null, at: 1000, by: null },
    });
  });

  it('makes a source priority that differs from the matrix an override "as imported", by the actor', () => {
    expect(fold(first({ priority: 1 }))).toMatchObject({
      priority: 1,
      matrixPriority: 3,
      override: { value: 1, reason: AS_IMPORTED, by: 'someone', at: 1000 },
    });
    expect(fold(first({ priority: 3 })).override).toBeNull();
  });

  it('ends that override when source and matrix agree again', () => {
    const incident = fold(first({ priority: 1 }), row({ impact: to(1), urgency: to(1) }, 2000));
    expect(incident).toMatchObject({ priority: 1, matrixPriority: 1, override: null });
  });

  it('keeps what the source said when only impact or urgency moved', () => {
    const incident = fold(first({ priority: 3 }), row({ impact: to(1) }, 2000));
    expect(incident).toMatchObject({ priority: 3, matrixPriority: 2, override: { value: 3, at: 2000 } });
  });

  it('follows the matrix when the source never said a priority', () => {
    const incident = fold(first({}), row({ impact: to(1) }, 2000));
    expect(incident).toMatchObject({ priority: 2, override: null, source: { priority: null } });
  });

  it("keeps the source's counters beside ours", () => {
    const incident = fold(
      first({ reopenCount: 0, reassignmentCount: 0, modificationCount: 0, assignmentGroupId: 'g1' }),
      row({ assignmentGroupId: to('g2'), reassignmentCount: to(5), modificationCount: to(3) }, 2000),
      row({ state: to('resolved') }, 3000),
      row({ state: to('inProgress'), reopenCount: to(1) }, 4000),
    );
    expect(incident.counts).toMatchObject({ reassignments: 1, reopened: 1 });
    expect(incident.source?.counters).toEqual({ reopened: 1, reassignments: 5, modifications: 3 });
  });

  it('knows a hold without its end, and where to resume', () => {
    const held = fold(first({ state: 'new' }), row({ state: to('onHold'), holdReason: to('awaitingVendor') }, 2000));
    expect(held.hold).toEqual({
      reason: 'awaitingVendor',
      until: null,
      since: 2000,
      from: 'new',
      vendor: null,
      approver: null,
    });
    expect(fold(first({ state: 'inProgress' }), row({ state: to('onHold') }, 2000)).hold).toMatchObject({
      reason: null,
      from: 'inProgress',
    });
    expect(
      fold(first({ state: 'onHold', holdReason: 'awaitingCaller' }), row({ state: to('inProgress') }, 2000)).hold,
    ).toBeNull();
  });

  it('keeps resolution and closing as the source has them', () => {
    const incident = fold(
      first({ state: 'new' }),
      row(
        { state: to('resolved'), sourceResolutionCode: to('code 5'), resolvedAt: to(1900), resolvedById: to('r') },
        2000,
      ),
      row({ state: to('closed'), closedAt: to(2900) }, 3000),
    );
    expect(incident).toMatchObject({
      state: 'closed',
      closedAt: 2900,
      firstResolvedAt: 1900,
      resolution: { code: null, sourceCode: 'code 5', at: 1900, by: 'r' },
    });
  });

  it('leaks nothing of an outcome into a state before it', () => {
    const incident = fold(first({ state: 'new', resolutionNotes: 'done', resolvedAt: 1900, closedAt: 2900 }));
    expect(incident).toMatchObject({ state: 'new', resolution: null, closedAt: null, firstResolvedAt: null });
  });

  it('keeps fields without a home, and lets the source take them away', () => {
    const begun = fold(first({}), row({}, 2000, { u_symptom: 'Symptom 72', vendor: 'x' }));
    expect(begun.source?.extra).toEqual({ u_symptom: 'Symptom 72', vendor: 'x' });
    const later = fold(first({}), row({}, 2000, { vendor: 'x' }), row({}, 3000, { vendor: null }));
    expect(later.source).toMatchObject({ name: 'uci', number: 'INC0000045', extra: {} });
  });

  it('keeps a number that was taken as an alias of the new one', () => {
    const incident = fold(first({}), one('incident.numbered', { number: 'INC0000099', formerSource: 'uci' }, 2000));
    expect(incident).toMatchObject({ number: 'INC0000099', aliases: [{ value: 'INC0000045', source: 'uci' }] });
  });
});

describe('the fold', () => {
  it('gives null for nothing, and for what concerns no incident', () => {
    expect(foldIncident([], context)).toBeNull();
    expect(foldIncident([{ ...first({}), subject: { kind: 'team', id: 't' } }], context)).toBeNull();
  });

  it('begins with any activity', () => {
    const noted = fold(one('incident.note', { entryId: 'n', body: 'x' }, 5));
    expect(noted).toMatchObject({ id: 'i', number: '', state: 'new', openedAt: 5, counts: { notes: 1 }, priority: 4 });
    expect(fold(one('incident.resumed', { to: 'inProgress', hold: null }, 5)).state).toBe('inProgress');
  });

  it('derives the priority from the matrix in force from the first activity on', () => {
    const matrix = [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ] as const;
    expect(applyActivity(null, one('incident.note', { entryId: 'n', body: 'x' }, 5), { matrix }).priority).toBe(1);
  });

  it('asks a new matrix only when impact, urgency or an override change', () => {
    const high = [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ] as const;
    const [recorded, note, update] = [
      { ...first({}), seq: 1 },
      { ...one('incident.note', { entryId: 'n', body: 'x' }, 6), seq: 2 },
      { ...one('incident.changed', { changes: { impact: { from: 2, to: 3 } } }, 7), seq: 3 },
    ];
    const before = applyActivity(null, recorded as Activity, context);
    const noted = applyActivity(before, note as Activity, { matrix: high });
    expect(noted).toMatchObject({ priority: before.priority, matrixPriority: before.matrixPriority });
    expect(applyActivity(noted, update as Activity, { matrix: high })).toMatchObject({
      priority: 1,
      matrixPriority: 1,
    });
  });

  it('keeps activities of a newer build and folds them as no change', () => {
    const newer: Activity = { ...envelope('z', 9000), seq: 7, type: 'incident.teleported', payload: { to: 'Mars' } };
    expect(activitySchema.parse(newer)).toEqual(newer);
    const before = fold(first({}));
    expect(applyActivity(before, newer, context)).toEqual({ ...before, throughSeq: 7 });
  });

  it('keeps fields of a newer build, and reads the ones it knows', () => {
    const payload = { changes: { description: to('x'), mood: to('sad') }, weather: 'fine' };
    const newer: Activity = { ...envelope('z', 9000), type: 'incident.changed', payload };
    expect(activitySchema.parse(newer)).toEqual(newer);
    expect(Object.keys(fold(first({}), newer))).not.toContain('mood');
    expect(fold(first({}), newer).description).toBe('x');
  });

  it('folds a payload it cannot read as no change', () => {
    const broken: Activity = { ...envelope('z', 9000), type: 'incident.held', payload: { hold: 'yes' } };
    expect(activitySchema.safeParse(broken).success).toBe(false);
    expect(applyActivity(fold(first({})), broken, context)).toEqual(fold(first({})));
  });

  it('does nothing with a confirmed activity at or below what it folded', () => {
    const note = { ...one('incident.note', { entryId: 'n', body: 'x' }, 5), cause: { commandId: 'c', index: 0 } };
    const incident = applyActivity(null, { ...note, seq: 5 }, context);
    expect(applyActivity(incident, { ...note, seq: 5 }, context)).toBe(incident);
    expect(applyActivity(incident, { ...note, id: 'other', seq: 4 }, context)).toBe(incident);
    const next = applyActivity(
      incident,
      { ...note, id: 'other', seq: 5, cause: { commandId: 'c', index: 1 } },
      context,
    );
    expect(next).toMatchObject({ throughSeq: 5, throughIndex: 1, counts: { notes: 2 } });
  });

  it('takes confirmed activities in the order of the log, however they come, and each once', () => {
    const seqs = [first({}), row({ description: to('a') }, 2), row({ description: to('b') }, 1)].map((a, i) => ({
      ...a,
      seq: i + 1,
    }));
    const [a, b, c] = seqs as [Activity, Activity, Activity];
    expect(foldIncident([c, a, b, a, c], context)).toEqual(foldIncident([a, b, c], context));
    expect(foldIncident([c, a, b], context)?.description).toBe('b');
  });

  it('tells the wait for pick-up from when the last owner let go', () => {
    const owner = { from: null, to: 'ann' };
    const started = one('incident.started', { owner }, 2000);
    const dropped = one('incident.assigned', { from: 'ann', to: null }, 3000);
    const noted = one('incident.note', { entryId: 'n', body: 'x' }, 4000);
    expect(fold(first({}), started, dropped, noted).waitingForPickUpSince).toBe(3000);
    expect(fold(first({}), dropped, noted).waitingForPickUpSince).toBeNull();
    expect(fold(first({}), started, dropped, row({ state: to('closed') }, 5000)).waitingForPickUpSince).toBeNull();
  });
});
