import { Temporal } from 'temporal-polyfill';
import type { Instant } from '#domain/activity/activity.ts';

/** An instant as a date-and-time field shows it, to the minute, in the reader's zone. */
export const toLocalInput = (at: Instant, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** The instant a date-and-time field means in the reader's zone; null for an empty or half-filled one. */
export function fromLocalInput(text: string, zone: string): Instant | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}
