import { readFile, writeFile } from 'node:fs/promises';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Writes a browser's screenshot again as a PNG of at most 256 colours: a third of the size, and alike to the eye. */

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of every pixel, row by row. */
  readonly pixels: Buffer;
}

function chunksOf(png: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.set(name, Buffer.concat([chunks.get(name) ?? Buffer.alloc(0), data]));
    at += length + 12;
  }
  return chunks;
}

/** The byte a PNG filter foresaw from those left, above, and above left of it. */
function foreseen(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter === 0) return 0;
  const estimate = left + up - upLeft;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}

/** Reads what Chromium writes: eight bits a channel, with or without transparency, not interlaced. */
function decode(png: Buffer): Picture {
  const chunks = chunksOf(png);
  const head = chunks.get('IHDR') ?? Buffer.alloc(13);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const step = head[9] === 6 ? 4 : 3;
  const raw = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const stride = width * step;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < step ? 0 : (rows[at - step] ?? 0);
      const up = y === 0 ? 0 : (rows[at - stride] ?? 0);
      const upLeft = x < step || y === 0 ? 0 : (rows[at - stride - step] ?? 0);
      rows[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + foreseen(filter, left, up, upLeft);
    }
  }
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) rows.copy(pixels, at * 3, at * step, at * step + 3);
  return { width, height, pixels };
}

const near = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;

/** The colours used most, which are the surfaces and inks, and for every other colour the place of the nearest. */
function paletteOf(colours: readonly number[]): { palette: readonly number[]; placeOf: ReadonlyMap<number, number> } {
  const uses = new Map<number, number>();
  for (const colour of colours) uses.set(colour, (uses.get(colour) ?? 0) + 1);
  const palette: number[] = [];
  const byUse = [...uses].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  // Close shades of antialiased text would crowd rare colours out: each new one keeps a distance from the others.
  for (const distance of [150, 0]) {
    for (const colour of byUse) {
      if (palette.length < 256 && palette.every((one) => near(one, colour) > distance)) palette.push(colour);
    }
  }
  const placeOf = new Map<number, number>();
  for (const colour of byUse) {
    let best = 0;
    for (let at = 1; at < palette.length; at += 1) {
      if (near(palette[at] ?? 0, colour) < near(palette[best] ?? 0, colour)) best = at;
    }
    placeOf.set(colour, best);
  }
  return { palette, placeOf };
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function encode({ width, height, pixels }: Picture): Buffer {
  const colours = Array.from({ length: width * height }, (_, at) => pixels.readUIntBE(at * 3, 3));
  const { palette, placeOf } = paletteOf(colours);
  const rows = Buffer.alloc((width + 1) * height);
  for (const [at, colour] of colours.entries()) rows[at + Math.floor(at / width) + 1] = placeOf.get(colour) ?? 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const makeSmall = async (file: string): Promise<void> => writeFile(file, encode(decode(await readFile(file))));
