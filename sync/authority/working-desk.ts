import type { Activity, Id } from '#domain/activity/activity.ts';
import type { CommandName } from '#domain/command/command.ts';
import type { DecisionState, UnjudgedCommand } from '#domain/command/decision.ts';
import type { DirectoryKind, DirectoryRecords } from '#domain/directory/directory.ts';
import { directoryRecordOf } from '#domain/directory/saved.schema.ts';
import { applyActivity } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey, parseNumber } from '#domain/incident/numbering.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import { matrixOf } from '#domain/priority/matrix-set.schema.ts';
import type { AcceptedCommand, Effects, Gathered, IncidentChange, RecordAt } from './store.ts';

/**
 * The desk while a batch is judged: what is stored, and over it what the commands before made. A later command of
 * the same batch sees an earlier one's effect; nothing reaches the store before the whole batch does.
 */
export class WorkingDesk {
  private readonly stored: Gathered;
  private readonly incidents = new Map<Id, Incident>();
  private readonly added = new Map<Id, Activity[]>();
  private readonly records = new Map<string, RecordAt>();
  private readonly commands = new Map<Id, AcceptedCommand>();
  private readonly numbers = new Set<string>();
  private highest: number;
  private matrix: Effects['matrix'] = null;

  constructor(stored: Gathered) {
    this.stored = stored;
    this.highest = stored.highestNumber;
  }

  /** What `decide` may look at. */
  state(): DecisionState {
    return {
      incident: (id) => this.incident(id),
      timeline: (id) => [...(this.stored.timelines.get(id) ?? []), ...(this.added.get(id) ?? [])],
      record: (kind, id) => this.record(kind, id),
      records: (kind) => this.recordsOf(kind),
      matrix: this.currentMatrix(),
      highestNumber: this.highest,
      isNumberTaken: (number) => this.numbers.has(numberKey(number)) || this.stored.isNumberTaken(number),
      incidentOfCommand: (commandId) =>
        this.command(commandId)?.subjectIds.find((id) => this.incident(id) !== null) ?? null,
    };
  }

  incident(id: Id): Incident | null {
    return this.incidents.get(id) ?? this.stored.incidents.get(id) ?? null;
  }

  command(id: Id): AcceptedCommand | undefined {
    return this.commands.get(id) ?? this.stored.commands.get(id);
  }

  /** What is kept of a command once its activities were applied. */
  accepted(
    command: Pick<UnjudgedCommand, 'id' | 'name' | 'actor'>,
    lsn: number,
    made: readonly Activity[],
  ): AcceptedCommand {
    const subjectIds = [...new Set(made.map((activity) => activity.subject.id))];
    const incident = subjectIds.map((id) => this.incident(id)).find((found) => found !== null);
    const { id, name, actor } = command;
    return { id, lsn, name: name as CommandName, actor, number: incident?.number ?? null, subjectIds };
  }

  note(command: AcceptedCommand): void {
    this.commands.set(command.id, command);
  }

  /** Folds confirmed activities (their `seq` is `lsn`) into rows. Answers what that did to each incident. */
  apply(lsn: number, activities: readonly Activity[]): readonly IncidentChange[] {
    const subjects = activities.flatMap(({ subject }) => (subject.kind === 'incident' ? [subject.id] : []));
    const before = new Map(subjects.map((id) => [id, this.incident(id)]));
    for (const activity of activities) {
      const known = this.added.get(activity.subject.id);
      if (known) known.push(activity);
      else this.added.set(activity.subject.id, [activity]);
      this.applyOne(lsn, activity);
    }
    return [...before].flatMap(([id, was]) => {
      const after = this.incident(id);
      return after === null ? [] : [{ before: was, after }];
    });
  }

  effects(): Effects {
    return { incidents: [...this.incidents.values()], records: [...this.records.values()], matrix: this.matrix };
  }

  private applyOne(lsn: number, activity: Activity): void {
    if (activity.subject.kind === 'incident') {
      const next = applyActivity(this.incident(activity.subject.id), activity, { matrix: this.currentMatrix() });
      this.incidents.set(next.id, next);
      for (const name of [next.number, ...next.aliases.map((alias) => alias.value)]) this.take(name);
      return;
    }
    const saved = directoryRecordOf(activity);
    if (saved) {
      const row: RecordAt = { kind: saved.kind, id: saved.record.id, lsn, record: saved.record };
      this.records.set(`${row.kind} ${row.id}`, row);
    }
    const value = matrixOf(activity);
    if (value) this.matrix = { lsn, value };
  }

  private take(name: string): void {
    this.numbers.add(numberKey(name));
    this.highest = Math.max(this.highest, parseNumber(name) ?? 0);
  }

  private currentMatrix(): PriorityMatrix {
    return this.matrix?.value ?? this.stored.matrix;
  }

  private record<K extends DirectoryKind>(kind: K, id: Id): DirectoryRecords[K] | null {
    const changed = this.records.get(`${kind} ${id}`);
    return changed ? (changed.record as DirectoryRecords[K]) : this.stored.record(kind, id);
  }

  private *recordsOf<K extends DirectoryKind>(kind: K): Iterable<DirectoryRecords[K]> {
    for (const record of this.stored.records(kind)) {
      if (!this.records.has(`${kind} ${record.id}`)) yield record;
    }
    for (const row of this.records.values()) if (row.kind === kind) yield row.record as DirectoryRecords[K];
  }
}
