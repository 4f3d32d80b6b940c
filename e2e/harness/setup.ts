import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { startHeadlessSession } from '#build/system/display.ts';
import { ensureBuilt } from '#build/system/outputs.ts';

/**
 * Before any test: the build is fresh, the runtime found once, and a screen and a session bus of our own are up,
 * so that tests neither flicker over a developer's desktop nor depend on one.
 */
const setup = async (): Promise<() => void> => {
  if (!(await ensureBuilt())) throw new Error('The build failed');
  const { dist } = await resolveRuntime();
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dist;
  if (process.platform !== 'linux') return () => undefined;
  const session = await startHeadlessSession();
  Object.assign(process.env, session.env);
  delete process.env.WAYLAND_DISPLAY;
  return session.stop;
};

// biome-ignore lint/style/noDefaultExport: Playwright calls the default export
export default setup;
