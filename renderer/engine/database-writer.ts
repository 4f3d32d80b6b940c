import type { DeskStore, StoreBatch } from '#renderer/data/desk-store.ts';
import { type DatabaseError, diagnose } from '#renderer/data/open-failure.ts';
import { isRoomEnough } from './database-room.ts';
import type { Overlay } from './overlay.ts';

interface WriterPorts {
  readonly overlay: Overlay;
  /** The database of the moment; null while it is being rebuilt. */
  store(): DeskStore | null;
  /** Bytes still free where the database lies; null when nobody can tell. */
  room(): Promise<number | null>;
  /** After each transaction. */
  written(batch: StoreBatch): void;
  /** The database refused. `quota` is tried again by itself; anything else needs a rebuild. */
  failed(error: DatabaseError): void;
  after(milliseconds: number, callback: () => void): () => void;
}

/** No space: ask again after two seconds, later every fifteen. */
const RETRY_AFTER = [2_000, 5_000, 15_000] as const;

/** Carries the overlay into the database, one relaxed transaction at a time, whatever came in the meantime. */
export class DatabaseWriter {
  private readonly ports: WriterPorts;
  private busy = false;
  private done: Promise<void> = Promise.resolve();
  private failures = 0;
  private cancelRetry: (() => void) | null = null;

  constructor(ports: WriterPorts) {
    this.ports = ports;
  }

  /** Something is in the overlay. */
  wake(): void {
    if (this.busy) return;
    this.busy = true;
    this.done = this.drain();
  }

  /** Resolves once everything is written, or once writing failed. */
  async settled(): Promise<void> {
    this.wake();
    await this.done;
  }

  retryNow(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.wake();
  }

  private async drain(): Promise<void> {
    try {
      while (this.target()) {
        if (!isRoomEnough(await this.ports.room())) return this.refused({ code: 'quota', names: ['noRoom'] });
        const store = this.target();
        const written = store && (await this.ports.overlay.writeTo(store));
        if (!written) continue;
        this.failures = 0;
        this.ports.written(written);
      }
    } catch (cause) {
      this.refused(diagnose(cause));
    } finally {
      // In the same turn as the last look at the overlay, so that no wake falls between the two.
      this.busy = false;
    }
  }

  /** Where to write next; null when there is nothing to write, nowhere to write it, or a wait for space. */
  private target(): DeskStore | null {
    return this.cancelRetry || this.ports.overlay.size === 0 ? null : this.ports.store();
  }

  private refused(error: DatabaseError): void {
    const wait = RETRY_AFTER[Math.min(this.failures, RETRY_AFTER.length - 1)] ?? 15_000;
    this.failures += 1;
    if (error.code === 'quota') {
      this.cancelRetry = this.ports.after(wait, () => {
        this.cancelRetry = null;
        this.wake();
      });
    }
    this.ports.failed(error);
  }
}
