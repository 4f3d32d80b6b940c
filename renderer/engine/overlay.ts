import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { DeskStore, StoreBatch } from '#renderer/data/desk-store.ts';
import { mergeBatches } from '#renderer/data/merge-batches.ts';
import type { CommandRow } from '#renderer/data/rows.ts';
import type { SyncRow } from '#renderer/data/sync-records.ts';

/**
 * What the journal holds and the database does not hold yet. Reads look here first, so an answer never waits for
 * the database, and a database that can't be written (no space) loses nothing.
 */
export class Overlay {
  private batches: readonly StoreBatch[] = [];
  private readonly incidents = new Map<Id, Incident>();
  private readonly activities = new Map<Id, Activity[]>();
  private readonly commands = new Map<Id, CommandRow>();

  get size(): number {
    return this.batches.length;
  }

  add(batch: StoreBatch): void {
    this.batches = [...this.batches, batch];
    this.index(batch);
  }

  clear(): void {
    this.batches = [];
    this.reindex();
  }

  /** What happened to this desk's share and is not in the database yet. */
  sync(): readonly SyncRow[] {
    return this.batches.flatMap((batch) => batch.sync);
  }

  incident(id: Id): Incident | undefined {
    return this.incidents.get(id);
  }

  activitiesOf(id: Id): readonly Activity[] {
    return this.activities.get(id) ?? [];
  }

  command(id: Id): CommandRow | undefined {
    return this.commands.get(id);
  }

  /** Brings everything gathered so far into the database in one transaction; throws what the database throws. */
  async writeTo(store: DeskStore): Promise<StoreBatch | null> {
    const taken = this.batches;
    const merged = mergeBatches(taken);
    if (!merged) return null;
    await store.apply(merged);
    this.batches = this.batches.slice(taken.length);
    this.reindex();
    return merged;
  }

  private reindex(): void {
    this.incidents.clear();
    this.activities.clear();
    this.commands.clear();
    for (const batch of this.batches) this.index(batch);
  }

  private index(batch: StoreBatch): void {
    for (const incident of batch.incidents) this.incidents.set(incident.id, incident);
    for (const command of batch.commands) this.commands.set(command.id, command);
    for (const { activity } of batch.activities) {
      const known = this.activities.get(activity.subject.id);
      if (known) known.push(activity);
      else this.activities.set(activity.subject.id, [activity]);
    }
  }
}
