/** A rectangle in screen coordinates (device-independent pixels). */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window was left. */
export interface Place extends Box {
  readonly maximized: boolean;
  readonly fullScreen: boolean;
}

export const SMALLEST = { width: 800, height: 600 } as const;
export const USUAL = { width: 1280, height: 800 } as const;

/** Of its upper edge, this much must be on a screen, or nobody could take hold of the window. */
const GRIP = { width: 120, height: 32 } as const;
const STEP = 28;

const overlap = (a: Box, b: Box): { width: number; height: number } => ({
  width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
  height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
});

const canBeGripped = (box: Box, screen: Box): boolean => {
  const seen = overlap({ ...box, height: GRIP.height }, screen);
  return seen.width >= GRIP.width && seen.height >= GRIP.height;
};

/** Never larger than the screen, and otherwise never smaller than the smallest. */
const fitSize = (size: { width: number; height: number }, screen: Box) => ({
  width: Math.min(Math.max(size.width, SMALLEST.width), screen.width),
  height: Math.min(Math.max(size.height, SMALLEST.height), screen.height),
});

const centred = (size: { width: number; height: number }, screen: Box): Box => ({
  x: Math.round(screen.x + (screen.width - size.width) / 2),
  y: Math.round(screen.y + (screen.height - size.height) / 2),
  ...size,
});

const coincides = (a: Box, b: Box): boolean => Math.abs(a.x - b.x) < STEP / 2 && Math.abs(a.y - b.y) < STEP / 2;

/** Steps down and right from windows that lie exactly there; starts over at the screen's corner when it runs out. */
const besideOthers = (box: Box, screen: Box, others: readonly Box[]): Box => {
  let place = box;
  for (let step = 0; step < others.length && others.some((other) => coincides(other, place)); step += 1) {
    const next = { ...place, x: place.x + STEP, y: place.y + STEP };
    const inside = next.x + next.width <= screen.x + screen.width && next.y + next.height <= screen.y + screen.height;
    place = inside ? next : { ...place, x: screen.x + step * STEP, y: screen.y + step * STEP };
  }
  return place;
};

/** The place itself, fitted to the first screen on which it can be taken hold of. */
const atHome = ({ x, y, width, height }: Box, screens: readonly Box[]): { box: Box; screen: Box } | undefined =>
  screens
    .map((screen) => ({ screen, box: { x, y, ...fitSize({ width, height }, screen) } }))
    .find(({ screen, box }) => canBeGripped(box, screen));

/**
 * Where a window opens: where it was left if that can still be taken hold of, else in the middle of the first
 * screen (the one it lay on may be gone). `screens` are work areas, the primary one first.
 */
export const placeWindow = (left: Place | null, screens: readonly Box[], others: readonly Box[]): Box => {
  const primary = screens[0] ?? { x: 0, y: 0, ...USUAL };
  const there = left && atHome(left, screens);
  if (there) return besideOthers(there.box, there.screen, others);
  return besideOthers(centred(fitSize(left ?? USUAL, primary), primary), primary, others);
};

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** A stored place, or null when it is not one. */
export const readPlace = (stored: unknown): Place | null => {
  if (typeof stored !== 'object' || stored === null) return null;
  const { x, y, width, height, maximized, fullScreen } = stored as Readonly<Record<string, unknown>>;
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height)) return null;
  if (width <= 0 || height <= 0 || Math.max(Math.abs(x), Math.abs(y), width, height) > 100_000) return null;
  return { x, y, width, height, maximized: maximized === true, fullScreen: fullScreen === true };
};
