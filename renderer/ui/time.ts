import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Instant } from '#domain/activity/activity.ts';
import { useWords } from '#renderer/words/words.ts';

/** The reader's zone and language; every date on every screen is written through here. */
export interface Reader {
  /** IANA name. */
  readonly zone: string;
  /** BCP 47 tag of the reader's formats, which need not be the language of the words. */
  readonly language: string;
}

export const ReaderContext = createContext<Reader>({ zone: 'UTC', language: 'en-GB' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(reader: Reader, kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${reader.language}|${reader.zone}|${kind}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(reader.language, { timeZone: reader.zone, ...options });
  formats.set(key, known);
  return known;
}

/** "Wednesday, 2 March 2016 at 10:42:07 CET": what hovering shows. */
export const exactly = (at: Instant, reader: Reader) =>
  format(reader, 'exact', { dateStyle: 'full', timeStyle: 'long' }).format(at);

/** "2 Mar 2016, 10:42" */
export const dateAndTime = (at: Instant, reader: Reader) =>
  format(reader, 'dateAndTime', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);

/** "10:42" */
export const clockTime = (at: Instant, reader: Reader) =>
  format(reader, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** "2 Mar", or "Mar 2016" in another year. */
export function shortDate(at: Instant, now: Instant, reader: Reader): string {
  const year = format(reader, 'year', { year: 'numeric' });
  return year.format(at) === year.format(now)
    ? format(reader, 'day', { day: 'numeric', month: 'short' }).format(at)
    : format(reader, 'month', { month: 'short', year: 'numeric' }).format(at);
}

/** A length of time in its greatest whole unit. */
export function span(milliseconds: number): { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number } {
  const length = Math.abs(milliseconds);
  if (length < MINUTE) return { unit: 'now', count: 0 };
  if (length < HOUR) return { unit: 'minutes', count: Math.floor(length / MINUTE) };
  if (length < DAY) return { unit: 'hours', count: Math.floor(length / HOUR) };
  return { unit: 'days', count: Math.floor(length / DAY) };
}

let current = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    current = Date.now();
    for (const each of listeners) each();
  }, 20_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function read(): Instant {
  // Two readings of one rendering must agree: React compares them.
  if (timer === undefined && Date.now() - current > 1_000) current = Date.now();
  return current;
}

/** The present, renewed every 20 s by one shared timer. */
export const useNow = (): Instant => useSyncExternalStore(subscribe, read);

export interface TimeWords {
  readonly reader: Reader;
  readonly now: Instant;
  exactly(at: Instant): string;
  dateAndTime(at: Instant): string;
  clockTime(at: Instant): string;
  /** "10:42" today, "2 Mar 2016, 10:42" on any other day. */
  clockOrDate(at: Instant): string;
  /** "5 min", "2 h", "3 d": a length. */
  span(milliseconds: number): string;
  /** "5 min" ago without the word, and a date beyond a week: for a narrow column. */
  short(at: Instant): string;
  /** "5 min ago", "in 2 h", and a date beyond a week. */
  relative(at: Instant): string;
}

/** Times in the reader's zone and words, relative to a present that moves. */
export function useTime(): TimeWords {
  const reader = useContext(ReaderContext);
  const now = useNow();
  const say = useWords('common');
  return useMemo(() => {
    const spanWords = (length: number) => {
      const { unit, count } = span(length);
      return say(`time.${unit}`, { count });
    };
    const dayOf = (at: Instant) => format(reader, 'wholeDay', { dateStyle: 'short' }).format(at);
    const far = (at: Instant) => Math.abs(now - at) >= 7 * DAY;
    const short = (at: Instant) => (far(at) ? shortDate(at, now, reader) : spanWords(now - at));
    const relative = (at: Instant) => {
      if (far(at)) return shortDate(at, now, reader);
      if (span(now - at).unit === 'now') return say('time.now');
      return say(at > now ? 'time.ahead' : 'time.ago', { span: spanWords(now - at) });
    };
    return {
      reader,
      now,
      exactly: (at) => exactly(at, reader),
      dateAndTime: (at) => dateAndTime(at, reader),
      clockTime: (at) => clockTime(at, reader),
      clockOrDate: (at) => (dayOf(at) === dayOf(now) ? clockTime(at, reader) : dateAndTime(at, reader)),
      span: spanWords,
      short,
      relative,
    };
  }, [reader, now, say]);
}
