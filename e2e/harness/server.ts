import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#build/system/places.ts';

export const ADMIN = { email: 'root@desk.example', password: 'correct horse battery' };

/** The server as people start it, on a database of its own. */
export interface RunningServer {
  readonly address: string;
  readonly pid: number | undefined;
  /** `kill -9`. What it confirmed stays. */
  kill(): Promise<void>;
  /** Ends it and throws its data away. */
  remove(): Promise<void>;
}

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (piece: Buffer) => {
      said += piece.toString();
      const address = /^listening on (\S+)$/m.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error('the server ended before it listened')));
  });

/** @param settings of the environment, over those that every test needs */
export const startServer = async (settings: Readonly<Record<string, string>> = {}): Promise<RunningServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-server-'));
  const env = { ...process.env, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [join(root, 'server/main.ts')], {
    env: { ...env, ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    address: await addressOf(child),
    pid: child.pid,
    kill,
    remove: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
