import { type Helper, hasDisplay, startHeadlessSession } from './display.ts';
import { ensurePackages, needs } from './packages.ts';
import { runsAsRoot } from './places.ts';

/** What a desktop program needs around it on this machine: libraries, a screen, and root's one switch. */
export interface Ground {
  readonly env: Record<string, string>;
  readonly switches: readonly string[];
  stop(): void;
}

/** Undefined when something is missing that only the person can install; they have been told how. */
export const prepareGround = async (): Promise<Ground | undefined> => {
  const headless = !hasDisplay();
  const packages = headless ? [...needs.desktop, ...needs.headless] : needs.desktop;
  if (!(await ensurePackages(packages))) return undefined;
  const switches = process.platform === 'linux' && runsAsRoot() ? ['--no-sandbox'] : [];
  const session: Helper = headless ? await startHeadlessSession() : { env: {}, stop: () => undefined };
  if (headless)
    console.error(`No display here: Deskbell runs on a virtual one (Xvfb, DISPLAY=${session.env.DISPLAY}).`);
  return { env: session.env, switches, stop: session.stop };
};
