import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';

/** A digest without members; a single alert fills in the rest. */
export const blankRecord = (id: Id, person: Id, now: Instant): AlertRecord => ({
  id,
  rule: 'digest',
  dedupeKey: '',
  forPersonId: person,
  incidentId: null,
  number: null,
  shortDescription: null,
  priority: null,
  reason: { code: 'burst', priority: null, actorId: null },
  count: 1,
  firstAt: now,
  lastAt: now,
  state: 'triggered',
  snoozedUntil: null,
  acknowledgedAt: null,
  digestId: null,
  dueAt: now,
  throughSeq: 0,
  delivery: [],
});

/** Waiting for its first telling. */
export const isUntold = (record: AlertRecord): boolean =>
  record.state === 'triggered' && record.rule !== 'digest' && record.digestId === null && record.delivery.length === 0;
