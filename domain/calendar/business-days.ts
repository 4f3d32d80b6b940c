import { Temporal } from 'temporal-polyfill';
import type { Instant } from '#domain/activity/activity.ts';

/** Working time as the wall clock of a zone shows it: one slot on each working day. */
export interface BusinessCalendar {
  /** IANA name. One that the platform does not know counts as UTC. */
  readonly zone: string;
  /** ISO weekdays, 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[];
  readonly from: { readonly hour: number; readonly minute: number };
  readonly to: { readonly hour: number; readonly minute: number };
}

/** The shipped calendar: Mon–Fri 08:00–18:00 (domain.md "Service levels"). */
export const defaultCalendar = (zone: string): BusinessCalendar => ({
  zone,
  weekdays: [1, 2, 3, 4, 5],
  from: { hour: 8, minute: 0 },
  to: { hour: 18, minute: 0 },
});

/** More calendar days than any number of business days asked for here can need. */
const HORIZON = 4000;

const minutesOf = ({ from, to }: BusinessCalendar) => (to.hour - from.hour) * 60 + to.minute - from.minute;

/**
 * The instant at which `days` business days of working time have passed since `start`. One business day is the
 * minutes the calendar declares; an hour that the clock skips is not counted, one that it repeats counts twice.
 */
export function addBusinessDays(start: Instant, days: number, calendar: BusinessCalendar): Instant {
  const zone = knownZone(calendar.zone);
  let left = days * minutesOf(calendar) * 60_000;
  let date = dateAt(start, zone);
  for (let looked = 0; looked < HORIZON; looked++, date = date.add({ days: 1 })) {
    if (!calendar.weekdays.includes(date.dayOfWeek)) continue;
    const from = Math.max(start, instantOf(date, calendar.from, zone));
    const to = instantOf(date, calendar.to, zone);
    if (to <= from) continue;
    if (left <= to - from) return from + left;
    left -= to - from;
  }
  return start + days * 86_400_000;
}

const dateAt = (instant: Instant, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();

const instantOf = (date: Temporal.PlainDate, time: BusinessCalendar['from'], zone: string): Instant =>
  date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;

const zonesKnown = new Map<string, boolean>();

function knownZone(zone: string): string {
  const known = zonesKnown.get(zone) ?? isZone(zone);
  zonesKnown.set(zone, known);
  return known ? zone : 'UTC';
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
