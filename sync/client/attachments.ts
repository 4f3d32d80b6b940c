import type { Activity, Id, Visibility } from '#domain/activity/activity.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import { attachmentsIn } from '#domain/incident/attachments.ts';

/** What is known of a file's bytes on this device: a part of what the host tells. */
export interface KnownFile {
  readonly sha256: string;
  readonly here: boolean;
  /** Incidents for which the server has it from this device. */
  readonly sent: readonly Id[];
}

/** Who acts at this desk. */
export interface Senders {
  /** Ids under which this device pushed, now and before. */
  readonly devices: ReadonlySet<Id>;
  /** Those who signed in here. */
  readonly people: ReadonlySet<Id>;
  /** Who sends what was attached here by somebody who has no account; null while nobody does. */
  readonly inTheirPlace: Id | null;
}

export interface WantedUpload {
  readonly person: Id;
  readonly incidentId: Id;
  readonly sha256: string;
  readonly name: string;
  readonly visibility: Visibility;
}
export interface MissingFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** Hashes of the files that these activities name, each once, for asking the host about them. */
export function filesNamedBy(activities: readonly Activity[]): readonly string[] {
  const named = activities.map(asIncidentActivity).flatMap((entry) => {
    return entry?.type === 'incident.attached' ? [entry.payload.sha256] : [];
  });
  return [...new Set(named)];
}

/**
 * Files that this device owes the server: attached here, confirmed (so that the server has the incident and the word),
 * still standing, here, and not sent yet. The activities may be of many incidents, whole timelines or a page of them.
 */
export function uploadsOwed(
  activities: readonly Activity[],
  known: readonly KnownFile[],
  senders: Senders,
): readonly WantedUpload[] {
  const files = new Map(known.map((file) => [file.sha256, file]));
  const owed = new Map<string, WantedUpload>();
  for (const entry of standing(activities)) {
    const { sha256, name } = entry.payload;
    const { subject, visibility } = entry;
    const file = files.get(sha256);
    const person = senderOf(entry, senders);
    if (entry.seq === null || person === null || !file?.here || file.sent.includes(subject.id)) continue;
    const key = `${subject.id} ${sha256}`;
    const before = owed.get(key);
    // Attached twice, it is for the caller if it is so once.
    if (before === undefined || visibility === 'public') {
      owed.set(key, { person, incidentId: subject.id, sha256, name, visibility });
    }
  }
  return [...owed.values()];
}

/** Files that these activities name and of which the bytes are not here: what a journey without a network would lack. */
export function filesMissing(activities: readonly Activity[], known: readonly KnownFile[]): readonly MissingFile[] {
  const here = new Set(known.filter((file) => file.here).map(({ sha256 }) => sha256));
  const missing = new Map<string, MissingFile>();
  for (const { payload, seq } of standing(activities)) {
    const { sha256, bytes } = payload;
    if (seq !== null && !here.has(sha256)) missing.set(sha256, { sha256, bytes });
  }
  return [...missing.values()];
}

function standing(activities: readonly Activity[]) {
  const off = new Set(
    attachmentsIn(activities)
      .filter(({ detached }) => detached !== null)
      .map(({ id }) => id),
  );
  return activities.flatMap((activity) => {
    const entry = asIncidentActivity(activity);
    return entry?.type === 'incident.attached' && !off.has(entry.payload.attachmentId) ? [entry] : [];
  });
}

/** Who attached it sends it; bytes that only came here from the server are sent by nobody. */
function senderOf({ actor, device }: Activity, { devices, people, inTheirPlace }: Senders): Id | null {
  if (!devices.has(device)) return null;
  return people.has(actor) ? actor : inTheirPlace;
}
