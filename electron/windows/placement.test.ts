import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Box, placeWindow, readPlace, SMALLEST, USUAL } from '#electron/windows/placement.ts';

const laptop: Box = { x: 0, y: 25, width: 1440, height: 875 };
const second: Box = { x: 1440, y: 0, width: 1920, height: 1080 };
const left = (box: Partial<Box>) => ({
  x: 100,
  y: 100,
  width: 1000,
  height: 700,
  maximized: false,
  fullScreen: false,
  ...box,
});

describe('where a window opens', () => {
  test('the first time it has the usual size, in the middle of the first screen', () => {
    expect(placeWindow(null, [laptop, second], [])).toEqual({ x: 80, y: 63, ...USUAL });
  });

  test('it opens where it was left', () => {
    const place = left({ x: 1600, y: 50 });
    expect(placeWindow(place, [laptop, second], [])).toEqual({ x: 1600, y: 50, width: 1000, height: 700 });
  });

  test('when its monitor is gone it keeps its size and comes to the middle of the first screen', () => {
    const place = left({ x: 1600, y: 50 });
    expect(placeWindow(place, [laptop], [])).toEqual({ x: 220, y: 113, width: 1000, height: 700 });
  });

  test.each([
    ['its title bar is above the screen', { y: -200 }],
    ['only a corner is left of the screen', { x: -950 }],
    ['it lies below the screen', { y: 890 }],
    ['it lies far away', { x: 50_000, y: -50_000 }],
  ])('it comes back to the middle when %s', (_name, box) => {
    expect(placeWindow(left(box), [laptop], [])).toEqual({ x: 220, y: 113, width: 1000, height: 700 });
  });

  test('it is never smaller than the smallest nor larger than the screen', () => {
    expect(placeWindow(left({ width: 200, height: 100 }), [laptop], [])).toMatchObject(SMALLEST);
    expect(placeWindow(left({ width: 9_000, height: 9_000 }), [laptop], [])).toMatchObject({
      width: 1440,
      height: 875,
    });
    const tiny = { x: 0, y: 0, width: 640, height: 480 };
    expect(placeWindow(null, [tiny], [])).toEqual(tiny);
  });

  test('a further window steps aside from one that lies exactly there', () => {
    const place = left({});
    const first = placeWindow(place, [laptop], []);
    const next = placeWindow(place, [laptop], [first]);
    expect(next).toEqual({ ...first, x: first.x + 28, y: first.y + 28 });
  });

  test('wherever it was left and whatever screens there are, its title bar can be taken hold of', () => {
    const box = fc.record({
      x: fc.integer({ min: -5_000, max: 5_000 }),
      y: fc.integer({ min: -5_000, max: 5_000 }),
      width: fc.integer({ min: 640, max: 4_000 }),
      height: fc.integer({ min: 480, max: 3_000 }),
    });
    fc.assert(
      fc.property(
        fc.option(box),
        fc.array(box, { minLength: 1, maxLength: 3 }),
        fc.array(box, { maxLength: 4 }),
        (was, screens, others) => {
          const place = placeWindow(was && { ...was, maximized: false, fullScreen: false }, screens, others);
          const held = screens.some(
            (screen) =>
              Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x) >= 120 &&
              place.y >= screen.y &&
              place.y + 32 <= screen.y + screen.height,
          );
          expect(held).toBe(true);
        },
      ),
    );
  });
});

describe('a stored place', () => {
  test('is read with its states', () => {
    expect(readPlace({ x: 1, y: 2, width: 900, height: 700, maximized: true })).toEqual({
      x: 1,
      y: 2,
      width: 900,
      height: 700,
      maximized: true,
      fullScreen: false,
    });
  });

  test.each([
    null,
    'x',
    {},
    { x: 1, y: 2 },
    { x: 1.5, y: 0, width: 900, height: 700 },
    { x: 0, y: 0, width: 0, height: 700 },
    {
      x: 0,
      y: 0,
      width: 1e9,
      height: 700,
    },
  ])('%j is none', (stored) => {
    expect(readPlace(stored)).toBeNull();
  });
});
