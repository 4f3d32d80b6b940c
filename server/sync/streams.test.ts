import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Streams } from './streams.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** So many desks, and what each was told. */
function listening(count: number) {
  const streams = new Streams();
  const heard: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const grew = (seq: number) => void (at === 0 && heard.push(seq));
    streams.add({ session: `s${at}`, person: `p${at}`, grew, present: () => undefined, end: () => undefined });
  }
  return { streams, heard };
}

it('SPEC 4.4: a change after a quiet time is told at once, and those that follow it as one, with the newest end', () => {
  const { streams, heard } = listening(1_000);
  streams.grew(1);
  expect(heard).toEqual([1]);
  for (const seq of [2, 3, 4]) streams.grew(seq);
  vi.advanceTimersByTime(1_000);
  expect(heard).toEqual([1]);
  vi.advanceTimersByTime(1_500);
  expect(heard).toEqual([1, 4]);
  vi.advanceTimersByTime(5_000);
  streams.grew(5);
  expect(heard).toEqual([1, 4, 5]);
});

it('few desks hear of everything as soon as it is there', () => {
  const { streams, heard } = listening(3);
  for (const seq of [1, 2, 3]) {
    streams.grew(seq);
    vi.advanceTimersByTime(10);
  }
  expect(heard).toEqual([1, 2, 3]);
});
