import { readdirSync, readFileSync } from 'node:fs';

/** Looks at Linux's process table, so that a test can kill everything an application started, and nothing else. */

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

const read = (pid: string): Running | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold spaces and parentheses; what follows the last one is regular.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { pid: Number(pid), parent: Number(fields[1]), command };
  } catch {
    return undefined;
  }
};

const running = (): Running[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(read)
    .filter((process) => process !== undefined);

const descendants = (all: readonly Running[], pid: number): number[] =>
  all.filter((process) => process.parent === pid).flatMap((child) => [child.pid, ...descendants(all, child.pid)]);

/**
 * Every process of an application: its descendants, and those that were adopted by init but name its profile
 * (Chromium's crash handler does that).
 */
export const processesOf = (pid: number | undefined, profile: string): number[] => {
  const all = running().filter((one) => one.pid !== process.pid);
  const tree = pid === undefined ? [] : [pid, ...descendants(all, pid)];
  const named = all.filter((one) => one.command.includes(profile)).map((one) => one.pid);
  const alive = new Set(all.map((one) => one.pid));
  return [...new Set([...tree, ...named])].filter((one) => alive.has(one));
};

const kill = (pid: number) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was gone before the signal came.
  }
};

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** `kill -9` for the whole application at once, as a power cut would; returns when none is left. */
export const killAll = async (pid: number | undefined, profile: string): Promise<void> => {
  for (let left = processesOf(pid, profile); left.length > 0; left = processesOf(undefined, profile)) {
    for (const one of left) kill(one);
    await pause(10);
  }
};
