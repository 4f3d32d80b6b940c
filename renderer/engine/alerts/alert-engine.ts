import type { AlertEntry } from '#contracts/engine/protocol.ts';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import type { AlertChange } from '#domain/alerts/rules.ts';
import type { Words } from '#renderer/words/areas.ts';

/** What the alert engine needs of the engine around it. */
export interface AlertPorts {
  now(): Instant;
  newId(): Id;
  /** The person at the desk, null before anybody introduced themselves. */
  person(): Id | null;
  personName(personId: Id): string | null;
  readonly notifications: EngineHost['notifications'];
  readonly ledger: {
    /** Written durably, in order; a record with a known id replaces the earlier one. */
    append(records: readonly AlertRecord[]): Promise<void>;
  };
  /** Calls back once after so many milliseconds; the result cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
  readonly words: Words<'alerts'>;
  /** The list of `alerts` may have changed: answer its watches anew. */
  changed(): void;
}

export class AlertEngine {
  readonly #ports: AlertPorts;

  constructor(ports: AlertPorts) {
    this.#ports = ports;
  }

  /** Takes the stored ledger at start, before the first change. Tells what was waiting; never tells anything twice. */
  restore(records: readonly AlertRecord[]): void {
    if (records.length > 0) this.#ports.changed();
  }

  /**
   * What just happened, in order: one call for each batch the engine applied, an import's commit in one call. Only
   * for what is new: never called for a replay, nor for sample data.
   */
  consider(changes: readonly AlertChange[]): void {
    if (changes.length > 0) this.#ports.changed();
  }

  /** Somebody else sits at the desk now: the badge is theirs. */
  personChanged(): void {
    this.#ports.changed();
  }

  /** False when there is no such alert, or it needs none any more. */
  acknowledge(_alertId: Id): boolean {
    return false;
  }

  snooze(_alertId: Id, _until: Instant): boolean {
    return false;
  }

  /** Newest first, digests standing for their members. */
  entries(_personId: Id, _limit: number): { readonly unacknowledged: number; readonly entries: readonly AlertEntry[] } {
    return { unacknowledged: 0, entries: [] };
  }

  /** Records older than 90 days, forgotten here and to be deleted from the store. */
  prune(): Id[] {
    return [];
  }
}
