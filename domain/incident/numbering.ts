/** Numbers: INC0000001 upward, and those a joined device gives meanwhile (domain.md "Numbers"). */

const PREFIX = 'INC';
const DIGITS = 7;
/** Beyond this an imported number is a name like any other: it never drives what comes next. */
const HIGHEST_COUNTED = 999_999_999_999;
/** A log that takes numbers from elsewhere takes none above this, so that there always is a next one. */
export const HIGHEST_ADOPTED = 900_000_000_000;

export const formatNumber = (value: number): string => `${PREFIX}${String(value).padStart(DIGITS, '0')}`;

/** The value of a number of our own form, however it was typed (`inc45`, ` INC0000045`); null for any other. */
export function parseNumber(text: string): number | null {
  const digits = /^\s*inc[\s-]?0*(\d{1,12})\s*$/i.exec(text)?.[1];
  if (digits === undefined) return null;
  const value = Number(digits);
  return value >= 1 && value <= HIGHEST_COUNTED ? value : null;
}

/** The form under which a number or alias is stored in look-ups: `inc45` and `INC0000045` are one. */
export function numberKey(text: string): string {
  const value = parseNumber(text);
  return value === null ? text.trim().toUpperCase() : formatNumber(value);
}

/** Look-up keys for what a person typed, best first: bare digits may be an alias or one of our numbers. */
export function numberKeysTyped(text: string): readonly string[] {
  const key = numberKey(text);
  const own = /^\d{1,12}$/.test(key) ? parseNumber(`${PREFIX}${key}`) : null;
  return own === null ? [key] : [key, formatNumber(own)];
}

/** The next free number above the highest held. `isTaken` also knows aliases. */
export function nextNumber(highestHeld: number, isTaken: (number: string) => boolean): string {
  let value = highestHeld + 1;
  while (isTaken(formatNumber(value))) value++;
  return formatNumber(value);
}

/** What an imported number becomes: kept if free, else an alias of a new one. */
export function adoptNumber(
  external: string | null,
  highestHeld: number,
  isTaken: (number: string) => boolean,
): { readonly number: string; readonly alias: string | null } {
  const name = external?.trim() ?? '';
  if (name === '') return { number: nextNumber(highestHeld, isTaken), alias: null };
  const value = parseNumber(name);
  const wanted = value === null ? name : formatNumber(value);
  if (!isTaken(wanted)) return { number: wanted, alias: null };
  return { number: nextNumber(highestHeld, isTaken), alias: name };
}

/** No letter and no digit here can be taken for another, on paper or on the telephone. */
const BLOCK_LETTERS = 'ACDEFHJKLMNPRTVWXY';
const BLOCK_DIGITS = '23456789';
const PAIRS = BLOCK_LETTERS.length * BLOCK_DIGITS.length;
const BLOCK = `(?:[${BLOCK_LETTERS}][${BLOCK_DIGITS}]){1,6}`;
const BLOCK_NUMBER = new RegExp(`^INC-(${BLOCK})-(\\d{4,9})$`);
const HIGHEST_IN_BLOCK = 999_999_999;

/** The code of the n-th device of a server, from 1: pairs of a letter and a digit, more of them when all are used up. */
export function blockCode(n: number): string {
  let code = '';
  for (let rest = n - 1; rest >= 0; rest = Math.floor(rest / PAIRS) - 1) {
    const pair = rest % PAIRS;
    const letter = BLOCK_LETTERS.charAt(Math.floor(pair / BLOCK_DIGITS.length));
    code = letter + BLOCK_DIGITS.charAt(pair % BLOCK_DIGITS.length) + code;
  }
  return code;
}

/** The number that a device gives its `n`-th incident (from 1) until the server has given one: `INC-L3-0042`. */
export const formatBlockNumber = (block: string, n: number): string =>
  `${PREFIX}-${block}-${String(n).padStart(4, '0')}`;

/** Block and place of such a number in its strict form, or null. */
export function parseBlockNumber(text: string): { readonly block: string; readonly n: number } | null {
  const [, block, digits] = BLOCK_NUMBER.exec(text) ?? [];
  if (block === undefined || digits === undefined) return null;
  const n = Number(digits);
  return n >= 1 && n <= HIGHEST_IN_BLOCK && formatBlockNumber(block, n) === text ? { block, n } : null;
}
