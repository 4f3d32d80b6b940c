/** Slots to a chunk: one edit splits and joins this many lines. */
const CHUNK_BITS = 9;
const CHUNK = 1 << CHUNK_BITS;
/** Chunks kept as separate lines before they are joined again: what a bulk load or a burst of edits touches. */
const OPEN_CHUNKS = 64;

export const LINE_FIELD = '\u0001';
/** Text that can be part of a line: the two separators become spaces. */
export const lineField = (folded: string): string => folded.replaceAll('\n', ' ').replaceAll(LINE_FIELD, ' ');

/**
 * One line of folded text a slot, joined chunk by chunk: looking for a word is a native search through some hundred
 * long strings instead of a hundred thousand short ones. A changed chunk falls apart into lines until it is next read.
 */
export class FoldedLines {
  readonly #joined: string[];
  readonly #starts: (Uint32Array | undefined)[] = [];
  readonly #open = new Map<number, string[]>();

  constructor(joined: readonly string[] = []) {
    this.#joined = [...joined];
  }

  set(slot: number, line: string): void {
    const chunk = slot >> CHUNK_BITS;
    let lines = this.#open.get(chunk);
    if (lines === undefined) {
      if (this.#open.size >= OPEN_CHUNKS) this.#joinAll();
      lines = this.#linesOf(chunk);
      this.#open.set(chunk, lines);
    }
    lines[slot & (CHUNK - 1)] = line;
  }

  get(slot: number): string {
    const chunk = slot >> CHUNK_BITS;
    const open = this.#open.get(chunk);
    if (open !== undefined) return open[slot & (CHUNK - 1)] ?? '';
    const starts = this.#startsOf(chunk);
    const at = slot & (CHUNK - 1);
    return (this.#joined[chunk] ?? '').slice(starts[at] ?? 0, (starts[at + 1] ?? 1) - 1);
  }

  /** Calls back for every slot whose line contains the word, in order of slots. The word is not empty. */
  eachContaining(word: string, found: (slot: number) => void): void {
    this.#joinAll();
    for (let chunk = 0; chunk < this.#joined.length; chunk += 1) this.#eachInChunk(chunk, word, found);
  }

  /** All lines, structured-cloneable. */
  data(): string[] {
    this.#joinAll();
    return [...this.#joined];
  }

  #eachInChunk(chunk: number, word: string, found: (slot: number) => void): void {
    const text = this.#joined[chunk] ?? '';
    let at = text.indexOf(word);
    if (at < 0) return;
    const starts = this.#startsOf(chunk);
    while (at >= 0) {
      const line = lineAt(starts, at);
      found((chunk << CHUNK_BITS) + line);
      at = text.indexOf(word, starts[line + 1]);
    }
  }

  #linesOf(chunk: number): string[] {
    const text = this.#joined[chunk];
    return text === undefined ? new Array<string>(CHUNK).fill('') : text.split('\n');
  }

  #joinAll(): void {
    if (this.#open.size === 0) return;
    for (const [chunk, lines] of this.#open) {
      while (this.#joined.length < chunk) this.#joined.push('\n'.repeat(CHUNK - 1));
      this.#joined[chunk] = lines.join('\n');
      this.#starts[chunk] = undefined;
    }
    this.#open.clear();
  }

  /** Where each line begins, and one past the end. */
  #startsOf(chunk: number): Uint32Array {
    const known = this.#starts[chunk];
    if (known !== undefined) return known;
    const text = this.#joined[chunk] ?? '\n'.repeat(CHUNK - 1);
    const starts = new Uint32Array(CHUNK + 1);
    for (let line = 1, at = 0; line <= CHUNK; line += 1) {
      const end = text.indexOf('\n', at);
      at = (end < 0 ? text.length : end) + 1;
      starts[line] = at;
    }
    this.#starts[chunk] = starts;
    return starts;
  }
}

/** The line a place in the text belongs to. */
const lineAt = (starts: Uint32Array, place: number): number => {
  let low = 0;
  let high = CHUNK;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  return low;
};
