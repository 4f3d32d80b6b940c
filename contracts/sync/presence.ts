/** Times of presence, in milliseconds, for both sides. Rules in sync/SPEC.md, section 18. */
export const PRESENCE = {
  /** Without a word for so long somebody looks no more. */
  lasts: 30_000,
  /** So often it is said again. */
  again: 12_000,
  /** So long after the last key somebody counts as writing. */
  writes: 8_000,
  /** People told of one incident. */
  people: 20,
} as const;
