import { createHash } from 'node:crypto';

/** An index entry has its limits, and ids from outside may be anything. */
const LONGEST = 200;
const DIGEST = 'sha256:';
// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what PostgreSQL's text can't hold
const UNSTORABLE = /[\u0000\p{Surrogate}]/u;

/**
 * Under what a string is filed: itself, or its digest when PostgreSQL or its index could not hold it. Different
 * strings have different keys. The string itself is in the body.
 */
export function keyOf(text: string): string {
  if (text.length <= LONGEST && !text.startsWith(DIGEST) && !UNSTORABLE.test(text)) return text;
  return DIGEST + createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}

/** Under what it is filed who may read something: people and teams may have the same id. */
export const readerKeys = (people: readonly string[], teams: readonly string[]): string[] =>
  keysOf([...people.map((id) => `person ${id}`), ...teams.map((id) => `team ${id}`)]);

export const keysOf = (texts: readonly string[]): string[] => [...new Set(texts)].map(keyOf);
