import type { Id } from '#domain/activity/activity.ts';
import { Outbox } from './outbox.ts';
import type { OutboxFrame } from './outbox-frames.ts';
import type { ClientStore } from './ports.ts';

/**
 * The outbox and its frames, and everything else that writes here, one thing at a time: what a frame says is decided
 * on the outbox as it stands, and the outbox changes once the frame is durable.
 */
export class OutboxKeeper {
  private readonly store: ClientStore;
  private current: Outbox;
  private turn: Promise<unknown> = Promise.resolve();
  /** An append failed, and nobody knows whether it did. */
  private doubtful = false;

  private constructor(store: ClientStore, outbox: Outbox) {
    this.store = store;
    this.current = outbox;
  }

  /** `newId` names a device that has no id yet. */
  static async open(store: ClientStore, newId: () => Id): Promise<OutboxKeeper> {
    const outbox = Outbox.of(await store.frames());
    const keeper = new OutboxKeeper(store, outbox);
    if (outbox.isNew) await keeper.alone(() => keeper.append([{ kind: 'device', device: newId() }]));
    return keeper;
  }

  get outbox(): Outbox {
    return this.current;
  }

  /** Runs `work` when everything before it has ended. Not to be called from within. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(async () => {
      if (this.doubtful) this.current = Outbox.of(await this.store.frames());
      this.doubtful = false;
      return work();
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** Only within `alone`. */
  async append(frames: readonly OutboxFrame[]): Promise<void> {
    if (frames.length === 0) return;
    this.doubtful = true;
    await this.store.append(frames);
    this.doubtful = false;
    for (const frame of frames) this.current.apply(frame);
  }
}
