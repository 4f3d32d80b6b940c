interface Ranked {
  readonly name: string;
  readonly rank: number;
}

/** After every name: a cell with nothing in it. */
export const NO_NAME = Number.POSITIVE_INFINITY;

/**
 * A number for every person that sorts like the name in the reader's language, so that ordering a hundred thousand
 * rows by caller compares numbers. A name that comes later gets a rank between its neighbours.
 */
export class NameRanks {
  readonly #collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
  readonly #ranks = new Map<number, number>();
  #sorted: Ranked[] = [];

  /** Ranks all at once; far quicker than one after the other. */
  rankAll(names: ReadonlyMap<number, string | null>): void {
    this.#ranks.clear();
    this.#sorted = [];
    const known = [...names].filter((entry): entry is [number, string] => entry[1] !== null);
    known.sort((a, b) => this.#collator.compare(a[1], b[1]));
    for (const [ref, name] of known) {
      const last = this.#sorted.at(-1);
      const same = last !== undefined && this.#collator.compare(last.name, name) === 0;
      if (!same) this.#sorted.push({ name, rank: this.#sorted.length });
      this.#ranks.set(ref, this.#sorted.length - 1);
    }
    for (const [ref, name] of names) if (name === null) this.#ranks.set(ref, NO_NAME);
  }

  has(ref: number): boolean {
    return this.#ranks.has(ref);
  }

  of(ref: number): number {
    return ref === 0 ? NO_NAME : (this.#ranks.get(ref) ?? NO_NAME);
  }

  /** False when there is no room left between the neighbours: rank all again. */
  add(ref: number, name: string | null): boolean {
    const rank = name === null ? NO_NAME : this.#insert(name);
    if (rank === null) return false;
    this.#ranks.set(ref, rank);
    return true;
  }

  #insert(name: string): number | null {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#collator.compare(this.#sorted[middle]?.name ?? '', name) < 0) low = middle + 1;
      else high = middle;
    }
    const next = this.#sorted[low];
    if (next !== undefined && this.#collator.compare(next.name, name) === 0) return next.rank;
    const before = this.#sorted[low - 1]?.rank ?? (next?.rank ?? 0) - 2;
    const after = next?.rank ?? before + 2;
    const rank = before + (after - before) / 2;
    if (rank <= before || rank >= after) return null;
    this.#sorted.splice(low, 0, { name, rank });
    return rank;
  }
}
