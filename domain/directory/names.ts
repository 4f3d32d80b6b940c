/** Longest name of a directory record, in UTF-16 units. */
export const NAME_LIMIT = 200;

/** Nothing one could see: spaces of any kind and characters without a shape. */
const UNSEEN = /^[\s\p{Z}\p{C}]*$/u;

export const isBlankName = (name: string): boolean => UNSEEN.test(name);

/** Why a name cannot stand on a record, or null. */
export function nameFlaw(name: string): 'missing' | 'tooLong' | null {
  if (isBlankName(name)) return 'missing';
  return name.trim().length > NAME_LIMIT ? 'tooLong' : null;
}

/** Two names that fold alike are one name to a reader: case, kinds of spaces and ways to write an accent aside. */
export const foldedName = (name: string | null): string =>
  (name ?? '').normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');
