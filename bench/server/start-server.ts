import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#build/system/places.ts';

/** The real server in a process of its own, as an operator starts it. */
export interface RunningServer {
  readonly url: string;
  /** Resident memory in MB. */
  memory(): number;
  /** Seconds of processor time used so far. */
  processorTime(): number;
  stop(): Promise<void>;
}

const TICKS = 100;

export const startServer = (env: Readonly<Record<string, string>>): Promise<RunningServer> =>
  new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin/node'), ['server/main.ts'], {
      cwd: root,
      // Devices of one machine are told apart by the address that a proxy would name.
      env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'warn', TRUST_PROXY: 'loopback', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((left) => child.once('exit', left));
    const kill = () => void child.kill('SIGKILL');
    process.once('exit', kill);
    void ended.then((code) => {
      process.off('exit', kill);
      reject(new Error(`the server left with ${code}`));
    });
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
      const url = /^listening on (\S+)$/m.exec(said)?.[1];
      if (url === undefined) return;
      // `node` is a launcher that starts the real one.
      const pid = Number(childrenOf(child.pid ?? 0)[0] ?? child.pid);
      resolve({
        url,
        memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
        processorTime: () => {
          const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
            .replace(/^.*\) /, '')
            .split(' ');
          return (Number(fields[11]) + Number(fields[12])) / TICKS;
        },
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      });
    });
  });

const childrenOf = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
