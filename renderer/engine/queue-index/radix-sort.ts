/** Eight bits at a time: with more, counting would cost more than sorting in the lists people look at. */
const RADIX = 256;
const PASSES = 8;

/**
 * Sorts slots by a number each, stably; `slots` itself is not changed. Eight bits a pass over the bits of a double, in which unsigned order is numeric order; passes in which nothing differs are left out, so a
 * key of few distinct values costs one.
 */
export function stableByKey(slots: Uint32Array, keyOf: (slot: number) => number): Uint32Array {
  const count = slots.length;
  const digits = sortableDigits(slots, keyOf);
  let from = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) from[at] = at;
  let to = new Uint32Array(count);
  const places = new Uint32Array(RADIX + 1);
  for (let pass = 0; pass < PASSES; pass += 1) {
    if (!countDigits(digits, pass, count, places)) continue;
    for (let at = 0; at < count; at += 1) {
      const index = from[at] ?? 0;
      const digit = digits[index * PASSES + pass] ?? 0;
      const place = places[digit] ?? 0;
      places[digit] = place + 1;
      to[place] = index;
    }
    [from, to] = [to, from];
  }
  for (let at = 0; at < count; at += 1) to[at] = slots[from[at] ?? 0] ?? 0;
  return to;
}

/** Eight digits a slot, least significant first, of the key's bits turned so that they sort like the key. */
function sortableDigits(slots: Uint32Array, keyOf: (slot: number) => number): Uint8Array {
  const keys = new Float64Array(slots.length);
  for (let at = 0; at < slots.length; at += 1) keys[at] = keyOf(slots[at] ?? 0) + 0;
  const words = new Uint32Array(keys.buffer);
  for (let at = 0; at < words.length; at += 2) {
    const high = words[at + 1] ?? 0;
    const flip = high >>> 31 === 1 ? 0xffffffff : 0;
    words[at] = (words[at] ?? 0) ^ flip;
    words[at + 1] = high ^ (flip | 0x80000000);
  }
  return new Uint8Array(keys.buffer);
}

/** Where each digit's slots begin; false when all have the same digit. */
function countDigits(digits: Uint8Array, pass: number, count: number, places: Uint32Array): boolean {
  places.fill(0);
  for (let at = 0; at < count; at += 1) {
    const next = (digits[at * PASSES + pass] ?? 0) + 1;
    places[next] = (places[next] ?? 0) + 1;
  }
  const first = digits[pass] ?? 0;
  if (count === 0 || places[first + 1] === count) return false;
  for (let digit = 1; digit <= RADIX; digit += 1) places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
  return true;
}
