import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { capture } from '#build/system/run.ts';

/** The machine a run was made on; absolute figures mean nothing without it. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly disk: string;
  readonly system: string;
  readonly electron: string;
  readonly node: string;
  /** Load averages of 1, 5 and 15 minutes when the run began. */
  readonly load: readonly number[];
}

const systemName = (): string => {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
};

const diskOf = async (path: string): Promise<string> => {
  const { stdout } = await capture('df', ['--output=fstype,size,source', '-h', path]);
  return (stdout.trim().split('\n').at(-1) ?? '').trim().replace(/\s+/g, ' ');
};

export const describeMachine = async (electron: string, folder: string): Promise<Machine> => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  disk: await diskOf(folder),
  system: `${systemName()}, Linux ${release()}`,
  electron,
  node: process.versions.node,
  load: loadavg().map((value) => Math.round(value * 100) / 100),
});

export const machineLine = (machine: Machine): string =>
  `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.disk}; ${machine.system}; Electron ${machine.electron}; load ${machine.load.join(' ')}`;
