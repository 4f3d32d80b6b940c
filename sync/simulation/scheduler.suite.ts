/** Chance that repeats: the same seed throws the same. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** At least 0, below 1 (mulberry32). */
  random = (): number => {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let word = this.state;
    word = Math.imul(word ^ (word >>> 15), word | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 0x1_0000_0000;
  };

  below(end: number): number {
    return Math.floor(this.random() * end);
  }

  /** True about so often. */
  chance(often: number): boolean {
    return this.random() < often;
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.below(from.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }
}

/** Microtasks that a task is given to come from one pause to the next. */
const TICKS = 60;

/**
 * Runs tasks one step at a time: whoever pauses waits until chance takes its turn, so that every order of steps can
 * happen, and the same seed makes the same one.
 */
export class Scheduler {
  private readonly dice: Dice;
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private readonly failures: unknown[] = [];

  constructor(dice: Dice) {
    this.dice = dice;
  }

  pause(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** Begins a task beside the others. One that throws fails the run. */
  begin(task: () => Promise<unknown>): void {
    this.running += 1;
    const end = () => {
      this.running -= 1;
    };
    this.pause()
      .then(task)
      .catch((error: unknown) => this.failures.push(error))
      .then(end, end);
  }

  /** Goes on until nobody waits any more. Tasks that nobody will ever wake are left. */
  async run(): Promise<void> {
    for (;;) {
      const [failure] = this.failures;
      if (failure !== undefined) throw failure;
      if (this.waiting.length === 0) {
        await this.settle();
        if (this.waiting.length === 0) return;
      }
      const at = this.dice.below(this.waiting.length);
      const [wake] = this.waiting.splice(at, 1);
      wake?.();
      await this.settle();
    }
  }

  private async settle(): Promise<void> {
    for (let tick = 0; tick < TICKS; tick++) await null;
  }
}
