import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { AlertRecord } from '#domain/alerts/alert.ts';
import type { Words } from '#renderer/words/areas.ts';

/** What the alert engine needs of the engine around it. */
export interface AlertPorts {
  now(): Instant;
  newId(): Id;
  /** The person at the desk, null before anybody introduced themselves. */
  person(): Id | null;
  /** Everybody who shares this desk, the one at it among them. */
  people(): readonly Id[];
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
  /** Something of this failed that is not the person's to know: codes only. */
  readonly log: EngineHost['log'];
}
