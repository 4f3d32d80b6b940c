import fc from 'fast-check';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { SEEN, type Step, stepArb } from '#domain/command/made-up-commands.suite.ts';
import { staffedDesk } from '#domain/command/memory-desk.suite.ts';
import { parseArgs } from '#domain/command/parse-args.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { SyncClient } from '#sync/client/client.ts';
import type { OwnCommand } from '#sync/client/outbox-frames.ts';
import type { SimulatedDevice } from './device.suite.ts';
import type { Dice } from './scheduler.suite.ts';
import { FIRST_INCIDENTS, STAFF } from './server.suite.ts';

/** What screens might send, sensible or not: drawn once, the same for every run. */
const STEPS: readonly Step[] = fc.sample(stepArb, { seed: 20_260_302, numRuns: 4_000 });

/** Makes commands as a person would who looks at a device's screen. */
export class Deeds {
  private readonly dice: Dice;
  private made = 0;
  private readonly incidents: Id[] = [...FIRST_INCIDENTS];

  constructor(dice: Dice) {
    this.dice = dice;
  }

  async next(client: SyncClient, device: SimulatedDevice, person: Id): Promise<OwnCommand> {
    const { dice } = this;
    const step = dice.pick(dice.chance(0.8) ? SOUND : STEPS);
    const records = this.incidents.length === 0 || dice.chance(0.1);
    const { name, args } =
      person === 'adm' && dice.chance(0.4)
        ? this.configuring()
        : await this.filled(client, device, person, step, records);
    const recordedAt = device.now;
    const late = step.lateReason === undefined ? {} : { lateReason: step.lateReason };
    const seen = name === 'incident.reply' ? { seen: await newestPublic(client, args.incidentId) } : {};
    const occurredAt = recordedAt - (dice.chance(0.8) ? 0 : step.back);
    return { id: this.newId('command'), person, name, args, occurredAt, recordedAt, ...late, ...seen };
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
      return { name: recording.name, args: { ...args, incidentId } };
    }
    if (step.name === 'command.undo') {
      const own = [...device.recorded.values()].filter(({ command }) => command.person === person).slice(-4);
      return { name: step.name, args: { commandId: own.length > 0 ? dice.pick(own).command.id : 'none' } };
    }
    const near = device.store.held().slice(-4);
    const incidentId = dice.pick(near.length > 0 && dice.chance(0.7) ? near : this.incidents.slice(-4));
    const shown = (await client.effective([incidentId])).get(incidentId)?.incident;
    const args = Object.fromEntries(
      Object.entries(step.args).map(([key, value]) => [key, this.argument(key, value, incidentId, device, shown)]),
    );
    return { name: step.name, args };
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
  private configuring(): { readonly name: string; readonly args: Record<string, unknown> } {
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
