import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import type { CommandArgs, CommandName, Refusal } from '#domain/command/command.ts';
import { decide } from '#domain/command/decide.ts';
import type { DecisionContext, DecisionState } from '#domain/command/decision.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Category, DirectoryKind, DirectoryRecords, Person, Role, Team } from '#domain/directory/directory.ts';
import { directoryRecordOf } from '#domain/directory/saved.schema.ts';
import { applyActivity } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { DEFAULT_MATRIX, type PriorityMatrix } from '#domain/priority/matrix.ts';
import { matrixOf } from '#domain/priority/matrix-set.schema.ts';
import type { Result } from '#domain/result.ts';

/** Monday 2 March 2026, 09:00 UTC. */
export const MONDAY_9 = Date.UTC(2026, 2, 2, 9);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const person = (id: Id, over: Partial<Person> = {}): Person =>
  blankPerson({ id, name: `Person ${id}`, role: 'agent', ...over });
export const team = (id: Id): Team => ({ id, name: `Team ${id}`, active: true, source: null });
export const category = (id: Id, over: Partial<Category> = {}): Category => ({
  id,
  name: `Category ${id}`,
  parentId: null,
  assignmentGroupId: null,
  active: true,
  source: null,
  ...over,
});

export interface Sending {
  readonly actor?: Id;
  readonly at?: Instant;
  readonly occurredAt?: Instant;
  readonly lateReason?: string;
  readonly commandId?: Id;
  readonly seen?: Id | null;
}
type Sent = Result<
  { readonly commandId: Id; readonly activities: readonly Activity[]; readonly superseded: readonly string[] },
  Refusal
>;

/** The smallest authority: judges, numbers and folds in memory, like the engine without a disk. */
export class MemoryDesk implements DecisionState {
  now: Instant = MONDAY_9;
  matrix: PriorityMatrix = DEFAULT_MATRIX;
  context: DecisionContext = { zone: 'UTC', alone: true };
  readonly log: Activity[] = [];
  readonly incidents = new Map<Id, Incident>();
  readonly #records = new Map<string, DirectoryRecords[DirectoryKind]>();
  #seq = 0;
  #commands = 0;

  readonly incident = (id: Id) => this.incidents.get(id) ?? null;
  readonly timeline = (id: Id) => this.log.filter(({ subject }) => subject.kind === 'incident' && subject.id === id);
  readonly record = <K extends DirectoryKind>(kind: K, id: Id) =>
    (this.#records.get(`${kind} ${id}`) as DirectoryRecords[K] | undefined) ?? null;
  readonly records = <K extends DirectoryKind>(kind: K) =>
    [...this.#records].filter(([key]) => key.startsWith(`${kind} `)).map(([, one]) => one as DirectoryRecords[K]);
  readonly isNumberTaken = (number: string) => this.#names().some((name) => numberKey(name) === numberKey(number));
  readonly incidentOfCommand = (commandId: Id) =>
    this.log.find(({ cause, subject }) => cause?.commandId === commandId && subject.kind === 'incident')?.subject.id ??
    null;

  get highestNumber(): number {
    return Math.max(0, ...this.#names().map((name) => parseNumber(name) ?? 0));
  }

  #names(): readonly string[] {
    return [...this.incidents.values()].flatMap((one) => [one.number, ...one.aliases.map(({ value }) => value)]);
  }

  has<K extends DirectoryKind>(kind: K, ...records: readonly DirectoryRecords[K][]): this {
    for (const one of records) this.#records.set(`${kind} ${one.id}`, one);
    return this;
  }

  with(id: Id, role: Role, ...teamIds: readonly Id[]): this {
    return this.has('person', person(id, { role, teamIds }));
  }

  /** Sends a command as `ann` (or `actor`) at `now` and keeps what it makes. */
  send<N extends CommandName>(name: N, args: CommandArgs[N] | Record<string, unknown>, how: Sending = {}): Sent {
    const recordedAt = how.at ?? this.now;
    const commandId = how.commandId ?? nameBasedId('test command', this.#commands++);
    const { actor = 'ann', occurredAt = recordedAt, lateReason } = how;
    const more = {
      ...(lateReason === undefined ? {} : { lateReason }),
      ...('seen' in how ? { seen: how.seen ?? null } : {}),
    };
    const decided = decide(
      { id: commandId, name, args, actor, device: 'device', occurredAt, recordedAt, ...more },
      this,
      this.context,
    );
    if (!decided.ok) return decided;
    return { ok: true, value: { commandId, ...decided.value, activities: this.take(decided.value.activities) } };
  }

  /** Confirms activities as one frame: one seq for all of them. */
  take(activities: readonly Activity[]): readonly Activity[] {
    const seq = ++this.#seq;
    const confirmed = activities.map((activity) => ({ ...activity, seq }));
    for (const activity of confirmed) this.#apply(activity);
    return confirmed;
  }

  /** Takes over another desk's log as it stands. */
  replay(log: readonly Activity[]): void {
    for (const activity of log) this.#apply(activity);
    this.#seq = Math.max(0, ...log.map(({ seq }) => seq ?? 0));
  }

  #apply(activity: Activity): void {
    this.log.push(activity);
    const { kind, id } = activity.subject;
    if (kind === 'incident') this.incidents.set(id, applyActivity(this.incident(id), activity, this));
    const saved = directoryRecordOf(activity);
    if (saved !== null) this.#records.set(`${saved.kind} ${saved.record.id}`, saved.record);
    this.matrix = matrixOf(activity) ?? this.matrix;
  }

  /** Records an incident in as few words as a test can; returns its id. */
  opened(args: Partial<CommandArgs['incident.record']> = {}, how: Sending = {}): Id {
    const incidentId = args.incidentId ?? `incident ${this.incidents.size + 1}`;
    const least = { incidentId, shortDescription: 'Printer is on fire', channel: 'phone', impact: 3, urgency: 2 };
    const sent = this.send('incident.record', { ...least, ...args }, how);
    if (!sent.ok) throw new Error(`not recorded: ${JSON.stringify(sent.error)}`);
    return incidentId;
  }

  /** The incident as it stands; it must exist. */
  at(id: Id): Incident {
    const incident = this.incident(id);
    if (incident === null) throw new Error(`no incident ${id}`);
    return incident;
  }
}

/** A desk with two teams and people of every kind the rules know. */
export const staffedDesk = (): MemoryDesk =>
  new MemoryDesk()
    .has('team', team('net'), team('mail'))
    .with('ann', 'agent', 'net')
    .with('ben', 'agent', 'mail')
    .with('sue', 'supervisor', 'net', 'mail')
    .with('tom', 'technician', 'net')
    .with('vic', 'viewer')
    .with('cal', 'requester')
    .with('cat', 'requester');

/** The refusal's code, or 'accepted'. */
export const outcome = (sent: Sent): string => (sent.ok ? 'accepted' : sent.error.code);
