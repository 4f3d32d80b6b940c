import type { Instant } from '#domain/activity/activity.ts';
import { useTime } from './time.ts';

/** When, relative to now; the exact instant in the reader's zone on hover and for machines. */
export function RelativeTime({ at, short = false }: { at: Instant; short?: boolean }) {
  const time = useTime();
  return (
    <time className="tabular" dateTime={new Date(at).toISOString()} title={time.exactly(at)}>
      {short ? time.short(at) : time.relative(at)}
    </time>
  );
}
