/** The desk is opened, and opened anew, one time after the other; whoever needs it open waits here. */
export class DeskOpening {
  private turn: Promise<void> = Promise.resolve();
  private readonly open: () => Promise<void>;
  private readonly failed: (cause: unknown) => void;

  constructor(open: () => Promise<void>, failed: (cause: unknown) => void) {
    this.open = open;
    this.failed = failed;
  }

  /** Resolves once it is open, or it is known why it is not. `before` is done first, in the same turn. */
  begin(before: () => Promise<unknown> = async () => undefined): Promise<void> {
    this.turn = this.turn
      .then(before)
      .then(() => this.open())
      .catch(this.failed);
    return this.turn;
  }

  /** Waits until nothing is being opened: also what began while this waited. */
  async settled(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== this.turn; ) {
      seen = this.turn;
      await seen;
    }
  }
}
