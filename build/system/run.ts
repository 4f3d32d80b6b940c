import { type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './places.ts';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and keeps what it said; a program that cannot start counts as code 127. */
export const capture = (command: string, args: readonly string[], options: SpawnOptions = {}): Promise<Finished> =>
  new Promise((resolve) => {
    let [stdout, stderr] = ['', ''];
    const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (data) => (stdout += data));
    child.stderr?.on('data', (data) => (stderr += data));
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: `${stderr}${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), stdout, stderr }));
  });

/** Runs a program in the foreground, passes signals on to it, and answers its exit code. */
export const foreground = (command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const pass = (signal: NodeJS.Signals) => child.kill(signal);
    const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const end = (code: number) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      end(127);
    });
    child.on('exit', (code, signal) => end(code ?? (signal ? 1 : 0)));
  });

/** A tool of node_modules/.bin, run with the pinned Node. */
export const tool = (name: string): string => join(root, 'node_modules/.bin', name);

/** A script's whole: its answer is the exit code, and what goes wrong is said in a sentence instead of a stack. */
export const script = async (run: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
};
