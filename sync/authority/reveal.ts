import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';
import { asIncidentActivity, type IncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { isOfStaff, seesInternal, type View } from './view.ts';

/** What of a row that this person may see leaves the server for them. */
export const rowFor = (view: View, incident: Incident): Incident =>
  seesInternal(view) ? incident : publicRow(incident, view.personId);

/**
 * A requester's own incident. Every field is named, so that a new one is not shown before somebody decides so: what
 * the caller said, where it stands, and nothing of how the desk works on it.
 */
const publicRow = (incident: Incident, personId: Id): Incident => ({
  id: incident.id,
  number: incident.number,
  aliases: incident.aliases,
  kind: incident.kind,
  channel: incident.channel,
  sourceChannel: null,
  callerId: incident.callerId,
  affectedId: incident.affectedId,
  contact: incident.callerId === personId ? incident.contact : null,
  openedById: incident.openedById === personId ? personId : null,
  // The caller's, and so of their record.
  organisation: incident.callerId === personId ? incident.organisation : null,
  siteId: incident.siteId,
  location: incident.location && { room: incident.location.room, accessNotes: null },
  shortDescription: incident.shortDescription,
  description: incident.description,
  categoryId: incident.categoryId,
  initialCategoryId: null,
  serviceId: incident.serviceId,
  configurationItemIds: [],
  impact: incident.impact,
  urgency: incident.urgency,
  assumed: incident.assumed,
  priority: incident.priority,
  matrixPriority: incident.priority,
  override: null,
  state: incident.state,
  hold: incident.hold && { ...incident.hold, vendor: null, approver: null },
  assignmentGroupId: incident.assignmentGroupId,
  assignedToId: null,
  waitingForPickUpSince: null,
  vendor: null,
  watcherIds: [],
  tags: [],
  parentId: null,
  duplicateOfId: null,
  problemRef: null,
  knownErrorRef: null,
  changeRefs: [],
  confidential: incident.confidential,
  modelId: null,
  resolution: incident.resolution && {
    code: incident.resolution.code,
    sourceCode: null,
    notes: '',
    at: incident.resolution.at,
    by: null,
    confirmedBy: null,
  },
  closedAt: incident.closedAt,
  closedById: null,
  cancellation: incident.cancellation && { ...incident.cancellation, detail: null },
  openedAt: incident.openedAt,
  recordedAt: incident.recordedAt,
  updatedAt: incident.updatedAt,
  startedAt: incident.startedAt,
  firstResolvedAt: incident.firstResolvedAt,
  lastMessageAt: incident.lastMessageAt,
  // A reply that waits for its release counts on the row already.
  lastReplyAt: null,
  counts: {
    reopened: incident.counts.reopened,
    messages: incident.counts.messages,
    reassignments: 0,
    notes: 0,
    replies: 0,
  },
  source: null,
  throughSeq: incident.throughSeq,
  throughIndex: incident.throughIndex,
  foldVersion: incident.foldVersion,
});

/** What leaves of a timeline, and whether an entry of it is kept back until its release. */
export interface Revealed {
  readonly activities: readonly Activity[];
  readonly waits: boolean;
}

/** Of a whole timeline: for the desk all of it; for a requester what was said between them and the desk (SPEC 7.4). */
export function timelineFor(view: View, timeline: readonly Activity[], now: Instant): Revealed {
  if (seesInternal(view)) return { activities: timeline, waits: false };
  const entries = timeline.flatMap((activity) => asIncidentActivity(activity) ?? []);
  const withdrawn = new Set(
    entries.flatMap((entry) => (entry.type === 'incident.replyWithdrawn' ? [entry.payload.entryId] : [])),
  );
  const shown = entries.filter(isShown);
  const standing = shown.filter((entry) => !isSaid(entry) || !withdrawn.has(entry.payload.entryId));
  const released = standing.filter((entry) => entry.type !== 'incident.reply' || entry.payload.releaseAt <= now);
  return { activities: released.map(publicEntry), waits: released.length < standing.length };
}

const SAID = ['incident.reply', 'incident.message', 'incident.note', 'incident.call'] as const;
type Said = Extract<IncidentActivity, { readonly type: (typeof SAID)[number] }>;

const FILES = ['incident.attached', 'incident.detached'] as const;
type OfFile = Extract<IncidentActivity, { readonly type: (typeof FILES)[number] }>;

const isSaid = (entry: IncidentActivity): entry is Said => (SAID as readonly string[]).includes(entry.type);
const isOfFile = (entry: IncidentActivity): entry is OfFile => (FILES as readonly string[]).includes(entry.type);

/** An import may bring a comment that the caller could read there. */
const isShown = (entry: IncidentActivity): entry is Said | OfFile =>
  entry.visibility === 'public' && (isSaid(entry) || isOfFile(entry));

const DESK = 'desk';

function publicEntry(entry: Said | OfFile): Activity {
  const { lateReason: _, ...rest } = entry;
  // Which machine of the desk it was written on is the desk's own.
  const envelope = { ...rest, device: DESK };
  if (entry.type === 'incident.detached') {
    return { ...envelope, payload: { attachmentId: entry.payload.attachmentId } };
  }
  if (entry.type === 'incident.attached') {
    const { attachmentId, sha256, name, bytes, mediaType } = entry.payload;
    return { ...envelope, payload: { attachmentId, sha256, name, bytes, mediaType } };
  }
  const { entryId, body } = entry.payload;
  if (entry.type === 'incident.reply') {
    return { ...envelope, payload: { entryId, body, releaseAt: entry.payload.releaseAt } };
  }
  if (entry.type === 'incident.message')
    return { ...envelope, payload: { entryId, body, channel: entry.payload.channel } };
  return { ...envelope, payload: { entryId, body } };
}

/** What of these records leaves the server for this person. */
export const recordsFor = (view: View, records: readonly WireRecord[]): readonly WireRecord[] =>
  records.map((record) => recordFor(view, record)).filter((shown) => shown !== null);

/**
 * The directory as this person may have it. Notes on how to treat somebody are for the staff; a requester gets
 * themselves and the names that a form needs.
 */
function recordFor(view: View, { kind, seq, record }: WireRecord): WireRecord | null {
  if (view.person === null) return null;
  if (seesInternal(view)) {
    return { kind, seq, record: kind === 'person' && !isOfStaff(view) ? withoutNotes(record as Person) : record };
  }
  if (kind === 'configurationItem') return null;
  if (kind !== 'person') return { kind, seq, record: withoutRouting(record) };
  return record.id === view.personId ? { kind, seq, record: withoutNotes(record as Person) } : null;
}

const withoutNotes = (person: Person): Person => ({ ...person, handlingNotes: null });

const withoutRouting = (record: WireRecord['record']): WireRecord['record'] =>
  'assignmentGroupId' in record ? { ...record, assignmentGroupId: null } : record;
