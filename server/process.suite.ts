import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { LoginAnswer } from '#contracts/api/auth.ts';
import { ADMIN } from './server-under-test.suite.ts';

const root = join(import.meta.dirname, '..');

/** The Node that `npm run server` uses. */
const node = join(root, 'node_modules/.bin/node');

export interface Started {
  readonly url: string;
  /** Every line it said before it listened. */
  readonly said: string;
  /** Ends it as an operator does; resolves with its exit code. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

const exitOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

const environment = (more: Record<string, string>) => ({
  PATH: process.env.PATH ?? '',
  PORT: '0',
  LOG_LEVEL: 'warn',
  ...more,
});

export const startProcess = (env: Record<string, string>) =>
  new Promise<Started>((resolve, reject) => {
    const child = spawn(node, ['server/main.ts'], { cwd: root, env: environment(env) });
    const exit = exitOf(child);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let said = '';
    let complained = '';
    child.stderr.on('data', (text) => {
      complained += text;
    });
    child.stdout.on('data', (text) => {
      said += text;
      const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(said)?.[1];
      if (url === undefined) return;
      resolve({
        url,
        said,
        stop: (signal = 'SIGTERM') => {
          child.kill(signal);
          return exit;
        },
      });
    });
    void exit.then((code) => reject(new Error(`left with ${code}: ${said} ${complained}`)));
  });

/** Runs until it leaves by itself. */
export const complaintOf = async (env: Record<string, string>, ...args: readonly string[]) => {
  const child = spawn(node, ['server/main.ts', ...args], { cwd: root, env: environment(env) });
  let [said, complained] = ['', ''];
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', (text) => {
    complained += text;
  });
  return { code: await exitOf(child), said, complained };
};

export const newFolder = () => {
  const made = mkdtempSync(join(tmpdir(), 'deskbell-server-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

export const call = async <T>(url: string, body?: unknown, token?: string): Promise<T> => {
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });
  expect(response.status, url).toBe(200);
  return (await response.json()) as T;
};

export const login = (url: string, device: string) =>
  call<LoginAnswer>(`${url}/api/v1/auth/login`, { ...ADMIN, device });
