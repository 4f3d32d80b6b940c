/** The few slots of lowest rank out of any number, sorted as they come. Equal ranks keep the order of arrival. */
export class TopSlots {
  readonly #limit: number;
  readonly #ranks: number[] = [];
  readonly slots: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(slot: number, rank: number): void {
    const last = this.slots.length - 1;
    if (this.slots.length >= this.#limit) {
      if (this.#limit === 0 || rank >= (this.#ranks[last] ?? 0)) return;
      this.slots.pop();
      this.#ranks.pop();
    }
    let at = this.slots.length;
    while (at > 0 && (this.#ranks[at - 1] ?? 0) > rank) at -= 1;
    this.slots.splice(at, 0, slot);
    this.#ranks.splice(at, 0, rank);
  }
}

/** Room for an instant, so that one number can hold a rank and, within it, the younger first. */
const INSTANTS = 2 ** 42;

/** `rank` first (a small whole number), then the younger. */
export const rankWithAge = (rank: number, at: number): number =>
  rank * INSTANTS + INSTANTS - Math.min(Math.max(at, 0), INSTANTS - 1);
