import type { Incident } from '#domain/incident/incident.ts';
import { numberKey, numberKeysTyped, parseNumber } from '#domain/incident/numbering.ts';
import { StringPool, type StringPoolData } from './string-pool.ts';

export interface NumberTableData {
  readonly keys: StringPoolData;
  readonly holders: Int32Array;
  /** Slot and alias key, pair after pair. */
  readonly aliases: Uint32Array;
  readonly highest: number;
}

/**
 * Which incident a number or an alias leads to. A number goes before another incident's alias; an alias claimed
 * twice leads to the first, until that one lets go of it.
 */
export class NumberTable {
  readonly keys: StringPool;
  #holders: Int32Array;
  readonly #aliases = new Map<number, number[]>();
  #highest: number;

  constructor(data?: NumberTableData) {
    this.keys = new StringPool(data?.keys);
    this.#holders = data?.holders ?? new Int32Array(64).fill(-1);
    this.#highest = data?.highest ?? 0;
    for (let at = 0; data !== undefined && at < data.aliases.length; at += 2) {
      this.#aliasesOf(data.aliases[at] ?? 0).push(data.aliases[at + 1] ?? 0);
    }
  }

  /** Highest value of our own form ever held here; never goes down, so that no number is issued twice. */
  get highest(): number {
    return this.#highest;
  }

  /** Key of the incident's number, after claiming it and its aliases for the slot. */
  claim(slot: number, incident: Pick<Incident, 'number' | 'aliases'>): number {
    const own = this.#keyFor(incident.number);
    this.#holders[own] = slot;
    if (incident.aliases.length > 0) {
      const aliases = incident.aliases.map((alias) => this.#keyFor(alias.value));
      this.#aliases.set(slot, aliases);
      for (const alias of aliases) if ((this.#holders[alias] ?? -1) < 0) this.#holders[alias] = slot;
    }
    return own;
  }

  release(slot: number, ownKey: number): void {
    const keys = [ownKey, ...(this.#aliases.get(slot) ?? [])];
    this.#aliases.delete(slot);
    for (const key of keys) if (this.#holders[key] === slot) this.#holders[key] = this.#otherClaimant(key);
  }

  /** True when `claim` of this incident would change nothing. */
  holds(slot: number, ownKey: number, incident: Pick<Incident, 'number' | 'aliases'>): boolean {
    if (this.keys.find(numberKey(incident.number)) !== ownKey) return false;
    const known = this.#aliases.get(slot) ?? [];
    return (
      known.length === incident.aliases.length &&
      incident.aliases.every((alias, at) => this.keys.find(numberKey(alias.value)) === known[at])
    );
  }

  /** The slot that exactly this number or alias leads to, or -1. */
  holderOf(number: string): number {
    const key = this.keys.find(numberKey(number));
    return key < 0 ? -1 : (this.#holders[key] ?? -1);
  }

  /** The same as a person types it: any case, zeros and prefix may be missing. */
  holderOfTyped(text: string): number {
    for (const key of numberKeysTyped(text)) {
      const slot = this.holderOf(key);
      if (slot >= 0) return slot;
    }
    return -1;
  }

  isAliasOf(slot: number, key: number): boolean {
    return this.#aliases.get(slot)?.includes(key) ?? false;
  }

  holderAt(key: number): number {
    return this.#holders[key] ?? -1;
  }

  data(): NumberTableData {
    return {
      keys: this.keys.data(),
      holders: this.#holders.slice(0, this.keys.size),
      aliases: Uint32Array.from([...this.#aliases].flatMap(([slot, keys]) => keys.flatMap((key) => [slot, key]))),
      highest: this.#highest,
    };
  }

  #keyFor(number: string): number {
    const key = this.keys.intern(numberKey(number));
    if (key >= this.#holders.length) {
      const wider = new Int32Array(Math.max(this.#holders.length * 2, key + 1)).fill(-1);
      wider.set(this.#holders);
      this.#holders = wider;
    }
    this.#highest = Math.max(this.#highest, parseNumber(number) ?? 0);
    return key;
  }

  #aliasesOf(slot: number): number[] {
    const known = this.#aliases.get(slot);
    if (known !== undefined) return known;
    const fresh: number[] = [];
    this.#aliases.set(slot, fresh);
    return fresh;
  }

  #otherClaimant(key: number): number {
    for (const [slot, keys] of this.#aliases) if (keys.includes(key)) return slot;
    return -1;
  }
}
