import { expect, it } from 'vitest';
import { entry } from '#sync/client/local-changes.suite.ts';
import { LiveDesk } from './live-desk.ts';
import { Touches } from './touches.ts';

it('keeps no timeline that was read before something was added to it and stored', async () => {
  const desk = new LiveDesk(
    new Touches(
      () => 0,
      () => undefined,
    ),
  );
  const [first, second] = [entry('first', 'i', 1), entry('second', 'i', 2)];
  let stored = [first];
  let found = (): void => undefined;
  const reading = new Promise<void>((resolve) => {
    found = resolve;
  });
  desk.shared = {
    incidents: async () => new Map(),
    timeline: async () => {
      const read = stored;
      await reading;
      return read;
    },
    isWhole: async () => true,
  };
  const asked = desk.timeline('i');
  const nothing = { incidents: [], directory: [], commands: [], alerts: [], sync: [], configuration: null };
  const activities = [{ index: 0, activity: second }];
  desk.install({ ...nothing, activities, stages: null, applied: desk.applied });
  stored = [first, second];
  desk.overlay.clear();
  found();
  await asked;
  expect(await desk.timeline('i')).toEqual([first, second]);
});
