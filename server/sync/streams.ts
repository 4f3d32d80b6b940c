import type { PresenceEvent } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';

/** One desk that listens. */
export interface Listener {
  readonly session: Id;
  readonly person: Id;
  /** The log ends here now, or there is something to pull though it ends where it did. */
  grew(seq: number): void;
  /** Who else looks at the incident that this session looks at. */
  present(event: PresenceEvent): void;
  end(): void;
}

/** Connections one session may hold; the oldest gives way, since its desk has likely lost it. */
const PER_SESSION = 3;

/**
 * Each desk that is poked pulls. After one poke the next waits this long for each desk that listens, and says the newest
 * end: a few desks hear of everything at once, and a thousand don't ask a thousand times for each change. Milliseconds.
 */
const SPACING = 2;

/** Who listens on this node. */
export class Streams {
  private readonly listeners = new Set<Listener>();
  private told = Number.NEGATIVE_INFINITY;
  private waiting: { readonly timer: NodeJS.Timeout; seq: number } | null = null;

  get count(): number {
    return this.listeners.size;
  }

  add(listener: Listener): void {
    const own = this.of(listener.session);
    if (own.length >= PER_SESSION) this.end(own[0]);
    this.listeners.add(listener);
  }

  remove(listener: Listener): void {
    this.listeners.delete(listener);
  }

  grew(seq: number): void {
    if (this.waiting) {
      this.waiting.seq = Math.max(this.waiting.seq, seq);
      return;
    }
    const wait = this.told + this.listeners.size * SPACING - performance.now();
    if (wait <= 0) this.tell(seq);
    else this.waiting = { seq, timer: setTimeout(() => this.tell(this.waiting?.seq ?? seq), wait).unref() };
  }

  private tell(seq: number): void {
    clearTimeout(this.waiting?.timer);
    this.waiting = null;
    this.told = performance.now();
    for (const listener of this.listeners) listener.grew(seq);
  }

  /** Something became readable for these people. */
  released(people: ReadonlySet<Id>, seq: number): void {
    for (const listener of this.listeners) if (people.has(listener.person)) listener.grew(seq);
  }

  of(session: Id): readonly Listener[] {
    return [...this.listeners].filter((listener) => listener.session === session);
  }

  /** Ends the streams of these sessions; all of them when none are named. */
  endOf(sessions: readonly Id[] | null): void {
    for (const listener of [...this.listeners]) {
      if (sessions === null || sessions.includes(listener.session)) this.end(listener);
    }
  }

  /** Ends those whose session is no longer open. */
  async endClosed(isOpen: (session: Id) => Promise<boolean>): Promise<void> {
    for (const listener of [...this.listeners]) {
      if (!(await isOpen(listener.session))) this.end(listener);
    }
  }

  private end(listener: Listener | undefined): void {
    if (listener === undefined) return;
    this.listeners.delete(listener);
    listener.end();
  }
}
