import type { NotificationOutcome, NotificationRequest } from '#contracts/host/engine-host.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import type { Incident } from '#domain/incident/incident.ts';
import alerts from '#renderer/words/en/alerts.json' with { type: 'json' };
import { incidentWith } from '../queue-index/made-up-incidents.suite.ts';
import { AlertEngine, type AlertPorts } from './alert-engine.ts';

export const ME = 'person-me';
export const OTHER = 'person-other';

interface Shown {
  readonly at: number;
  readonly request: NotificationRequest;
}

/** A desk with a clock that is turned by hand, a ledger that survives, and a notification daemon that can be gone. */
export class FakeDesk {
  now = 1_000_000;
  person: Id | null = ME;
  /** Who has been at this desk, beside the one who is. */
  readonly sharing = new Set<Id>();
  outcome: NotificationOutcome | Error = { shown: true };
  readonly shown: Shown[] = [];
  readonly badges: number[] = [];
  readonly stored = new Map<Id, AlertRecord>();
  engine: AlertEngine;
  #timers: { at: number; callback: () => void }[] = [];
  #ids = 0;

  constructor() {
    this.engine = new AlertEngine(this.#ports());
  }

  /** Gives the engine one batch, and lets what it promised happen. */
  async happen(...changes: readonly AlertChange[]): Promise<void> {
    this.engine.consider(changes);
    await this.settled();
  }

  /** Turns the clock, ringing what falls due on the way. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (let next = this.#nextTimer(end); next !== undefined; next = this.#nextTimer(end)) {
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.callback();
      await this.settled();
    }
    this.now = end;
  }

  /** Somebody comes to the desk, whoever was there leaves. */
  async comes(person: Id): Promise<void> {
    if (this.person !== null) this.sharing.add(this.person);
    this.person = person;
    this.sharing.add(person);
    this.engine.personChanged();
    await this.settled();
  }

  /** A new engine over the stored ledger, as after a kill: timers and everything in memory are gone. */
  restart(): void {
    this.#timers = [];
    this.engine = new AlertEngine(this.#ports());
    this.engine.restore([...this.stored.values()]);
  }

  record(id: Id): AlertRecord {
    const found = this.stored.get(id);
    if (found === undefined) throw new Error(`no record ${id}`);
    return found;
  }

  /** Everything that is only waiting for other promises. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }

  #nextTimer(end: number) {
    return this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }

  #ports(): AlertPorts {
    return {
      now: () => this.now,
      newId: () => {
        this.#ids += 1;
        return `alert-${this.#ids}`;
      },
      person: () => this.person,
      people: () => [...new Set([...this.sharing, ...(this.person === null ? [] : [this.person])])],
      personName: (id) => (id === OTHER ? 'Olga' : null),
      notifications: {
        show: (request) => this.#show(request),
        badge: async (count) => {
          this.badges.push(count);
        },
      },
      ledger: {
        append: async (records) => {
          for (const record of records) this.stored.set(record.id, structuredClone(record));
        },
      },
      after: (milliseconds, callback) => {
        const timer = { at: this.now + milliseconds, callback };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((one) => one !== timer);
        };
      },
      words: (key, values) => `${alerts[key]} ${JSON.stringify(values ?? {})}`,
      changed: () => undefined,
      log: () => undefined,
    };
  }

  async #show(request: NotificationRequest): Promise<NotificationOutcome> {
    if (this.outcome instanceof Error) throw this.outcome;
    if (this.outcome.shown) this.shown.push({ at: this.now, request });
    return this.outcome;
  }
}

let seq = 0;
/** An incident as it stands after its next activity. */
export const incident = (n: number, fields: Partial<Incident> = {}): Incident => {
  seq += 1;
  return incidentWith(n, { priority: 1, shortDescription: `Problem ${n}`, throughSeq: seq, ...fields });
};

export const recorded = (after: Incident, actorId: Id | null = OTHER): AlertChange => ({
  before: null,
  after,
  actorId,
  origin: 'command',
});

export const imported = (after: Incident, actorId: Id | null = null): AlertChange => ({
  before: null,
  after,
  actorId,
  origin: 'observed',
});

export const changed = (before: Incident, fields: Partial<Incident>, actorId: Id = OTHER): AlertChange => {
  seq += 1;
  return { before, after: { ...before, throughSeq: seq, ...fields }, actorId, origin: 'command' };
};
