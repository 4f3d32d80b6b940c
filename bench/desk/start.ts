import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveRuntime } from '#build/electron-runtime/resolve.ts';
import { root } from '#build/system/places.ts';
import { environment, switchesFor } from '#e2e/harness/desk.ts';
import { killAll, processesOf } from '#e2e/harness/processes.ts';
import { momentOf } from './log-lines.ts';

/**
 * A start with nothing attached to it: no debugger, no Playwright, no pipe. Every application writes the wall-clock
 * moment of its first paint into a file, and the clock begins just before it is spawned.
 */
export interface Started {
  readonly paintedAfter: number;
  processes(): readonly number[];
  /** An orderly end; whatever is left after it is killed. */
  end(): Promise<void>;
}

interface Application {
  readonly args: readonly string[];
  readonly profile: string;
  /** The moment of the first paint since `from`, once it is known. */
  painted(from: number): number | undefined;
  tidy?(): Promise<void>;
}

const MAY_TAKE = 120_000;
const ENDING_MAY_TAKE = 15_000;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const paintOf = async (child: ChildProcess, app: Application, spawned: number): Promise<number> => {
  while (Date.now() < spawned + MAY_TAKE) {
    const moment = app.painted(spawned);
    if (moment !== undefined) return moment - spawned;
    if (child.exitCode !== null) throw new Error(`The application ended with code ${child.exitCode} before it painted`);
    await pause(20);
  }
  throw new Error('Nothing was painted');
};

const start = async (app: Application): Promise<Started> => {
  const { executable } = await resolveRuntime();
  const spawned = Date.now();
  const child = spawn(executable, [...app.args], { cwd: root, env: environment(), stdio: 'ignore' });
  const ended = once(child, 'exit');
  const end = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, pause(ENDING_MAY_TAKE)]);
    await killAll(child.pid, app.profile);
    await app.tidy?.();
  };
  try {
    const paintedAfter = await paintOf(child, app, spawned);
    return { paintedAfter, processes: () => processesOf(child.pid, app.profile), end };
  } catch (error) {
    await end();
    throw error;
  }
};

/** Ours: `mark.painted` of its own log. */
export const startDesk = (profile: string): Promise<Started> =>
  start({
    args: [...switchesFor(profile), root],
    profile,
    painted: (from) => momentOf(profile, 'mark.painted', from),
  });

/** A peer writes one line, the moment of its paint. Its profile is kept when one is given, new otherwise. */
export const startPeer = async (app: string, args: readonly string[] = [], profile?: string): Promise<Started> => {
  const scratch = await mkdtemp(join(tmpdir(), 'deskbell-start-'));
  const file = join(scratch, 'painted');
  const own = profile ?? join(scratch, 'profile');
  return start({
    args: [...switchesFor(own), `--painted-file=${file}`, ...args, app],
    profile: own,
    painted: () => (existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) || undefined : undefined),
    tidy: () => rm(scratch, { recursive: true, force: true, maxRetries: 5 }),
  });
};
