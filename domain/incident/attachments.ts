import type { Activity, Id, Instant, Visibility } from '#domain/activity/activity.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';

/** A file of an incident, as its log names it. */
export interface Attachment {
  readonly id: Id;
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** Public: the caller may have it too. */
  readonly visibility: Visibility;
  readonly by: Id;
  readonly at: Instant;
  /** Who took it off, and when; null for what still stands. */
  readonly detached: { readonly by: Id; readonly at: Instant } | null;
}

/** Every file that an incident's log names, in the order of the log; those taken off too. */
export function attachmentsIn(timeline: readonly Activity[]): readonly Attachment[] {
  const found = new Map<Id, Attachment>();
  for (const activity of timeline) {
    const entry = asIncidentActivity(activity);
    if (entry?.type === 'incident.attached' && !found.has(entry.payload.attachmentId)) {
      const { attachmentId: id, sha256, name, bytes, mediaType } = entry.payload;
      const { visibility, actor: by, occurredAt: at } = entry;
      found.set(id, { id, sha256, name, bytes, mediaType, visibility, by, at, detached: null });
    }
    if (entry?.type === 'incident.detached') {
      const attachment = found.get(entry.payload.attachmentId);
      if (!attachment || attachment.detached) continue;
      found.set(attachment.id, { ...attachment, detached: { by: entry.actor, at: entry.occurredAt } });
    }
  }
  return [...found.values()];
}
