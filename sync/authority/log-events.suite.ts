import fc from 'fast-check';
import { SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { SEEN, type Step, stepArb } from '#domain/command/made-up-commands.suite.ts';
import { MINUTE } from '#domain/command/memory-desk.suite.ts';
import { type Person, ROLES } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { INTERNAL, PEOPLE, type World } from './log-world.suite.ts';

/** Something that happens at some desk. */
export type Event =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'person'; readonly id: string; readonly over: Partial<Person> }
  | { readonly kind: 'confidential'; readonly incidentId: string; readonly to: boolean }
  | { readonly kind: 'matrix'; readonly shift: number }
  | { readonly kind: 'batch'; readonly steps: readonly Step[] };

const incidentId = fc.constantFrom('incident 1', 'incident 2', 'incident 3');
/** Whose view changes while the others look on. */
const changing = fc.constantFrom('ann', 'ben', 'vic', 'cal', 'cat');

export const eventArb: fc.Arbitrary<Event> = fc.oneof(
  { weight: 12, arbitrary: stepArb.map((step) => ({ kind: 'step' as const, step })) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('confidential' as const), incidentId, to: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('person' as const),
      id: changing,
      over: fc.oneof(
        fc.record({ role: fc.constantFrom(...ROLES) }),
        fc.record({ teamIds: fc.subarray(['net', 'mail']) }),
        fc.record({ active: fc.boolean() }),
        fc.record({ room: fc.constantFrom('1', '2') }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('matrix' as const), shift: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      steps: fc.array(stepArb, { minLength: 2, maxLength: 4 }),
    }),
  },
);

/** Lets it happen; most of it is refused, as screens would not even offer it. */
export async function happen(world: World, event: Event): Promise<void> {
  switch (event.kind) {
    case 'step':
      return sendSteps(world, [event.step]);
    case 'batch':
      return sendSteps(world, event.steps);
    case 'person':
      await world.changePerson(event.id, event.over);
      return;
    case 'confidential': {
      const changes = { confidential: { from: !event.to, to: event.to } };
      await world.send('sue', 'incident.update', { incidentId: event.incidentId, changes });
      return;
    }
    case 'matrix':
      await world.send(SYSTEM_ACTOR, 'configuration.setMatrix', { matrix: MATRICES[event.shift] });
  }
}

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
    [1, 1, 1],
    [2, 2, 2],
    [3, 3, 3],
  ],
];

const sent = new WeakMap<World, string[]>();

/** The steps of one after the other; those of one person in a row are one push. */
async function sendSteps(world: World, steps: readonly Step[]): Promise<void> {
  const ids = sent.get(world) ?? [];
  sent.set(world, ids);
  const rows = new Map((await world.rows()).map((row) => [row.id, row]));
  const actor = steps[0]?.actor ?? 'ann';
  const commands = steps.map((step) => {
    world.now += step.after;
    const late = step.lateReason === undefined ? {} : { lateReason: step.lateReason };
    const args = marked(step.name, completed(step, rows, ids, world.now));
    const command = world.command(actor, step.name, args, { occurredAt: world.now - step.back, ...late });
    ids.push(command.id);
    return command;
  });
  await world.push(actor, commands);
}

/** With what the screen showed put in, the command that an undo names, and releases soon to come. */
function completed(
  step: Step,
  rows: ReadonlyMap<string, Incident>,
  ids: readonly string[],
  now: number,
): Readonly<Record<string, unknown>> {
  if (step.name === 'command.undo') return { commandId: ids.at(-1 - step.earlier) ?? 'none' };
  if (step.name === 'incident.reply') return { ...step.args, releaseAt: now + step.earlier * MINUTE };
  if (step.name === 'incident.record') return { callerId: 'cal', ...step.args };
  const incident = rows.get(String(step.args.incidentId));
  const { changes } = step.args;
  if (incident === undefined || typeof changes !== 'object' || changes === null) return step.args;
  const seen = Object.entries(changes as Record<string, { from: unknown; to: unknown }>).map(([field, change]) => [
    field,
    change?.from === SEEN ? { ...change, from: incident[field as keyof Incident] } : change,
  ]);
  return { ...step.args, changes: Object.fromEntries(seen) };
}

const OF_THE_DESK: Readonly<Record<string, readonly string[]>> = {
  'incident.note': ['body'],
  'incident.logCall': ['body'],
  'incident.transfer': ['note'],
  'incident.hold': ['approver'],
  'incident.resolve': ['resolutionNotes', 'confirmedBy'],
  'incident.reopen': ['reason'],
  'incident.cancel': ['detail'],
  'incident.prioritise': ['why'],
};

/** What only the desk may read, marked as such. */
function marked(name: string, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ofDesk = name === 'incident.attach' && args.visibility === 'internal' ? ['name'] : [];
  const fields = OF_THE_DESK[name] ?? ofDesk;
  return Object.fromEntries(
    Object.entries(args).map(([field, value]) => {
      const isWord = fields.includes(field) && typeof value === 'string' && value !== '';
      return [field, isWord ? INTERNAL + value : value];
    }),
  );
}

/** Incidents of several callers before anything else happens. */
export async function openSome(world: World): Promise<void> {
  await world.opened('incident 1', { callerId: 'cal', assignmentGroupId: 'net', tags: [`${INTERNAL}tag`] });
  await world.opened('incident 2', { callerId: 'cat', assignmentGroupId: 'mail', confidential: true }, 'sue');
}

export const EVERYBODY: readonly string[] = PEOPLE.map(({ id }) => id);
