import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Reply } from './ports.ts';
import { waitBeforeRetry } from './retry.ts';
import type { SyncFacts, Trouble } from './states.ts';

/** The part of a schema that is asked here: whether a body is what our server says. */
export interface Shape<T> {
  safeParse(body: unknown): { readonly success: boolean; readonly data?: T };
}

/** A reply as the desk sees it: a body that is ours, a request that can't be read, or nothing for now. */
export type Heard<T> =
  | { readonly kind: 'ours'; readonly body: T; readonly serverNow: Instant | null }
  | { readonly kind: 'unreadable' }
  /** `revoked`: our server said that somebody ended the session of whoever asked. */
  | { readonly kind: 'nothing'; readonly revoked: boolean };

/** How the way to the server is: who may use it, what is wrong with it, and how long to leave it alone. */
export class Contact {
  private readonly now: () => Instant;
  private readonly people = new Set<Id>();
  private readonly revoked = new Set<Id>();
  private trouble: Trouble | null = null;
  private since: Instant | null = null;
  private failures = 0;
  private retryAfter: number | null = null;
  private clockAhead: number | null = null;

  constructor(now: () => Instant) {
    this.now = now;
  }

  /** People with a session; the last one looks at the screen. */
  get signedIn(): ReadonlySet<Id> {
    return this.people;
  }

  get viewer(): Id | null {
    return [...this.people].at(-1) ?? null;
  }

  signIn(person: Id): void {
    this.people.delete(person);
    this.people.add(person);
    this.revoked.delete(person);
    if (this.trouble === 'signInNeeded') this.well();
  }

  signOut(person: Id): void {
    this.people.delete(person);
  }

  /** Somebody ended their session on purpose. */
  revoke(person: Id): void {
    this.signOut(person);
    this.revoked.add(person);
  }

  hear<T>(person: Id, reply: Reply, shape: Shape<T>): Heard<T> {
    if (reply.kind === 'unreadable') return { kind: 'unreadable' };
    if (reply.kind !== 'answered') return this.bad(person, reply);
    const parsed = shape.safeParse(reply.body);
    if (!parsed.success) return this.bad(person, { kind: 'notOurs' });
    if (reply.serverNow !== null) this.clockAhead = this.now() - reply.serverNow;
    return { kind: 'ours', body: parsed.data as T, serverNow: reply.serverNow };
  }

  /** The server answers, and something came of it. */
  well(): void {
    this.trouble = null;
    this.since = null;
    this.failures = 0;
    this.retryAfter = null;
  }

  /** The server answers, and nothing comes of it. */
  stuck(): void {
    this.fail('busy', null);
  }

  /** Milliseconds until it may be tried again; null: nothing to wait for. */
  wait(random: number): number | null {
    if (this.trouble === null || this.trouble === 'signInNeeded') return null;
    return waitBeforeRetry({ failures: this.failures, retryAfter: this.retryAfter }, random);
  }

  get facts(): Pick<SyncFacts, 'trouble' | 'since' | 'clockAhead' | 'revoked'> {
    const { clockAhead, since } = this;
    const trouble = this.people.size === 0 ? 'signInNeeded' : this.trouble;
    return { trouble, since, clockAhead, revoked: this.people.size === 0 && this.revoked.size > 0 };
  }

  private bad(
    person: Id,
    reply: Exclude<Reply, { kind: 'answered' | 'unreadable' }>,
  ): Extract<Heard<never>, { kind: 'nothing' }> {
    const revoked = reply.kind === 'signInNeeded' && reply.revoked === true;
    if (revoked) this.revoke(person);
    else if (reply.kind === 'signInNeeded') this.signOut(person);
    this.fail(TROUBLES[reply.kind], reply.kind === 'busy' ? reply.retryAfter : null);
    return { kind: 'nothing', revoked };
  }

  private fail(trouble: Trouble, retryAfter: number | null): void {
    this.since ??= this.now();
    this.trouble = trouble;
    this.failures += 1;
    this.retryAfter = retryAfter;
  }
}

const TROUBLES = {
  unreachable: 'offline',
  busy: 'busy',
  notOurs: 'notOurServer',
  signInNeeded: 'signInNeeded',
  versionTooOld: 'versionTooOld',
} as const satisfies Record<Exclude<Reply['kind'], 'answered' | 'unreadable'>, Trouble>;
