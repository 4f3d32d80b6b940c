/** Numbers of a desk that works alone: INC0000001 upward (domain.md "Numbers"). */

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
