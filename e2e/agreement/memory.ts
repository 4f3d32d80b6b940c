import { readFileSync } from 'node:fs';

/** Megabytes that these processes have to themselves, shared pages counted by their share (PSS); Linux only. */
export const megabytesOf = (pids: readonly number[]): number =>
  Math.round(pids.reduce((sum, pid) => sum + kilobytesOf(pid), 0) / 1024);

function kilobytesOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
