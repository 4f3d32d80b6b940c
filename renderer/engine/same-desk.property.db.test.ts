import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CommandStep, type Step, stepArb, WORDS } from './desk-steps.suite.ts';
import { tablesOf } from './desk-tables.suite.ts';
import { type View, viewOf } from './desk-view.suite.ts';
import { restart, take, World } from './desk-world.suite.ts';

const usual = (verb: CommandStep['verb'], target: number, a = 1, b = 1): Step => ({
  kind: 'command',
  verb,
  target,
  a,
  b,
});
/** Work before and after two snapshots, the second of which lets go of what the first covers. */
const USUAL: Step[] = [
  usual('record', 1),
  usual('record', 2, 2, 2),
  { kind: 'import', from: 3, incidents: 4, versions: 2, priority: '1 - Critical' },
  usual('assign', 1),
  { kind: 'restart', how: 'snapshot' },
  usual('note', 1),
  usual('resolve', 0),
  { kind: 'restart', how: 'snapshot' },
  usual('update', 2),
  usual('person', 1, 3, 0),
  usual('matrix', 1),
  { kind: 'restart', how: 'kill' },
  usual('record', 3, 3, 3),
  usual('prioritise', 3),
  usual('undo', 0),
];

/** Question by question, so that a failure names what is not the same. */
function expectSame(shown: View, before: View): void {
  for (const question of new Set([...Object.keys(before), ...Object.keys(shown)])) {
    expect({ question, answer: shown[question] }).toEqual({ question, answer: before[question] });
  }
}

it('what the engine shows is what it shows after a restart, and after a rebuild from snapshot and journal', {
  timeout: 60_000,
}, async () => {
  let [accepted, snapshots] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(stepArb, { minLength: 4, maxLength: 30 }), fc.boolean(), async (steps, killed) => {
      const world = new World();
      await world.begin();
      for (const step of steps) await take(world, step);
      accepted += world.accepted;
      const look = () => viewOf(world.desk, world.people, WORDS);
      const live = await look();
      await restart(world, killed ? 'kill' : 'quit');
      expectSame(await look(), live);
      await world.desk.engine.stop();
      const before = await tablesOf(world.desk.databaseName);
      await restart(world, 'rebuild');
      expectSame(await look(), live);
      await world.desk.engine.stop();
      expect(await tablesOf(world.desk.databaseName)).toEqual(before);
      world.desk.kill();
      snapshots += world.desk.disk.manifests.length;
    }),
    { numRuns: 20, examples: [[USUAL, true]], interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
  );
  // Of a law about refusals alone, or about journals that no snapshot cut short, nobody would learn anything.
  expect(accepted).toBeGreaterThan(10);
  expect(snapshots).toBeGreaterThan(0);
});
