import type { Id } from '#domain/activity/activity.ts';
import { subjectsOf } from '#domain/command/requirements.ts';
import type { OwnCommand } from './outbox-frames.ts';

const NONE: ReadonlySet<Id> = new Set();

/** Which commands of the outbox are about which incidents, in the order recorded: thousands may wait at once. */
export class IncidentIndex {
  private readonly byCommand = new Map<Id, { readonly order: number; readonly incidents: readonly Id[] }>();
  private readonly byIncident = new Map<Id, Set<Id>>();
  private readonly aboutNone = new Set<Id>();
  private added = 0;

  /** `known`: the incidents it is about, where that was found out before. */
  add(command: OwnCommand, known: readonly Id[] | null = null): void {
    const named = known ?? this.subjects(command);
    this.added += 1;
    this.byCommand.set(command.id, { order: this.added, incidents: named });
    if (named.length === 0) this.aboutNone.add(command.id);
    for (const id of named) {
      const known = this.byIncident.get(id);
      if (known) known.add(command.id);
      else this.byIncident.set(id, new Set([command.id]));
    }
  }

  private subjects(command: OwnCommand): readonly Id[] {
    const { incidents, commands } = subjectsOf(command);
    // An undo is about the incidents of what it undoes, as far as that is here.
    return [...new Set([...incidents, ...commands.flatMap((id) => this.named(id))])];
  }

  remove(commandId: Id): void {
    for (const id of this.named(commandId)) {
      const known = this.byIncident.get(id);
      known?.delete(commandId);
      if (known?.size === 0) this.byIncident.delete(id);
    }
    this.aboutNone.delete(commandId);
    this.byCommand.delete(commandId);
  }

  /** Incidents that a command names, and those of the command it undoes. */
  named(commandId: Id): readonly Id[] {
    return this.byCommand.get(commandId)?.incidents ?? [];
  }

  /** Commands about an incident. */
  on(incidentId: Id): ReadonlySet<Id> {
    return this.byIncident.get(incidentId) ?? NONE;
  }

  /** Commands about the desk itself, and so about every incident. */
  get onAny(): ReadonlySet<Id> {
    return this.aboutNone;
  }

  inOrder(commandIds: Iterable<Id>): readonly Id[] {
    const order = (id: Id) => this.byCommand.get(id)?.order ?? 0;
    return [...commandIds].sort((one, other) => order(one) - order(other));
  }
}
