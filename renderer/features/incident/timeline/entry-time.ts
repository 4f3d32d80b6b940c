import { useMemo } from 'react';
import type { Instant } from '#domain/activity/activity.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { type Entry, isLate } from './entry.ts';

type Clocks = Pick<Entry, 'occurredAt' | 'recordedAt' | 'observed'>;

/** How an entry's clocks are written: "10:42" today, with its date otherwise, "09:40, entered 12:55" when late. */
export function useEntryTime() {
  const time = useTime();
  const say = useWords('incident');
  return useMemo(() => {
    const dayOf = (at: Instant) => time.dateAndTime(at).replace(time.clockTime(at), '');
    const one = time.clockOrDate;
    const late = (entry: Clocks) => isLate(entry);
    const entered = (entry: Clocks) =>
      dayOf(entry.occurredAt) === dayOf(entry.recordedAt) ? time.clockTime(entry.recordedAt) : one(entry.recordedAt);
    const both = (entry: Clocks, occurred: string, recorded: string) =>
      late(entry) ? say('timeline.late', { occurred, recorded }) : occurred;
    return {
      text: (entry: Clocks) => both(entry, one(entry.occurredAt), entered(entry)),
      exactly: (entry: Clocks) => both(entry, time.exactly(entry.occurredAt), time.exactly(entry.recordedAt)),
      one,
    };
  }, [time, say]);
}
