/**
 * How records lie in a segment or stage file. Little-endian, 24 bytes of head and then the payload:
 * mark (4) · type (1) · 1 if it begins a batch (1) · format version (2) · payload length (4) · checksum (4) · lsn (8).
 * The checksum is the CRC-32 of everything but itself. The mark can't occur in UTF-8 text, so after damage the next
 * record is found again.
 */
import { crc32 } from './crc32.ts';

export const RECORD_HEAD = 24;
const LENGTH_AT = 8;
const CHECKSUM_AT = 12;
const LSN_AT = 16;
const MARK = Buffer.from([0xf5, 0x44, 0x4b, 0xfe]);
/** Longest payload believed: the largest batch of HOST_LIMITS, every character three bytes. */
const MAX_PAYLOAD = 256 * 1024 * 1024;

export const RECORD = { header: 1, frame: 2, summary: 3, chunk: 4, seal: 5 } as const;
export type RecordType = (typeof RECORD)[keyof typeof RECORD];

export interface StoredRecord {
  readonly type: number;
  readonly version: number;
  /** The first frame of an append: what stands before it was confirmed before it was written. */
  readonly beginsBatch: boolean;
  /** lsn of a frame; number of the first line of a stage chunk. */
  readonly lsn: number;
  readonly offset: number;
  readonly end: number;
  readonly payload: Buffer;
}
/** Bytes between records that are no record. `at the end` of a file they may be a torn write. */
export interface BadBytes {
  readonly offset: number;
  readonly end: number;
  readonly reason: 'cutShort' | 'checksum' | 'noRecord';
}

const checksum = (record: Buffer) => crc32(record.subarray(LSN_AT), crc32(record.subarray(0, CHECKSUM_AT)));

export function encodeRecord(
  type: RecordType,
  version: number,
  lsn: number,
  text: string,
  beginsBatch = false,
): Buffer {
  const length = Buffer.byteLength(text, 'utf8');
  const record = Buffer.alloc(RECORD_HEAD + length);
  MARK.copy(record, 0);
  record.writeUInt8(type, 4);
  record.writeUInt8(beginsBatch ? 1 : 0, 5);
  record.writeUInt16LE(version, 6);
  record.writeUInt32LE(length, LENGTH_AT);
  record.writeBigUInt64LE(BigInt(lsn), LSN_AT);
  record.write(text, RECORD_HEAD, 'utf8');
  record.writeUInt32LE(checksum(record), CHECKSUM_AT);
  return record;
}

/** Length of the whole record that begins here, or null if no record begins here. */
export function recordLength(bytes: Buffer, offset: number): number | null {
  if (offset + RECORD_HEAD > bytes.length || bytes.compare(MARK, 0, 4, offset, offset + 4) !== 0) return null;
  const length = bytes.readUInt32LE(offset + LENGTH_AT);
  return length > MAX_PAYLOAD ? null : RECORD_HEAD + length;
}

/** The record at `offset`, or why there is none. */
export function recordAt(bytes: Buffer, offset: number): StoredRecord | BadBytes['reason'] {
  const length = recordLength(bytes, offset);
  if (length === null) return bytes.length - offset < RECORD_HEAD ? 'cutShort' : 'noRecord';
  const end = offset + length;
  if (end > bytes.length) return 'cutShort';
  const record = bytes.subarray(offset, end);
  if (checksum(record) !== record.readUInt32LE(CHECKSUM_AT)) return 'checksum';
  const lsn = Number(record.readBigUInt64LE(LSN_AT));
  const payload = record.subarray(RECORD_HEAD);
  const beginsBatch = record.readUInt8(5) === 1;
  return { type: record.readUInt8(4), version: record.readUInt16LE(6), beginsBatch, lsn, offset, end, payload };
}

/** Every good record from `offset` on, and every stretch of bytes between them that is none. */
export function* scanRecords(bytes: Buffer, offset: number): Generator<StoredRecord | BadBytes> {
  let at = offset;
  while (at < bytes.length) {
    const found = recordAt(bytes, at);
    if (typeof found === 'object') {
      yield found;
      at = found.end;
      continue;
    }
    const next = nextGood(bytes, at + 1);
    yield { offset: at, end: next, reason: found };
    at = next;
  }
}

function nextGood(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MARK, from); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
    if (typeof recordAt(bytes, at) === 'object') return at;
  }
  return bytes.length;
}

export const isRecord = (found: StoredRecord | BadBytes): found is StoredRecord => 'payload' in found;

/** A file begins with ten bytes: eight that say what it is, two for the version of this layout. */
export const PREAMBLE = 10;
export const LAYOUT_VERSION = 1;

export function encodePreamble(kind: 'DBELLSEG' | 'DBELLSTG'): Buffer {
  const bytes = Buffer.alloc(PREAMBLE);
  bytes.write(kind, 0, 'latin1');
  bytes.writeUInt16LE(LAYOUT_VERSION, 8);
  return bytes;
}

/** The layout version of a file, or null when its beginning is damaged. */
export const layoutVersion = (bytes: Buffer, kind: 'DBELLSEG' | 'DBELLSTG'): number | null =>
  bytes.length >= PREAMBLE && bytes.toString('latin1', 0, 8) === kind ? bytes.readUInt16LE(8) : null;
