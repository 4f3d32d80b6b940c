import { resolveRuntime } from './electron-runtime/resolve.ts';
import { prepareGround } from './system/headless.ts';
import { forgetBuild } from './system/outputs.ts';
import { foreground, script, tool } from './system/run.ts';

/** `npm run dev`: the renderer from a development server, main rebuilt and restarted when it changes. */
const dev = async (args: readonly string[]): Promise<number> => {
  const { executable } = await resolveRuntime();
  const ground = await prepareGround();
  if (!ground) return 1;
  forgetBuild();
  const electron = [...ground.switches, ...args];
  try {
    return await foreground(
      tool('electron-vite'),
      ['dev', '--watch', '--config', 'build/electron.vite.config.ts', '--', ...electron],
      { env: { ...process.env, ...ground.env, ELECTRON_EXEC_PATH: executable } },
    );
  } finally {
    ground.stop();
  }
};

await script(() => dev(process.argv.slice(2)));
