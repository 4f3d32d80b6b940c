import type { LogReader } from './shared-log.ts';

/**
 * What tells this log, up to its present end, from every other; null while it is empty. An id is not enough: a
 * restored server gets the same commands again, and their entries have the same ids, at the same place perhaps, but
 * behind others. They are not confirmed at the time of then.
 */
export const markOf = (reader: LogReader): Promise<string | null> => markAt(reader, reader.head.seq);

/**
 * Whether this log is still the one that had this mark, when it had come to `seq` at least. `now` is its mark at its
 * present end, which most desks stand at.
 */
export async function isMarked(
  reader: LogReader,
  { seq, mark }: { readonly seq: number; readonly mark: string | null },
  now: string | null,
): Promise<boolean> {
  if (mark === null) return seq === 0;
  if (mark === now) return reader.head.seq >= seq;
  const end = Number(mark.slice(0, mark.indexOf(' ')));
  return Number.isSafeInteger(end) && end >= seq && (await markAt(reader, end)) === mark;
}

async function markAt(reader: LogReader, seq: number): Promise<string | null> {
  const [first] = await reader.activitiesAfter(seq - 1, seq, 1);
  return first === undefined ? null : `${seq} ${first.syncedAt} ${first.id}`;
}
