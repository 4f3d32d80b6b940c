import type { SaidRefusal } from '#contracts/sync/state.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxFrame } from './outbox-frames.ts';
import { type Effective, isPending, overlay, pendingOn } from './overlay.ts';
import type { ClientStore } from './ports.ts';

/** What pending commands make of incidents, kept until something that has a say in it changes (SPEC 4.4). */
export class OverlayCache {
  private readonly store: ClientStore;
  private readonly zone: string;
  private readonly known = new Map<Id, Effective>();
  private readonly refusals = new Map<Id, SaidRefusal>();
  /** The one this was made of: an outbox read anew may hold what nobody was told of. */
  private made: Outbox | null = null;

  constructor(store: ClientStore, zone: string) {
    this.store = store;
    this.zone = zone;
  }

  get mayBeRefused(): ReadonlyMap<Id, SaidRefusal> {
    return this.refusals;
  }

  async effective(outbox: Outbox, ids: readonly Id[]): Promise<ReadonlyMap<Id, Effective>> {
    if (outbox !== this.made) await this.clear(outbox);
    const missing = ids.filter((id) => !this.known.has(id));
    if (missing.length > 0) await this.run(outbox, missing);
    return new Map(
      ids.flatMap((id): [Id, Effective][] => {
        const found = this.known.get(id);
        return found === undefined ? [] : [[id, found]];
      }),
    );
  }

  /** Something of these incidents has changed: only the commands that concern them are run again. */
  async touched(outbox: Outbox, ids: readonly Id[]): Promise<void> {
    if (outbox !== this.made) return this.clear(outbox);
    const { throughSeq } = await this.store.position();
    const { commands, incidentIds } = pendingOn(outbox, throughSeq, ids);
    for (const id of incidentIds) this.known.delete(id);
    if (commands.length > 0) await this.run(outbox, incidentIds);
    for (const id of this.refusals.keys()) {
      const entry = outbox.entry(id);
      if (entry === undefined || !isPending(entry, throughSeq)) this.refusals.delete(id);
    }
  }

  /** The outbox has changed by these frames. */
  async touchedBy(outbox: Outbox, frames: readonly OutboxFrame[]): Promise<void> {
    if (frames.length === 0) return;
    const named = frames.map((frame) => outbox.index.named(commandOf(frame) ?? ''));
    // A lane sent once more, or something about the desk itself: anything may look different.
    if (named.some((ids) => ids.length === 0)) await this.clear(outbox);
    else await this.touched(outbox, named.flat());
  }

  /** Something that every incident may depend on has changed: the directory, the matrix, the outbox as a whole. */
  async clear(outbox: Outbox): Promise<void> {
    this.made = outbox;
    this.known.clear();
    this.refusals.clear();
    const { throughSeq } = await this.store.position();
    const { commands, incidentIds } = pendingOn(outbox, throughSeq, 'any');
    if (commands.length > 0) await this.run(outbox, incidentIds);
  }

  private async run(outbox: Outbox, ids: readonly Id[]): Promise<void> {
    const { incidents, mayBeRefused, ran } = await overlay(this.store, outbox, ids, this.zone);
    for (const id of ids) this.known.delete(id);
    for (const [id, effective] of incidents) this.known.set(id, effective);
    for (const id of ran) this.refusals.delete(id);
    for (const [id, refusal] of mayBeRefused) this.refusals.set(id, refusal);
  }
}

function commandOf(frame: OutboxFrame): Id | null {
  if (frame.kind === 'recorded') return frame.command.id;
  return 'commandId' in frame ? frame.commandId : null;
}
