import type { Activity, Id, Visibility } from '#domain/activity/activity.ts';
import type { Command, Refusal } from '#domain/command/command.ts';
import type { DirectoryKind, DirectoryRecords, Person } from '#domain/directory/directory.ts';
import type { IncidentActivityType, IncidentPayload } from '#domain/incident/activities/registry.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { PriorityMatrix } from '#domain/priority/matrix.ts';
import { err, type Result } from '#domain/result.ts';

/**
 * What a decision may look at, gathered beforehand: the incidents and timelines that `subjectsOf` names, and the
 * directory. Nothing here may wait or change while a command is judged.
 */
export interface DecisionState {
  readonly incident: (id: Id) => Incident | null;
  /** All entries of the incident's log; empty when unknown. */
  readonly timeline: (incidentId: Id) => readonly Activity[];
  readonly record: <K extends DirectoryKind>(kind: K, id: Id) => DirectoryRecords[K] | null;
  readonly records: <K extends DirectoryKind>(kind: K) => Iterable<DirectoryRecords[K]>;
  readonly matrix: PriorityMatrix;
  /** Highest number of our own form held here (`parseNumber`); 0 when none. */
  readonly highestNumber: number;
  /**
   * True for a number or alias (as `numberKey` writes it) that an incident bears. Asked only of those that
   * `subjectsOf` names, and of those above the highest.
   */
  readonly isNumberTaken: (number: string) => boolean;
  /** The incident on which this command acted; null when it is not known here. */
  readonly incidentOfCommand: (commandId: Id) => Id | null;
}

export interface DecisionContext {
  /** IANA zone of the desk, for business days. */
  readonly zone: string;
  /** True while no server decides: staff configure and import themselves. */
  readonly alone: boolean;
  /** True where what is decided only shows until the server has decided: numbers are the device's own. */
  readonly provisional?: boolean;
}

/** A command as it arrives: `args` are checked by `decide`, so anything may be handed in. */
export type UnjudgedCommand = Omit<Command, 'name' | 'args'> & { readonly name: string; readonly args: unknown };

export interface Decision {
  /** In order, unconfirmed (`seq` null); ids follow from the command id, those of an adoption from its source. */
  readonly activities: readonly Activity[];
  /** Fields that an undo left as they are because they were changed since. */
  readonly superseded: readonly string[];
}

/** An activity before its envelope. */
export interface Entry {
  readonly subject: Activity['subject'];
  readonly type: string;
  readonly payload: unknown;
  readonly visibility: Visibility;
}

export interface Outcome {
  readonly entries: readonly Entry[];
  readonly adopted?: readonly Activity[];
  readonly superseded?: readonly string[];
}
export type Judgement = Result<Outcome, Refusal>;

/** What a decider works with. `person` is null when the desk itself acts. */
export interface Desk {
  readonly command: UnjudgedCommand;
  readonly person: Person | null;
  readonly state: DecisionState;
  readonly context: DecisionContext;
}

const PUBLIC: readonly IncidentActivityType[] = ['incident.reply', 'incident.message'];

export const entry = <T extends IncidentActivityType>(incidentId: Id, type: T, payload: IncidentPayload<T>): Entry => ({
  subject: { kind: 'incident', id: incidentId },
  type,
  payload,
  visibility: PUBLIC.includes(type) ? 'public' : 'internal',
});

export const refuse = (code: Refusal['code'], details?: Refusal['details']): Result<never, Refusal> =>
  err(details === undefined ? { code } : { code, details });

export const isBlank = (text: string | null | undefined): boolean =>
  text === null || text === undefined || text.trim() === '';
