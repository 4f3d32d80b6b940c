import { readFileSync } from 'node:fs';

/** What the processes of an application hold, in megabytes of PSS: shared pages are divided among their users. */
export interface Memory {
  readonly total: number;
  readonly byRole: Readonly<Record<string, number>>;
}

const megabytesOf = (pid: number): number => {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1_024;
};

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');

/** `--type` names the role; renderers are told apart by the number Chromium gave them, in the order of their making. */
export const roleOf = (command: string): string => {
  const type = /--type=(\S+)/.exec(command)?.[1] ?? 'main';
  if (type === 'utility') return /--utility-sub-type=(?:\w+\.mojom\.)?(\w+)/.exec(command)?.[1] ?? type;
  if (type === 'renderer') return `renderer ${/--renderer-client-id=(\d+)/.exec(command)?.[1] ?? '?'}`;
  return type;
};

export const memoryOf = (pids: readonly number[]): Memory => {
  const byRole: Record<string, number> = {};
  let total = 0;
  for (const pid of pids) {
    const megabytes = megabytesOf(pid);
    const role = roleOf(commandOf(pid));
    byRole[role] = (byRole[role] ?? 0) + megabytes;
    total += megabytes;
  }
  return { total, byRole };
};

const ticksOf = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
};

const QUIET_SECONDS = 4;
/** Of the hundred a second has on one core. */
const QUIET_TICKS = 3;

/** Resolves when the processes have done next to nothing for some seconds, or after `mayTake` milliseconds. */
export const untilIdle = async (processes: () => readonly number[], mayTake = 180_000): Promise<void> => {
  const deadline = Date.now() + mayTake;
  let before = Number.POSITIVE_INFINITY;
  for (let quiet = 0; quiet < QUIET_SECONDS && Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const now = processes().reduce((sum, pid) => sum + ticksOf(pid), 0);
    quiet = now - before <= QUIET_TICKS ? quiet + 1 : 0;
    before = now;
  }
};
