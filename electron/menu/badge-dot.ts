/** A picture as Electron's bitmaps hold it: four bytes a pixel, blue, green, red, alpha. */
export interface Bitmap {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The colour of what is urgent, on every ground a tray may have. */
const DOT = { blue: 0x1a, green: 0x20, red: 0xb3 } as const;

/** How much of the pixel the disc covers: 0 to 1, soft over one pixel at the rim. */
const coverage = (x: number, y: number, centre: { x: number; y: number }, radius: number): number =>
  Math.min(Math.max(radius - Math.hypot(x + 0.5 - centre.x, y + 0.5 - centre.y) + 0.5, 0), 1);

/** The same picture with a dot in its upper right corner: there are alerts nobody has acknowledged. */
export const withDot = ({ data, width, height }: Bitmap): Bitmap => {
  const marked = Buffer.from(data);
  const radius = width * 0.22;
  const centre = { x: width - radius, y: radius };
  const mix = (at: number, colour: number, share: number) => {
    marked[at] = Math.round((marked[at] ?? 0) * (1 - share) + colour * share);
  };
  for (let y = 0; y < Math.min(height, 2 * radius + 1); y += 1) {
    for (let x = Math.floor(width - 2 * radius - 1); x < width; x += 1) {
      const share = coverage(x, y, centre, radius);
      const at = (y * width + x) * 4;
      mix(at, DOT.blue, share);
      mix(at + 1, DOT.green, share);
      mix(at + 2, DOT.red, share);
      mix(at + 3, 255, share);
    }
  }
  return { data: marked, width, height };
};
