import type { Id } from '#domain/activity/activity.ts';

/** What an answer depends on. A watch is answered anew only when one of its topics was touched. */
export type Topic =
  | 'status'
  | 'session'
  | 'incidents'
  /** Old incidents became findable by their words. */
  | 'search'
  | 'directory'
  | 'alerts'
  | 'configuration'
  | 'drafts'
  | `incident:${Id}`
  | 'imports'
  /** The way to the server: what waits, what was refused, how far this desk follows. */
  | 'agreement'
  /** Who else looks at an incident. */
  | 'presence';

/** Windows are told at most this often: a burst of changes becomes one value. */
const QUIET_MS = 4;

/** Gathers touched topics and tells listeners once per burst; the first touch after a pause goes out in the same turn. */
export class Touches {
  private topics = new Set<Topic>();
  private readonly listeners = new Set<(topics: ReadonlySet<Topic>) => void>();
  private scheduled = false;
  private lastAt = Number.NEGATIVE_INFINITY;
  private readonly now: () => number;
  private readonly after: (milliseconds: number, callback: () => void) => unknown;

  /** `now` in milliseconds, monotonic. */
  constructor(now: () => number, after: (milliseconds: number, callback: () => void) => unknown) {
    this.now = now;
    this.after = after;
  }

  touch(...topics: readonly Topic[]): void {
    for (const topic of topics) this.topics.add(topic);
    if (this.scheduled || topics.length === 0) return;
    this.scheduled = true;
    if (this.now() - this.lastAt >= QUIET_MS) queueMicrotask(() => this.flush());
    else this.after(QUIET_MS, () => this.flush());
  }

  listen(listener: (topics: ReadonlySet<Topic>) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private flush(): void {
    const { topics } = this;
    this.topics = new Set();
    this.scheduled = false;
    for (const listener of this.listeners) listener(topics);
    this.lastAt = this.now();
  }
}
