export type Compare = (a: number, b: number) => number;
export type Belongs = (slot: number) => boolean;

/**
 * A sorted list brought up to date: changed slots are taken out in one pass, those that still belong are put back by
 * binary search, and everything between is copied as a block. `marks` is scratch, all zero before and after.
 */
export function mergeChanged(
  sorted: Uint32Array,
  changed: readonly number[],
  marks: Uint8Array,
  belongs: Belongs,
  compare: Compare,
): Uint32Array {
  const kept = withoutChanged(sorted, changed, marks);
  const members = changed.filter(belongs).sort(compare);
  if (members.length === 0) return kept;
  const merged = new Uint32Array(kept.length + members.length);
  let read = 0;
  for (let index = 0; index < members.length; index += 1) {
    const member = members[index] ?? 0;
    const place = placeOf(kept, read, member, compare);
    merged.set(kept.subarray(read, place), read + index);
    merged[place + index] = member;
    read = place;
  }
  merged.set(kept.subarray(read), read + members.length);
  return merged;
}

function withoutChanged(sorted: Uint32Array, changed: readonly number[], marks: Uint8Array): Uint32Array {
  for (const slot of changed) marks[slot] = 1;
  const kept = new Uint32Array(sorted.length);
  let count = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const slot = sorted[at] ?? 0;
    kept[count] = slot;
    count += 1 - (marks[slot] ?? 0);
  }
  for (const slot of changed) marks[slot] = 0;
  return kept.subarray(0, count);
}

/** First place at or after `from` whose slot does not stand before the member. */
function placeOf(sorted: Uint32Array, from: number, member: number, compare: Compare): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle] ?? 0, member) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
