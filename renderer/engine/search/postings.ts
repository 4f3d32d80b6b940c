/** Bytes of text in the first block of a term, the second …; the last size goes on for ever. */
const BLOCKS = [4, 12, 28, 60, 124, 252, 508, 1020, 2044, 4092] as const;
const LAST = BLOCKS.length - 1;
/** Each block ends with the place of the next one. */
const LINK = 4;
const FIRST_CAPACITY = 1 << 16;

/** All lists, trimmed, structured-cloneable. */
export interface PostingsData {
  readonly arena: Uint8Array;
  readonly heads: Uint32Array;
  readonly tails: Uint32Array;
  readonly room: Uint16Array;
  readonly levels: Uint8Array;
  readonly lastDocs: Uint32Array;
  readonly counts: Uint32Array;
}

/**
 * For each term the documents it occurs in, in rising order, with one mark each. Lists grow in place: a term owns a
 * chain of blocks in one byte array, each longer than the one before, so adding a document never moves or sorts
 * anything and nothing is ever merged. A posting is the distance to the one before and the mark, seven bits a byte.
 */
export class Postings {
  #arena: Uint8Array;
  #used: number;
  #heads: Uint32Array;
  /** Next byte to be written. */
  #tails: Uint32Array;
  /** Bytes left in the last block. */
  #room: Uint16Array;
  #levels: Uint8Array;
  /** Last document plus one. */
  #lastDocs: Uint32Array;
  #counts: Uint32Array;
  #terms: number;

  constructor(data?: PostingsData) {
    this.#arena = data?.arena ?? new Uint8Array(FIRST_CAPACITY);
    this.#used = data?.arena.length ?? 0;
    this.#heads = data?.heads ?? new Uint32Array(64);
    this.#tails = data?.tails ?? new Uint32Array(64);
    this.#room = data?.room ?? new Uint16Array(64);
    this.#levels = data?.levels ?? new Uint8Array(64);
    this.#lastDocs = data?.lastDocs ?? new Uint32Array(64);
    this.#counts = data?.counts ?? new Uint32Array(64);
    this.#terms = data?.heads.length ?? 0;
  }

  /** Documents are added in rising order, each term at most once a document. */
  add(term: number, doc: number, marked: boolean): void {
    this.#makeTerms(term + 1);
    let value = (doc + 1 - (this.#lastDocs[term] ?? 0)) * 2 + Number(marked);
    const size = value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
    if ((this.#room[term] ?? 0) < size) this.#nextBlock(term);
    let at = this.#tails[term] ?? 0;
    while (value >= 0x80) {
      this.#arena[at++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.#arena[at++] = value;
    this.#tails[term] = at;
    this.#room[term] = (this.#room[term] ?? 0) - size;
    this.#lastDocs[term] = doc + 1;
    this.#counts[term] = (this.#counts[term] ?? 0) + 1;
  }

  /** How many documents have the term. */
  count(term: number): number {
    return this.#counts[term] ?? 0;
  }

  /** Calls back for each document of the term, rising. */
  each(term: number, visit: (doc: number, marked: number) => void): void {
    const arena = this.#arena;
    let at = this.#heads[term] ?? 0;
    let end = at + BLOCKS[0];
    let level = 0;
    let doc = -1;
    for (let left = this.count(term); left > 0; left -= 1) {
      // A posting never begins with 0: that, like the end, says that the block holds no more.
      if (at === end || arena[at] === 0) {
        at = this.#linkAt(end);
        level = Math.min(level + 1, LAST);
        end = at + (BLOCKS[level] as number);
      }
      let byte = arena[at++] as number;
      let value = byte & 0x7f;
      for (let shift = 7; byte >= 0x80; shift += 7) {
        byte = arena[at++] as number;
        value |= (byte & 0x7f) << shift;
      }
      doc += value >>> 1;
      visit(doc, value & 1);
    }
  }

  data(): PostingsData {
    const trimmed = <T extends { slice(from: number, to: number): T }>(list: T) => list.slice(0, this.#terms);
    return {
      arena: this.#arena.slice(0, this.#used),
      heads: trimmed(this.#heads),
      tails: trimmed(this.#tails),
      room: trimmed(this.#room),
      levels: trimmed(this.#levels),
      lastDocs: trimmed(this.#lastDocs),
      counts: trimmed(this.#counts),
    };
  }

  #nextBlock(term: number): void {
    const isFirst = this.#counts[term] === 0;
    const level = isFirst ? 0 : Math.min((this.#levels[term] ?? 0) + 1, LAST);
    const size = BLOCKS[level] ?? 0;
    const start = this.#used;
    this.#makeRoom(size + LINK);
    if (isFirst) this.#heads[term] = start;
    else this.#link((this.#tails[term] ?? 0) + (this.#room[term] ?? 0), start);
    this.#tails[term] = start;
    this.#room[term] = size;
    this.#levels[term] = level;
  }

  #link(at: number, to: number): void {
    for (let byte = 0; byte < LINK; byte += 1) this.#arena[at + byte] = (to >>> (byte * 8)) & 0xff;
  }

  #linkAt(at: number): number {
    const arena = this.#arena;
    const low = (arena[at] ?? 0) | ((arena[at + 1] ?? 0) << 8) | ((arena[at + 2] ?? 0) << 16);
    return low + (arena[at + 3] ?? 0) * 0x1000000;
  }

  #makeRoom(bytes: number): void {
    this.#used += bytes;
    if (this.#used <= this.#arena.length) return;
    const wider = new Uint8Array(Math.max(Math.ceil(this.#arena.length * 1.5), this.#used));
    wider.set(this.#arena);
    this.#arena = wider;
  }

  #makeTerms(count: number): void {
    this.#terms = Math.max(this.#terms, count);
    if (count <= this.#heads.length) return;
    const size = Math.max(this.#heads.length * 2, count);
    this.#heads = widened(this.#heads, new Uint32Array(size));
    this.#tails = widened(this.#tails, new Uint32Array(size));
    this.#room = widened(this.#room, new Uint16Array(size));
    this.#levels = widened(this.#levels, new Uint8Array(size));
    this.#lastDocs = widened(this.#lastDocs, new Uint32Array(size));
    this.#counts = widened(this.#counts, new Uint32Array(size));
  }
}

function widened<T extends Uint8Array | Uint16Array | Uint32Array>(list: T, wider: T): T {
  wider.set(list);
  return wider;
}
