/** Beyond this a list is built anew rather than caught up. */
const KEPT = 1 << 15;

/** Slots in the order they changed, so that every cached list catches up from where it last looked, at its own pace. */
export class ChangeLog {
  #slots: number[] = [];
  #base = 0;

  get now(): number {
    return this.#base + this.#slots.length;
  }

  add(slot: number): void {
    if (this.#slots.length >= KEPT) {
      this.#base += this.#slots.length;
      this.#slots = [];
    }
    this.#slots.push(slot);
  }

  /** Each slot that changed since once; null when that is too long ago. */
  since(position: number): readonly number[] | null {
    if (position < this.#base) return null;
    return position === this.now ? [] : [...new Set(this.#slots.slice(position - this.#base))];
  }
}
