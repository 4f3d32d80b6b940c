import { NameRanks } from './name-ranks.ts';
import type { StringPool } from './string-pool.ts';

/** More new prefixes at once than this are ranked all together. */
const FEW = 32;

/** Sorts numbers as people read them: by what stands before the last digits, then by the digits' value. */
export class NumberOrder {
  readonly #keys: StringPool;
  readonly #prefixes = new Map<string, number>();
  readonly #ranks = new NameRanks();
  readonly #prefixOf: number[] = [];
  readonly #valueOf: number[] = [];

  constructor(keys: StringPool) {
    this.#keys = keys;
  }

  prefixRank(key: number): number {
    if (key >= this.#prefixOf.length) this.#readAll();
    return this.#ranks.of(this.#prefixOf[key] ?? 0);
  }

  value(key: number): number {
    if (key >= this.#prefixOf.length) this.#readAll();
    return this.#valueOf[key] ?? 0;
  }

  #readAll(): void {
    const fresh: string[] = [];
    for (let key = this.#prefixOf.length; key < this.#keys.size; key += 1) {
      const [, prefix = '', digits = ''] = /^(.*?)(\d*)$/s.exec(this.#keys.at(key)) ?? [];
      this.#prefixOf.push(this.#indexOf(prefix, fresh));
      this.#valueOf.push(Number(digits));
    }
    if (fresh.length > 0) this.#rank(fresh);
  }

  /** From 1 upward: 0 has the rank of nothing. */
  #indexOf(prefix: string, fresh: string[]): number {
    const known = this.#prefixes.get(prefix);
    if (known !== undefined) return known;
    fresh.push(prefix);
    this.#prefixes.set(prefix, this.#prefixes.size + 1);
    return this.#prefixes.size;
  }

  #rank(fresh: readonly string[]): void {
    const added =
      fresh.length <= FEW && fresh.every((prefix) => this.#ranks.add(this.#prefixes.get(prefix) ?? 0, prefix));
    if (!added) this.#ranks.rankAll(new Map([...this.#prefixes].map(([prefix, index]) => [index, prefix])));
  }
}
