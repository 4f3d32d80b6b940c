import type { Activity, Id } from '#domain/activity/activity.ts';
import { attachmentsIn } from '#domain/incident/attachments.ts';
import { may } from '#domain/permissions/permissions.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { LogReader, SharedLog } from '#sync/authority/shared-log.ts';
import { seesInternal, seesRow, type View, viewOf } from '#sync/authority/view.ts';
import type { FileReference, UploadBook } from './upload-book.ts';

const viewIn = async (reader: LogReader, personId: Id): Promise<View> =>
  viewOf(personId, await reader.person(personId));

/** Whether this person may attach to this incident, and whether they could keep the file from the requester. */
export function mayAttach(
  log: SharedLog,
  personId: Id,
  incidentId: Id,
): Promise<Result<{ readonly ofDesk: boolean }, 'notFound' | 'notAllowedForRole'>> {
  return log.read(async (reader) => {
    const view = await viewIn(reader, personId);
    const incident = (await reader.incidents([incidentId])).get(incidentId);
    if (incident === undefined || view.person === null || !seesRow(view, incident)) return err('notFound');
    if (!may(view.person.role, 'record', false)) return err('notAllowedForRole');
    return ok({ ofDesk: seesInternal(view) });
  });
}

/** A file may belong to many incidents; so many are looked at in one go. */
const BATCH = 200;

/** The first place where this person may see the file. Null: there is no such file as far as they may know. */
export async function seenReference(
  { log, book }: { readonly log: SharedLog; readonly book: UploadBook },
  personId: Id,
  sha256: string,
): Promise<FileReference | null> {
  for (let from = 0; ; from += BATCH) {
    const references = await book.references(sha256, from, BATCH);
    const seen = references.length === 0 ? null : await firstSeen(log, personId, sha256, references);
    if (seen !== null) return seen;
    if (references.length < BATCH) return null;
  }
}

function firstSeen(
  log: SharedLog,
  personId: Id,
  sha256: string,
  references: readonly FileReference[],
): Promise<FileReference | null> {
  return log.read(async (reader) => {
    const view = await viewIn(reader, personId);
    const incidents = await reader.incidents([...new Set(references.map(({ incidentId }) => incidentId))]);
    const near = references.filter(({ incidentId }) => {
      const incident = incidents.get(incidentId);
      return incident !== undefined && seesRow(view, incident);
    });
    if (near.length === 0 || seesInternal(view)) return near[0] ?? null;
    const timelines = await reader.timelines([...new Set(near.map(({ incidentId }) => incidentId))]);
    return near.find((one) => isForCaller(sha256, one, timelines.get(one.incidentId) ?? [])) ?? null;
  });
}

/** Whose log names the file, the log decides for; what the sender of the bytes said holds where it does not. */
function isForCaller(sha256: string, { internal }: FileReference, timeline: readonly Activity[]): boolean {
  const named = attachmentsIn(timeline).filter((attachment) => attachment.sha256 === sha256);
  if (named.length === 0) return !internal;
  return named.some(({ visibility, detached }) => visibility === 'public' && detached === null);
}
