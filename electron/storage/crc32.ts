import * as zlib from 'node:zlib';

/** Eight tables, so that eight bytes are taken at a time where the runtime has no CRC of its own. */
const TABLES = makeTables();

function makeTables(): readonly Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  const tables = [first];
  while (tables.length < 8) {
    const before = tables.at(-1) ?? first;
    tables.push(before.map((value) => at(first, value & 255) ^ (value >>> 8)));
  }
  return tables;
}

function at(table: Int32Array | undefined, index: number): number {
  return table?.[index] ?? 0;
}

const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES;

/** CRC-32 (IEEE) of `bytes`, going on from an earlier value; in plain JavaScript. */
export function crc32Portable(bytes: Buffer, earlier = 0): number {
  let crc = ~earlier;
  let index = 0;
  for (const last = bytes.length - 7; index < last; index += 8) {
    const low = crc ^ bytes.readInt32LE(index);
    const high = bytes.readInt32LE(index + 4);
    crc =
      at(T7, low & 255) ^
      at(T6, (low >>> 8) & 255) ^
      at(T5, (low >>> 16) & 255) ^
      at(T4, low >>> 24) ^
      at(T3, high & 255) ^
      at(T2, (high >>> 8) & 255) ^
      at(T1, (high >>> 16) & 255) ^
      at(T0, high >>> 24);
  }
  for (; index < bytes.length; index += 1) crc = at(T0, (crc ^ (bytes[index] ?? 0)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** CRC-32 by the runtime where it has one (Node 22 and later), else the portable one. */
export const crc32: (bytes: Buffer, earlier?: number) => number =
  typeof zlib.crc32 === 'function' ? (bytes, earlier = 0) => zlib.crc32(bytes, earlier) : crc32Portable;
