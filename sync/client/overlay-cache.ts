import type { SaidRefusal } from '#contracts/sync/state.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxFrame } from './outbox-frames.ts';
import { type Effective, isPending, overlay, type PendingRecord, pendingOn } from './overlay.ts';
import type { ClientStore } from './ports.ts';

/** What looks different than before, for those who show it. */
export interface OverlayChange {
  readonly incidents: readonly Id[];
  /** Something that any incident, or the desk itself, may depend on. */
  readonly all: boolean;
}

/** What pending commands make of incidents, kept until something that has a say in it changes (SPEC 4.4). */
export class OverlayCache {
  private readonly store: ClientStore;
  private readonly zone: string;
  private readonly changed: (change: OverlayChange) => void;
  private readonly known = new Map<Id, Effective>();
  private readonly refusals = new Map<Id, SaidRefusal>();
  /** By kind and id: the last pending word about an entry of the directory. */
  private readonly saved = new Map<string, PendingRecord>();
  private setMatrix: PriorityMatrix | null = null;
  /** The one this was made of: an outbox read anew may hold what nobody was told of. */
  private made: Outbox | null = null;

  constructor(store: ClientStore, zone: string, changed: (change: OverlayChange) => void) {
    this.store = store;
    this.zone = zone;
    this.changed = changed;
  }

  get mayBeRefused(): ReadonlyMap<Id, SaidRefusal> {
    return this.refusals;
  }

  /** Entries of the directory as pending commands leave them. */
  get records(): readonly PendingRecord[] {
    return [...this.saved.values()];
  }

  /** The priority matrix, if a pending command changes it. */
  get matrix(): PriorityMatrix | null {
    return this.setMatrix;
  }

  /** What pending commands make of this incident; undefined when nothing is pending on it. */
  pendingOn(id: Id): Effective | undefined {
    const effective = this.known.get(id);
    return effective !== undefined && effective.pending.length > 0 ? effective : undefined;
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
    this.forgetSettled(outbox, throughSeq);
    this.changed({ incidents: incidentIds, all: false });
  }

  /** Nothing looks different but the outbox itself. */
  told(): void {
    this.changed({ incidents: [], all: false });
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
    const before = [...this.known].filter(([, { pending }]) => pending.length > 0).map(([id]) => id);
    this.known.clear();
    this.refusals.clear();
    this.saved.clear();
    this.setMatrix = null;
    const { throughSeq } = await this.store.position();
    const { commands, incidentIds } = pendingOn(outbox, throughSeq, 'any');
    if (commands.length > 0) await this.run(outbox, incidentIds);
    this.changed({ incidents: [...new Set([...before, ...incidentIds])], all: true });
  }

  private forgetSettled(outbox: Outbox, throughSeq: number): void {
    const isSettled = (commandId: Id) => {
      const entry = outbox.entry(commandId);
      return entry === undefined || !isPending(entry, throughSeq);
    };
    for (const id of this.refusals.keys()) if (isSettled(id)) this.refusals.delete(id);
    for (const [key, { by }] of this.saved) if (isSettled(by)) this.saved.delete(key);
  }

  private async run(outbox: Outbox, ids: readonly Id[]): Promise<void> {
    const { incidents, mayBeRefused, ran, records, matrix } = await overlay(this.store, outbox, ids, this.zone);
    for (const id of ids) this.known.delete(id);
    for (const [id, effective] of incidents) this.known.set(id, effective);
    for (const id of ran) this.refusals.delete(id);
    for (const [id, refusal] of mayBeRefused) this.refusals.set(id, refusal);
    for (const [key, { by }] of this.saved) if (ran.includes(by)) this.saved.delete(key);
    for (const one of records) this.saved.set(`${one.kind} ${one.record.id}`, one);
    // Commands about the desk itself are part of every run.
    this.setMatrix = matrix;
  }
}

function commandOf(frame: OutboxFrame): Id | null {
  if (frame.kind === 'recorded') return frame.command.id;
  return 'commandId' in frame ? frame.commandId : null;
}
