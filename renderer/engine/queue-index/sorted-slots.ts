export type Compare = (a: number, b: number) => number;

/** Up to so many changed slots are looked for one by one; more are marked and passed over in one run. */
const FEW = 6;

/**
 * A sorted list brought up to date: changed slots are taken out, those that are (still) members are put back by binary
 * search, and everything between is copied as blocks. `marks` is scratch, all zero before and after.
 */
export function mergeChanged(
  sorted: Uint32Array,
  changed: readonly number[],
  members: readonly number[],
  marks: Uint8Array,
  compare: Compare,
): Uint32Array {
  const kept = changed.length <= FEW ? withoutFew(sorted, changed) : withoutMany(sorted, changed, marks);
  if (members.length === 0) return kept;
  const merged = new Uint32Array(kept.length + members.length);
  let read = 0;
  [...members].sort(compare).forEach((member, index) => {
    const place = placeOf(kept, read, member, compare);
    merged.set(kept.subarray(read, place), read + index);
    merged[place + index] = member;
    read = place;
  });
  merged.set(kept.subarray(read), read + members.length);
  return merged;
}

function withoutFew(sorted: Uint32Array, changed: readonly number[]): Uint32Array {
  const places = changed.map((slot) => sorted.indexOf(slot)).filter((place) => place >= 0);
  if (places.length === 0) return sorted;
  places.sort((a, b) => a - b);
  const kept = new Uint32Array(sorted.length - places.length);
  let read = 0;
  places.forEach((place, removed) => {
    kept.set(sorted.subarray(read, place), read - removed);
    read = place + 1;
  });
  kept.set(sorted.subarray(read), read - places.length);
  return kept;
}

function withoutMany(sorted: Uint32Array, changed: readonly number[], marks: Uint8Array): Uint32Array {
  for (const slot of changed) marks[slot] = 1;
  const kept = new Uint32Array(sorted.length);
  let count = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const slot = sorted[at] as number;
    kept[count] = slot;
    count += 1 - (marks[slot] as number);
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
