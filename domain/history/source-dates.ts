import { Temporal } from 'temporal-polyfill';
import type { Instant } from '#domain/activity/activity.ts';

/** Which number comes first in `1/2/2016`, where the text itself does not tell. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const PATTERN =
  /^(\d{1,4})[./-](\d{1,2}|[A-Za-z]{3})[./-](\d{2,4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([AaPp])\.?[Mm]\.?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

const fullYear = (text: string) => (text.length <= 2 ? 2000 + Number(text) : Number(text));
const monthOf = (text: string) => (/^\d/.test(text) ? Number(text) : MONTHS.indexOf(text.toLowerCase()) + 1);

function ordered(first: string, second: string, third: string, order: DateOrder): readonly [string, string, string] {
  if (first.length === 4) return [first, second, third];
  return order === 'mdy' && /^\d/.test(second) ? [third, first, second] : [third, second, first];
}

function hourOf(text: string, half: string | undefined): number {
  if (half === undefined) return Number(text);
  return (Number(text) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/**
 * Reads the dates other desks write (`29/2/2016 01:16`, `2019-07-29 11:48:43`, `09/Jan/24 3:54 PM`, ISO 8601).
 * Without an offset the text is wall-clock time in `zone`; an hour that the zone skips moves forward, one that
 * happens twice is the earlier. Answers are remembered per text: event logs repeat them a lot.
 */
export function dateReader(zone: string, order: DateOrder): (text: string) => Instant | undefined {
  const known = new Map<string, Instant>();
  return (text) => {
    const trimmed = text.trim();
    const remembered = known.get(trimmed);
    if (remembered !== undefined) return remembered;
    const read = readDate(trimmed, zone, order);
    if (read !== undefined) known.set(trimmed, read);
    return read;
  };
}

function readDate(text: string, zone: string, order: DateOrder): Instant | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, first = '', second = '', third = '', hour = '0', minute = '0', sec = '0', half, offset] = match;
  const [year, month, day] = ordered(first, second, third, order);
  try {
    const local = Temporal.PlainDateTime.from(
      {
        year: fullYear(year),
        month: monthOf(month),
        day: Number(day),
        hour: hourOf(hour, half),
        minute: Number(minute),
        second: Number(sec),
      },
      { overflow: 'reject' },
    );
    const zoned = local.toZonedDateTime(offset === undefined ? zone : offsetZone(offset), {
      disambiguation: 'compatible',
    });
    return zoned.epochMilliseconds;
  } catch {
    return undefined;
  }
}

const offsetZone = (offset: string) =>
  offset === 'Z' ? 'UTC' : offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
