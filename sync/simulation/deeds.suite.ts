import fc from 'fast-check';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { SEEN, type Step, stepArb } from '#domain/command/made-up-commands.suite.ts';
import { staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { parseArgs } from '#domain/command/parse-args.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { blockCode, formatBlockNumber, formatNumber } from '#domain/incident/numbering.ts';
import type { SyncClient } from '#sync/client/client.ts';
import type { OwnCommand } from '#sync/client/outbox-frames.ts';
import type { SimulatedDevice } from './device.suite.ts';
import type { Dice } from './scheduler.suite.ts';
import { FIRST_INCIDENTS, STAFF } from './server.suite.ts';

/** What screens might send, sensible or not: drawn once, the same for every run. */
const STEPS: readonly Step[] = fc.sample(stepArb, { seed: 20_260_302, numRuns: 4_000 });

interface Deed {
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** Makes commands as a person would who looks at a device's screen. */
export class Deeds {
  private readonly dice: Dice;
  private made = 0;
  private readonly incidents: Id[] = [...FIRST_INCIDENTS];
  private readonly histories: { readonly incidentId: Id; readonly number: string; readonly notes: string[] }[] = [];

  constructor(dice: Dice) {
    this.dice = dice;
  }

  async next(client: SyncClient, device: SimulatedDevice, person: Id): Promise<OwnCommand> {
    const { dice } = this;
    const step = dice.pick(dice.chance(0.8) ? SOUND : STEPS);
    const records = this.incidents.length === 0 || dice.chance(0.1);
    const { name, args } = await this.deed(client, device, person, step, records);
    const recordedAt = device.now;
    const late = step.lateReason === undefined ? {} : { lateReason: step.lateReason };
    const seen = name === 'incident.reply' ? { seen: await newestPublic(client, args.incidentId) } : {};
    const occurredAt = recordedAt - (dice.chance(0.8) ? 0 : step.back);
    return { id: this.newId('command'), person, name, args, occurredAt, recordedAt, ...late, ...seen };
  }

  private async deed(
    client: SyncClient,
    device: SimulatedDevice,
    person: Id,
    step: Step,
    records: boolean,
  ): Promise<Deed> {
    const { dice } = this;
    if (person === 'adm' && dice.chance(0.4)) return this.configuring();
    if (['adm', 'sue'].includes(person) && dice.chance(0.08)) return this.handedOver(device);
    if (!records && dice.chance(0.15)) return this.atOnce(client, device);
    return this.filled(client, device, person, step, records);
  }

  /** One of those recorded so far. */
  anIncident(): Id {
    return this.incidents.length === 0 ? 'none' : this.dice.pick(this.incidents);
  }

  private newId(kind: string): Id {
    this.made += 1;
    return `${kind} ${this.made}`;
  }

  private async filled(client: SyncClient, device: SimulatedDevice, person: Id, step: Step, records: boolean) {
    const { dice } = this;
    if (records || step.name === 'incident.record') {
      const recording = dice.pick(RECORDINGS);
      // Two that record the same incident: a mistake, and still nothing is lost.
      const incidentId =
        this.incidents.length > 0 && dice.chance(0.05) ? dice.pick(this.incidents) : this.newId('incident');
      this.incidents.push(incidentId);
      const { resolve, ...open } = recording.args;
      const args = dice.chance(0.2) && resolve !== undefined ? { ...open, resolve } : open;
      // As if a copied folder went on counting under the code of the first.
      const provisionalNumber = formatBlockNumber(blockCode(1 + dice.below(3)), 1 + dice.below(20));
      const numbered = dice.chance(0.5) ? { provisionalNumber } : {};
      return { name: recording.name, args: { ...args, ...numbered, incidentId } };
    }
    if (step.name === 'command.undo') {
      const own = [...device.recorded.values()].filter(({ command }) => command.person === person).slice(-4);
      return { name: step.name, args: { commandId: own.length > 0 ? dice.pick(own).command.id : 'none' } };
    }
    const { incidentId, shown } = await this.onScreen(client, device);
    const args = Object.fromEntries(
      Object.entries(step.args).map(([key, value]) => [key, this.argument(key, value, incidentId, device, shown)]),
    );
    return { name: step.name, args };
  }

  private async onScreen(client: SyncClient, device: SimulatedDevice) {
    const { dice } = this;
    const near = device.store.held().slice(-4);
    const incidentId = dice.pick(near.length > 0 && dice.chance(0.7) ? near : this.incidents.slice(-4));
    const shown = (await client.effective([incidentId])).get(incidentId)?.incident;
    return { incidentId, shown };
  }

  /** What two people do at the same time to the same incident: texts, lists, owner and group. */
  private async atOnce(client: SyncClient, device: SimulatedDevice) {
    const { dice } = this;
    const { incidentId, shown } = await this.onScreen(client, device);
    const assignedToId = dice.pick(['ann', 'ben', 'sue', 'tom']);
    const from = { assignmentGroupId: shown?.assignmentGroupId ?? null, assignedToId: shown?.assignedToId ?? null };
    const lot = dice.below(10);
    if (lot < 2) return { name: 'incident.assign', args: { incidentId, assignedToId, from: from.assignedToId } };
    if (lot < 3) {
      const assignmentGroupId = dice.pick(['net', 'mail']);
      return { name: 'incident.transfer', args: { incidentId, assignmentGroupId, note: this.newId('text'), from } };
    }
    const field = lot < 6 ? 'tags' : dice.pick(['description', 'shortDescription'] as const);
    const seen = shown?.[field] ?? (field === 'tags' ? [] : '');
    const to =
      typeof seen === 'string' ? this.newId('text') : TAGS.filter((tag) => dice.chance(0.2) !== seen.includes(tag));
    return { name: 'incident.update', args: { incidentId, changes: { [field]: { from: seen, to } } } };
  }

  /** A history from a desk that worked alone: new, the same once more, or one that has grown since. */
  private handedOver(device: SimulatedDevice) {
    const { dice } = this;
    const earlier = dice.chance(0.4) && this.histories.length > 0 ? dice.pick(this.histories) : null;
    const history = earlier ?? this.newHistory();
    if (earlier === null || dice.chance(0.5)) history.notes.push(this.newId('text'));
    const { incidentId, number, notes } = history;
    const told = (at: number, type: string, payload: object): Activity => ({
      id: `${incidentId} told ${at}`,
      subject: { kind: 'incident', id: incidentId },
      type,
      payload,
      actor: 'ben',
      device: 'alone',
      seq: at + 1,
      occurredAt: device.now,
      recordedAt: device.now,
      syncedAt: null,
      visibility: 'internal',
      origin: 'observed',
      cause: null,
    });
    const activities = [
      told(0, 'incident.numbered', { number, formerSource: 'alone' }),
      ...notes.map((body, at) => told(at + 1, 'incident.note', { entryId: `${incidentId} note ${at}`, body })),
    ];
    const above = dice.chance(0.5) ? { above: 30 } : {};
    const subject = { kind: 'incident' as const, id: incidentId };
    return { name: 'history.adopt', args: { subject, source: 'alone', activities, ...above } };
  }

  private newHistory() {
    const incidentId = this.newId('incident');
    this.incidents.push(incidentId);
    const history = { incidentId, number: formatNumber(1 + this.dice.below(30)), notes: [] as string[] };
    this.histories.push(history);
    return history;
  }

  private argument(key: string, value: unknown, incidentId: Id, device: SimulatedDevice, shown: Incident | undefined) {
    if (key === 'incidentId' && typeof value === 'string') return incidentId;
    if (key === 'duplicateOfId') return this.dice.pick(this.incidents);
    if (key === 'entryId' && this.dice.chance(0.9)) return this.newId('entry');
    if (key === 'releaseAt' && this.dice.chance(0.8)) return device.now + this.dice.below(60_000);
    if (key === 'until' && this.dice.chance(0.8)) return device.now + this.dice.below(9_000_000) + 60_000;
    if (key !== 'changes' || typeof value !== 'object' || value === null || shown === undefined) return value;
    return Object.fromEntries(
      Object.entries(value as Record<string, { readonly from: unknown }>).map(([field, change]) => [
        field,
        change?.from === SEEN ? { ...change, from: shown[field as keyof Incident] } : change,
      ]),
    );
  }

  /** People change teams and roles, and with them what they may see; the matrix changes. */
  private configuring(): Deed {
    const { dice } = this;
    if (dice.chance(0.4)) return { name: 'configuration.setMatrix', args: { matrix: dice.pick(MATRICES) } };
    const one = dice.pick(STAFF.filter(({ id }) => id !== 'adm'));
    const teamIds = dice.pick([[], ['net'], ['mail'], ['net', 'mail']]);
    const role =
      one.role === 'requester' ? one.role : dice.pick(['agent', 'technician', 'supervisor', one.role] as const);
    const active = !dice.chance(0.1);
    return { name: 'directory.save', args: { kind: 'person', record: { ...one, teamIds, role, active } } };
  }
}

/** Such as a form would let through. */
const SOUND = STEPS.filter(({ name, args }) => name === 'command.undo' || parseArgs(name, args).ok);

/** Mostly such as a form would let through: what nobody records, nobody can work on. */
const RECORDINGS = STEPS.filter(
  ({ name, args }, at) =>
    name === 'incident.record' && (at % 5 === 0 || staffedDesk().send(name, { ...args, incidentId: 'one' }).ok),
);

const TAGS = ['a', 'b', 'c', 'd', 'e'];

const MATRICES = [
  [
    [1, 2, 3],
    [2, 3, 4],
    [3, 4, 5],
  ],
  [
    [1, 1, 2],
    [1, 2, 3],
    [2, 3, 4],
  ],
  [
    [2, 3, 3],
    [3, 3, 4],
    [4, 4, 5],
  ],
] as const;

async function newestPublic(client: SyncClient, incidentId: unknown): Promise<Id | null> {
  const id = String(incidentId);
  const timeline = (await client.effective([id])).get(id)?.timeline ?? [];
  const isPublic = ({ type }: Activity) => type === 'incident.reply' || type === 'incident.message';
  return timeline.findLast(isPublic)?.id ?? null;
}
