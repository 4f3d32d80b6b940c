import { resolveRuntime } from './electron-runtime/resolve.ts';
import { prepareGround } from './system/headless.ts';
import { ensureBuilt } from './system/outputs.ts';
import { root } from './system/places.ts';
import { foreground, script } from './system/run.ts';

/** `npm start`: from a fresh checkout to an open desk, whatever the machine lacks. Ends when the application does. */
const start = async (args: readonly string[]): Promise<number> => {
  if (!(await ensureBuilt())) return 1;
  const { executable } = await resolveRuntime();
  const ground = await prepareGround();
  if (!ground) return 1;
  try {
    return await foreground(executable, [...ground.switches, root, ...args], {
      env: { ...process.env, ...ground.env },
    });
  } finally {
    ground.stop();
  }
};

await script(() => start(process.argv.slice(2)));
