import type { Id } from '#domain/activity/activity.ts';
import { BaseLocator } from '../base-locator.ts';
import { idHash } from '../id-hash.ts';
import type { CommandHashesRow } from './shared-db.ts';

/** A block of timelines, or the incident whose timeline lies by itself. */
export type CommandPlace = { readonly block: number } | { readonly incident: Id };

const ALONE = '@';

/** The key of a place in the database. */
export const placeKey = (place: CommandPlace): string =>
  'block' in place ? String(place.block) : `${ALONE}${place.incident}`;

const placeOf = (key: string): CommandPlace =>
  key.startsWith(ALONE) ? { incident: key.slice(ALONE.length) } : { block: Number(key) };

/** Where timelines may name a command: by hash, so that a hundred thousand commands cost a few bytes each. */
export class CommandPlaces {
  private readonly locator: BaseLocator;
  /** By the incident whose timeline lies by itself: what was noted since the start. */
  private readonly noted = new Map<string, Set<number>>();

  private constructor(locator: BaseLocator) {
    this.locator = locator;
  }

  static of(rows: readonly CommandHashesRow[]): CommandPlaces {
    return new CommandPlaces(BaseLocator.of(rows));
  }

  /** What was noted of this place before is not noted again: a timeline comes whole with each of its entries. */
  note({ page, hashes }: CommandHashesRow): void {
    const known = this.noted.get(page);
    const fresh = known === undefined ? hashes : hashes.filter((hash) => !known.has(hash));
    if (fresh.length === 0) return;
    this.locator.add({ page, hashes: fresh });
    if (page.startsWith(ALONE)) this.noted.set(page, new Set([...(known ?? []), ...fresh]));
  }

  /** Places that may name it, and some that no longer do. */
  naming(commandId: Id): readonly CommandPlace[] {
    return [...new Set(this.locator.candidates(commandId))].map(placeOf);
  }
}

export const hashesAt = (place: CommandPlace, commandIds: Iterable<Id>): CommandHashesRow => ({
  page: placeKey(place),
  hashes: Uint32Array.from(new Set(commandIds), idHash),
});
