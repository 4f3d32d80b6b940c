import { setImmediate as turn } from 'node:timers/promises';

interface Waiting<Asked, Found> {
  readonly asked: Asked;
  readonly answer: (found: Found) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Those who ask while one asking is under way are asked for together in the next one: however many wait, it is one
 * statement. Whoever is answered is answered by what was read after they asked. `ask` answers in the order asked.
 */
export function together<Asked, Found>(
  ask: (asked: readonly Asked[]) => Promise<readonly Found[]>,
): (asked: Asked) => Promise<Found> {
  let waiting: Waiting<Asked, Found>[] = [];
  let running = false;
  const once = async (all: readonly Waiting<Asked, Found>[]): Promise<void> => {
    try {
      const found = await ask(all.map(({ asked }) => asked));
      if (found.length !== all.length) throw new Error(`${found.length} answers to ${all.length} questions`);
      for (const [at, { answer }] of all.entries()) answer(found[at] as Found);
    } catch (error) {
      for (const { fail } of all) fail(error);
    }
  };
  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      // An embedded database works without ever giving way: whoever has arrived meanwhile is read first.
      await turn();
      const all = waiting;
      waiting = [];
      await once(all);
    }
    running = false;
  };
  return (asked) =>
    new Promise<Found>((answer, fail) => {
      waiting.push({ asked, answer, fail });
      if (!running) void run();
    });
}
