import type { Draft } from '#contracts/host/engine-host.ts';

/** Longest time a keystroke waits before it travels; main must have it within 250 ms of typing. */
export const DRAFT_DELAY_MS = 150;

/**
 * Sends the newest version of one draft at most every `DRAFT_DELAY_MS`. The first keystroke starts the clock and
 * later ones do not push it back, so steady typing is kept as well as a pause is.
 */
export class DraftKeeper {
  readonly #send: (draft: Draft) => void;
  #waiting: Draft | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(send: (draft: Draft) => void) {
    this.#send = send;
  }

  keep(draft: Draft): void {
    this.#waiting = draft;
    this.#timer ??= setTimeout(() => this.flush(), DRAFT_DELAY_MS);
  }

  /** Sends what waits, now: before leaving a screen, closing a dialog, hiding the page. */
  flush(): void {
    const draft = this.#waiting;
    this.drop();
    if (draft) this.#send(draft);
  }

  /** Forgets what waits: the draft was consumed by a command, and a late save would bring it back. */
  drop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = null;
  }
}
