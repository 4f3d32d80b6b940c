import { canonicalUuidBytes, UUID_MARK, uuidText } from './uuid-bytes.ts';

/** A pool's whole content, structured-cloneable. */
export interface StringPoolData {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly table: Int32Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Distinct strings, each known by a small number given once and for good. The text lies in one byte array and the
 * look-up in one open-addressed table, so a hundred thousand ids cost two megabytes, are stored as they are and need
 * no rebuilding at start. UUIDs take 17 bytes: a mark that UTF-8 never uses, then the 16 bytes themselves.
 */
export class StringPool {
  #bytes: Uint8Array;
  #starts: Uint32Array;
  #table: Int32Array;
  #count: number;
  #scratch = new Uint8Array(256);

  constructor(data?: StringPoolData) {
    this.#bytes = data?.bytes ?? new Uint8Array(1024);
    this.#starts = data?.starts ?? new Uint32Array(65);
    this.#table = data?.table ?? new Int32Array(128).fill(-1);
    this.#count = data === undefined ? 0 : data.starts.length - 1;
  }

  get size(): number {
    return this.#count;
  }

  /** The string's number, given now if it is new. */
  intern(text: string): number {
    const length = this.#encode(text);
    const cell = this.#cellOf(length);
    const found = this.#table[cell] ?? -1;
    return found >= 0 ? found : this.#add(length, cell);
  }

  /** The string's number, or -1. */
  find(text: string): number {
    return this.#table[this.#cellOf(this.#encode(text))] ?? -1;
  }

  at(index: number): string {
    if (index < 0 || index >= this.#count) throw new RangeError(`no string ${index} in a pool of ${this.#count}`);
    const start = this.#starts[index] ?? 0;
    const end = this.#starts[index + 1] ?? 0;
    if (this.#bytes[start] === UUID_MARK && end - start === 17) return uuidText(this.#bytes, start + 1);
    return decoder.decode(this.#bytes.subarray(start, end));
  }

  /** Order of the stored bytes: for UUIDs the order of their text. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const [startA, endA] = [this.#starts[a] ?? 0, this.#starts[a + 1] ?? 0];
    const [startB, endB] = [this.#starts[b] ?? 0, this.#starts[b + 1] ?? 0];
    const shared = Math.min(endA - startA, endB - startB);
    for (let at = 0; at < shared; at += 1) {
      const difference = (this.#bytes[startA + at] ?? 0) - (this.#bytes[startB + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return endA - startA - (endB - startB);
  }

  /** Copies, trimmed to what is used. */
  data(): StringPoolData {
    return {
      bytes: this.#bytes.slice(0, this.#starts[this.#count] ?? 0),
      starts: this.#starts.slice(0, this.#count + 1),
      table: this.#table.slice(),
    };
  }

  #encode(text: string): number {
    if (text.length * 3 > this.#scratch.length) this.#scratch = new Uint8Array(text.length * 6);
    if (canonicalUuidBytes(text, this.#scratch, 1)) {
      this.#scratch[0] = UUID_MARK;
      return 17;
    }
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 127) return encoder.encodeInto(text, this.#scratch).written;
      this.#scratch[at] = code;
    }
    return text.length;
  }

  /** Where the scratch string is in the table, or the free cell where it belongs. */
  #cellOf(length: number): number {
    const mask = this.#table.length - 1;
    let cell = hashOf(this.#scratch, 0, length) & mask;
    for (;;) {
      const index = this.#table[cell] ?? -1;
      if (index < 0 || this.#equals(index, length)) return cell;
      cell = (cell + 1) & mask;
    }
  }

  #equals(index: number, length: number): boolean {
    const start = this.#starts[index] ?? 0;
    if ((this.#starts[index + 1] ?? 0) - start !== length) return false;
    for (let at = 0; at < length; at += 1) if (this.#bytes[start + at] !== this.#scratch[at]) return false;
    return true;
  }

  #add(length: number, cell: number): number {
    const start = this.#starts[this.#count] ?? 0;
    if (start + length > this.#bytes.length) this.#bytes = grown(this.#bytes, start + length);
    if (this.#count + 2 > this.#starts.length) {
      const wider = new Uint32Array(this.#starts.length * 2);
      wider.set(this.#starts);
      this.#starts = wider;
    }
    this.#bytes.set(this.#scratch.subarray(0, length), start);
    const index = this.#count;
    this.#count += 1;
    this.#starts[this.#count] = start + length;
    this.#table[cell] = index;
    if (this.#count * 2 > this.#table.length) this.#rehash();
    return index;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let index = 0; index < this.#count; index += 1) {
      let cell = hashOf(this.#bytes, this.#starts[index] ?? 0, this.#starts[index + 1] ?? 0) & mask;
      while ((table[cell] ?? -1) >= 0) cell = (cell + 1) & mask;
      table[cell] = index;
    }
    this.#table = table;
  }
}

/** FNV-1a with a last mixing, so that ids which differ only in their first bytes spread too. */
const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 1;
};

const grown = (bytes: Uint8Array, needed: number): Uint8Array => {
  const wider = new Uint8Array(Math.max(bytes.length * 2, needed));
  wider.set(bytes);
  return wider;
};
