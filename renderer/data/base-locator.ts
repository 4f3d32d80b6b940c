import type { Id } from '#domain/activity/activity.ts';
import { idHash } from './id-hash.ts';
import type { BaseHashRow } from './rows.ts';

/**
 * Finds the base pages that may hold an incident: all id hashes of a page side by side in one typed array, so that
 * 100,000 incidents cost 800 KB instead of a map of strings. Two ids may share a hash; the caller looks into the page.
 */
export class BaseLocator {
  private readonly pages: string[] = [];
  private hashes = new Uint32Array(0);
  private owners = new Uint32Array(0);
  private readonly added = new Map<number, number[]>();

  /** Takes all pages at once; later ones come through `add` and are searched one by one. */
  static of(rows: readonly BaseHashRow[]): BaseLocator {
    const locator = new BaseLocator();
    const total = rows.reduce((sum, row) => sum + row.hashes.length, 0);
    const order = new Float64Array(total);
    let at = 0;
    for (const row of rows) {
      const owner = locator.pages.push(row.page) - 1;
      for (const hash of row.hashes) {
        order[at] = hash * 0x200000 + owner;
        at += 1;
      }
    }
    order.sort();
    locator.hashes = Uint32Array.from(order, (value) => Math.floor(value / 0x200000));
    locator.owners = Uint32Array.from(order, (value) => value % 0x200000);
    return locator;
  }

  add(row: BaseHashRow): void {
    const owner = this.pages.push(row.page) - 1;
    for (const hash of row.hashes) {
      const known = this.added.get(hash);
      if (known) known.push(owner);
      else this.added.set(hash, [owner]);
    }
  }

  /** Pages that may hold the id, usually none or one. */
  candidates(id: Id): readonly string[] {
    const hash = idHash(id);
    const found: string[] = [];
    for (let at = this.firstOf(hash); this.hashes[at] === hash; at += 1) this.push(found, this.owners[at]);
    for (const owner of this.added.get(hash) ?? []) this.push(found, owner);
    return found;
  }

  private push(found: string[], owner: number | undefined): void {
    const page = owner === undefined ? undefined : this.pages[owner];
    if (page !== undefined) found.push(page);
  }

  private firstOf(hash: number): number {
    let low = 0;
    let high = this.hashes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.hashes[middle] ?? 0) < hash) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
