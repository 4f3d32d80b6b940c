import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventReader, NotEventsError, type SentEvent } from './event-stream.ts';

const read = (...pieces: string[]): SentEvent[] => {
  const heard: SentEvent[] = [];
  const reader = eventReader((event) => heard.push(event));
  for (const piece of pieces) reader(piece);
  return heard;
};

test('an event has a name and its lines of data; comments and other fields say nothing', () => {
  expect(read(': alive\n\nevent: poke\nid: 7\ndata: {"a":1}\ndata:two\nretry: 1\n\ndata: x\n\n')).toEqual([
    { event: 'poke', data: '{"a":1}\ntwo' },
    { event: 'message', data: 'x' },
  ]);
});

test('what has not ended has not happened', () => {
  expect(read('event: poke\ndata: 1')).toEqual([]);
  expect(read('event: poke\ndata: 1\n')).toEqual([]);
  expect(read('event: poke\n\n')).toEqual([]);
});

test('however a text is cut, and whichever line ends it has, the same events are in it', () => {
  const field = fc.constantFrom('event: poke', 'data: one', 'data:two', 'data: ', ': comment', 'odd', '');
  const end = fc.constantFrom('\n', '\r\n');
  fc.assert(
    fc.property(fc.array(field), end, fc.array(fc.nat(200)), (lines, lineEnd, cuts) => {
      const text = lines.map((line) => `${line}${lineEnd}`).join('');
      const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
      expect(read(...pieces)).toEqual(read(lines.map((line) => `${line}\n`).join('')));
    }),
  );
});

test('a line without an end, and an event without one, are given up before they fill the memory', () => {
  expect(() => read('x'.repeat(70_000))).toThrow(NotEventsError);
  expect(() => read(...Array.from({ length: 100 }, () => `data: ${'x'.repeat(1_000)}\n`))).toThrow(NotEventsError);
});
