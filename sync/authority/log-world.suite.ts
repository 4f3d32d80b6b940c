import {
  type PullAnswer,
  type PullQuery,
  type PushResult,
  SYNC_LIMITS,
  type WireCommand,
} from '#contracts/sync/wire.ts';
import { type Id, type Instant, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { category, MONDAY_9, person, team } from '#domain/command/memory-desk.suite.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { pullPage } from './pull.ts';
import { type Pushed, push } from './push.ts';
import type { Lane, SharedLog } from './shared-log.ts';

/** Words that only the desk may read stand behind this mark, so that a leak shows. */
export const INTERNAL = 'internal: ';

export const PEOPLE: readonly Person[] = [
  person('adm', { role: 'administrator', handlingNotes: `${INTERNAL}the boss` }),
  person('ann', { role: 'agent', teamIds: ['net'] }),
  person('ben', { role: 'agent', teamIds: ['mail'], handlingNotes: `${INTERNAL}not before nine` }),
  person('sue', { role: 'supervisor', teamIds: ['net', 'mail'] }),
  person('tom', { role: 'technician', teamIds: ['net'] }),
  person('vic', { role: 'viewer' }),
  person('cal', { role: 'requester', handlingNotes: `${INTERNAL}complains` }),
  person('cat', { role: 'requester' }),
];

export interface Sending {
  readonly device?: Id;
  readonly id?: Id;
  readonly seq?: number;
  readonly seen?: Id | null;
  readonly occurredAt?: Instant;
  readonly lateReason?: string;
}

/** People at their desks around one log, and a clock. */
export class World {
  readonly log: SharedLog;
  now: Instant = MONDAY_9;
  /** As in `PullContext`. */
  recent = 5_000;
  readonly #places = new Map<string, number>();
  #commands = 0;

  constructor(log: SharedLog) {
    this.log = log;
  }

  /** A world with teams and people of every role. */
  static async staffed(log: SharedLog): Promise<World> {
    const world = new World(log);
    for (const id of ['net', 'mail'])
      await world.accepted(SYSTEM_ACTOR, 'directory.save', { kind: 'team', record: team(id) });
    const routed = category('printer', { assignmentGroupId: 'net' });
    await world.accepted(SYSTEM_ACTOR, 'directory.save', { kind: 'category', record: routed });
    for (const record of PEOPLE) await world.accepted(SYSTEM_ACTOR, 'directory.save', { kind: 'person', record });
    return world;
  }

  /** A command on its way, with the next place of its lane unless told otherwise. */
  command(actor: Id, name: string, args: unknown, how: Sending = {}): WireCommand {
    const lane = `${how.device ?? 'desk'} ${actor}`;
    const seq = how.seq ?? (this.#places.get(lane) ?? 0) + 1;
    if (how.seq === undefined) this.#places.set(lane, seq);
    this.#commands += 1;
    return {
      seq,
      id: how.id ?? nameBasedId('test command', this.#commands),
      name,
      args,
      occurredAt: how.occurredAt ?? this.now,
      recordedAt: this.now,
      ...(how.lateReason === undefined ? {} : { lateReason: how.lateReason }),
      ...(how.seen === undefined ? {} : { seen: how.seen }),
    };
  }

  push(actor: Id, commands: readonly WireCommand[], device = 'desk'): Promise<Pushed> {
    return push(this.log, [{ device, person: actor, commands }], { zone: 'Europe/Berlin', now: this.now });
  }

  async send(actor: Id, name: string, args: unknown, how: Sending = {}): Promise<PushResult> {
    const pushed = await this.push(actor, [this.command(actor, name, args, how)], how.device);
    const result = pushed.answers[0]?.results[0];
    if (result === undefined) throw new Error('a command has a result');
    return result;
  }

  /** A command of which the test needs that it is accepted. */
  async accepted<N extends CommandName>(
    actor: Id,
    name: N,
    args: CommandArgs[N],
    how: Sending = {},
  ): Promise<PushResult> {
    const result = await this.send(actor, name, args, how);
    if (result.status !== 'accepted') throw new Error(`${name}: ${JSON.stringify(result)}`);
    return result;
  }

  /** Records an incident in as few words as a test can; returns its id. */
  async opened(incidentId: Id, args: Partial<CommandArgs['incident.record']> = {}, actor = 'ann'): Promise<Id> {
    const least = {
      incidentId,
      shortDescription: 'Printer is on fire',
      channel: 'phone',
      impact: 3,
      urgency: 2,
    } as const;
    await this.accepted(actor, 'incident.record', { ...least, ...args });
    return incidentId;
  }

  note(actor: Id, incidentId: Id, entryId: Id): Promise<PushResult> {
    return this.accepted(actor, 'incident.note', { incidentId, entryId, body: `${INTERNAL}${entryId}` });
  }

  /** Somebody's own record changed, as an administrator does it. */
  async changePerson(id: Id, over: Partial<Person>): Promise<PushResult> {
    const record = await this.log.read((reader) => reader.person(id));
    if (record === null) throw new Error(`nobody is ${id}`);
    return this.send('adm', 'directory.save', { kind: 'person', record: { ...record, ...over } });
  }

  page(
    personId: Id,
    cursor = '',
    limit: number = SYNC_LIMITS.page,
    keeps: Pick<PullQuery, 'scope' | 'beside'> = {},
  ): Promise<PullAnswer> {
    const lane: Lane = { device: 'desk', person: personId };
    return pullPage(this.log, lane, { cursor, limit, ...keeps }, { now: this.now, recent: this.recent });
  }

  /** Every row as the log has it. */
  rows(): Promise<readonly Incident[]> {
    return this.log.read(async (reader) =>
      (await reader.incidentsBefore(null, 1_000_000)).map(({ incident }) => incident),
    );
  }

  async row(id: Id): Promise<Incident> {
    const found = (await this.log.read((reader) => reader.incidents([id]))).get(id);
    if (found === undefined) throw new Error(`no incident ${id}`);
    return found;
  }
}
