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

/** Who listens on this node. */
export class Streams {
  private readonly listeners = new Set<Listener>();

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
