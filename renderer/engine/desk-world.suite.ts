// Before Dexie, which looks for the browser's database once, when it is loaded.
import 'fake-indexeddb/auto';

import { expect } from 'vitest';
import type { Id } from '#domain/activity/activity.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { HOLD_REASONS, type Impact, type Priority, type Urgency } from '#domain/incident/incident.ts';
import { DeskDb } from '#renderer/data/desk-db.ts';
import { DeskStore } from '#renderer/data/desk-store.ts';
import { type CommandStep, MATRICES, type Step, WORDS } from './desk-steps.suite.ts';
import { everything, introduced, nextId, type TestDesk, type TestWindow, testDesk } from './engine-harness.suite.ts';
import { eventLog, imported } from './event-log.suite.ts';
import { SnapshotKeeper } from './snapshots.ts';

/** A desk with two people, what was asked of it, and a clock that stands still while somebody looks. */
export class World {
  desk: TestDesk;
  window: TestWindow;
  people: Id[] = [];
  teams: Id[] = [];
  incidents: Id[] = [];
  commands: Id[] = [];
  at = Date.UTC(2026, 0, 5, 9);
  accepted = 0;

  constructor() {
    this.desk = testDesk({
      environment: {
        now: () => this.at,
        after: (milliseconds, callback) => {
          // What waits for its hour is looked at seldom, what waits for quiet comes at once.
          const timer = setTimeout(callback, Math.min(milliseconds, 8));
          return () => clearTimeout(timer);
        },
      },
    });
    this.window = this.desk.window();
  }

  async begin(): Promise<void> {
    this.people = [await introduced(this.window, 'Ada Printer'), await introduced(this.window, 'Bo Paper')];
    this.teams = (await this.window.watch('directory', { kind: 'team' })).map(({ id }) => id);
  }

  takeUp(desk: TestDesk): void {
    this.desk = desk;
    this.window = desk.window();
  }

  async submit<N extends CommandName>(personId: Id, name: N, args: CommandArgs[N]): Promise<boolean> {
    const commandId = nextId();
    const answer = await this.window.submit(personId, name, args, { commandId });
    if (!answer.ok) expect(answer.error.code).toBe('refused');
    if (answer.ok) this.commands.push(commandId);
    this.accepted += answer.ok ? 1 : 0;
    return answer.ok;
  }
}

const pick = <T>(all: readonly T[], n: number): T => {
  const found = all[n % all.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};
const textOf = (a: number, b: number) => `${pick(WORDS, a)} ${pick(WORDS, b)} ${a}`;
const threeOf = <T extends Impact | Urgency>(n: number) => ((n % 3) + 1) as T;

async function record(world: World, { a, b, target }: CommandStep): Promise<void> {
  const incidentId = nextId();
  const caller =
    a % 3 === 0 ? { newCaller: { personId: nextId(), name: `${pick(WORDS, b)} caller`, phone: null } } : {};
  const args: CommandArgs['incident.record'] = {
    incidentId,
    shortDescription: textOf(a, b),
    channel: 'phone',
    impact: threeOf(a),
    urgency: threeOf(b),
    ...caller,
    ...(b % 2 === 0 ? { assignedToId: pick(world.people, a) } : {}),
    ...(target % 5 === 0 ? { confidential: true } : {}),
    ...(target % 4 === 0 ? { tags: [pick(WORDS, target)] } : {}),
  };
  if (await world.submit(pick(world.people, target), 'incident.record', args)) world.incidents.push(incidentId);
}

async function saveRecord(world: World, { verb, target, a, b }: CommandStep): Promise<void> {
  const actor = pick(world.people, target);
  if (verb === 'matrix') {
    await world.submit(actor, 'configuration.setMatrix', {
      matrix: pick<readonly (readonly Priority[])[]>(MATRICES, a),
    });
    return;
  }
  if (verb === 'team') {
    const record = {
      id: a % 2 === 0 ? nextId() : pick(world.teams, b),
      name: textOf(a, b),
      active: true,
      source: null,
    };
    if (await world.submit(actor, 'directory.save', { kind: 'team', record })) world.teams.push(record.id);
    return;
  }
  const everyone = await world.window.watch('directory', { kind: 'person' });
  const person = pick(everyone, b);
  if ('role' in person) {
    await world.submit(actor, 'directory.save', {
      kind: 'person',
      record: { ...person, name: `${pick(WORDS, a)} ${b}` },
    });
  }
}

/** What each verb asks of one incident. Many are refused; the desk is the same after that, too. */
async function act(world: World, step: CommandStep): Promise<void> {
  const { verb, target, a, b } = step;
  if (verb === 'record') return record(world, step);
  if (verb === 'person' || verb === 'team' || verb === 'matrix') return saveRecord(world, step);
  const actor = pick(world.people, a + b);
  if (verb === 'undo') {
    const last = world.commands.at(-1 - (target % 3));
    if (last !== undefined) await world.submit(actor, 'command.undo', { commandId: last });
    return;
  }
  if (world.incidents.length === 0) return;
  const incidentId = pick(world.incidents, target);
  await onIncident(world, step, actor, incidentId);
}

async function onIncident(world: World, { verb, a, b }: CommandStep, actor: Id, incidentId: Id): Promise<void> {
  const body = textOf(b, a);
  const entryId = nextId();
  const moves: { readonly [V in CommandStep['verb']]?: () => Promise<unknown> } = {
    update: async () => {
      const shown = await world.window.watch('incident', { idOrNumber: incidentId });
      const from = shown?.incident.shortDescription ?? '';
      return world.submit(actor, 'incident.update', { incidentId, changes: { shortDescription: { from, to: body } } });
    },
    assign: () =>
      world.submit(actor, 'incident.assign', { incidentId, assignedToId: a % 4 === 0 ? null : pick(world.people, b) }),
    transfer: () =>
      world.submit(actor, 'incident.transfer', { incidentId, assignmentGroupId: pick(world.teams, b), note: body }),
    start: () => world.submit(actor, 'incident.start', { incidentId }),
    hold: () =>
      world.submit(actor, 'incident.hold', {
        incidentId,
        reason: pick(HOLD_REASONS, a),
        vendor: { name: body, reference: null },
        approver: body,
        reply: { entryId, body },
      }),
    resume: () => world.submit(actor, 'incident.resume', { incidentId }),
    resolve: () =>
      world.submit(actor, 'incident.resolve', {
        incidentId,
        resolutionCode: 'solutionProvided',
        resolutionNotes: body,
        confirmedBy: 'caller',
      }),
    close: () => world.submit(actor, 'incident.close', { incidentId, confirmation: body }),
    reopen: () => world.submit(actor, 'incident.reopen', { incidentId, reason: body }),
    cancel: () => world.submit(actor, 'incident.cancel', { incidentId, reason: 'withdrawn' }),
    prioritise: () =>
      world.submit(actor, 'incident.prioritise', {
        incidentId,
        value: pick([1, 2, 3, 4, null] as const, a),
        why: body,
        mode: 'corrected',
      }),
    note: () => world.submit(actor, 'incident.note', { incidentId, entryId, body }),
    logCall: () => world.submit(actor, 'incident.logCall', { incidentId, entryId, body }),
  };
  await moves[verb]?.();
}

/** Takes a snapshot of a stopped desk, as the housekeeper does when it is quiet for long enough. */
async function snapshot({ host, databaseName }: TestDesk, at: number): Promise<void> {
  const opened = await host.journal.open();
  if (!opened.ok) throw new Error(opened.error.code);
  const db = new DeskDb(databaseName);
  await db.open();
  const keeper = new SnapshotKeeper({
    host,
    opening: opened.value,
    store: await DeskStore.on(db),
    newId: nextId,
    now: () => at,
    breathe: async () => undefined,
    signal: new AbortController().signal,
  });
  await keeper.begin();
  await keeper.take();
  db.close();
}

/** Ends the desk in one of the ways a desk ends, and starts it again. */
export async function restart(world: World, how: Extract<Step, { kind: 'restart' }>['how']): Promise<void> {
  await world.desk.ready();
  if (how !== 'kill') await world.desk.engine.stop();
  if (how === 'snapshot') await snapshot(world.desk, world.at);
  world.takeUp(world.desk.restart(how === 'rebuild' ? { databaseName: `desk ${nextId()}` } : {}));
}

/** Lets one step happen. */
export async function take(world: World, step: Step): Promise<void> {
  world.at += 1_000;
  switch (step.kind) {
    case 'command':
      return act(world, step);
    case 'import': {
      await imported(world.window, eventLog(step.incidents, step.versions, step.from, step.priority));
      const list = await world.window.watch('list', {
        personId: pick(world.people, 0),
        spec: everything,
        from: 0,
        to: 500,
      });
      world.incidents = list.rows.map(({ id }) => id);
      return;
    }
    case 'restart':
      return restart(world, step.how);
    case 'person':
      await world.window.call('switchPerson', { personId: pick(world.people, step.who) });
      return;
    case 'wait':
      world.at += step.seconds * 1_000;
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
