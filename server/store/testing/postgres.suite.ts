import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);

/** A PostgreSQL of our own in a temporary folder, reached by a socket there. Durable as any other. */
export interface Cluster {
  /** Where its socket is. */
  readonly folder: string;
  /** The address of a database that is there. */
  address(name: string): string;
  /** Makes a standby one that takes writes; resolves when it does. */
  promote(): Promise<void>;
  /** A new, empty database; its address. */
  database(encoding?: string): Promise<string>;
  /** Ends every process of it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Where Debian puts it, newest first, or the path. Null: there is none on this machine. */
export function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const found =
    folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null;
  if (found === null) process.stdout.write('no PostgreSQL on this machine: its tests are skipped\n');
  return found;
}

/** PostgreSQL refuses to run as root. */
async function ordinaryUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((which) => run('id', [which, name]))).catch(() => null);
    if (ids !== null) return { uid: Number(ids[0]?.stdout), gid: Number(ids[1]?.stdout) };
  }
  throw new Error('there is no user to run PostgreSQL as');
}

/** An empty one, or with `follows` a standby that streams from another one. */
export async function startCluster(binaries: string, follows: Cluster | null = null): Promise<Cluster> {
  const user = await ordinaryUser();
  const folder = mkdtempSync(join(user === null ? tmpdir() : '/tmp', 'deskbell-pg-'));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const options = { cwd: folder, ...user };
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const backup = ['-h', follows?.folder ?? '', '-U', 'postgres', '-D', data, '-R', '-X', 'stream', '-c', 'fast'];
  if (follows === null) await run(join(binaries, 'initdb'), initdb, options);
  else await run(join(binaries, 'pg_basebackup'), backup, options);

  const address = (name: string) => `postgres://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`;
  const ask = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: address('postgres') });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  let server: { readonly child: ChildProcess; readonly ended: Promise<unknown> } | null = null;
  let made = 0;

  const start = async (): Promise<void> => {
    for (const until = Date.now() + 60_000; Date.now() < until; await pause(50)) {
      if (server === null || server.child.exitCode !== null) {
        const args = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'track_commit_timestamp=on'];
        const child = spawn(join(binaries, 'postgres'), args, { ...options, stdio: 'ignore' });
        // Nothing of it outlives the tests, even when they are stopped.
        const stop = () => void child.kill('SIGKILL');
        process.once('exit', stop);
        child.once('exit', () => process.off('exit', stop));
        server = { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
      }
      const answers = await ask('select 1').then(
        () => true,
        () => false,
      );
      if (answers) return;
    }
    throw new Error('PostgreSQL does not start');
  };
  const end = async (signal: NodeJS.Signals, pids: readonly number[]): Promise<void> => {
    for (const pid of pids) tell(pid, signal);
    await server?.ended;
    server = null;
  };

  await start();
  return {
    folder,
    address,
    promote: () => ask('select pg_promote()'),
    start,
    database: async (encoding = 'UTF8') => {
      made += 1;
      await ask(`create database desk${made} encoding '${encoding}' template template0`);
      return address(`desk${made}`);
    },
    kill: async () => {
      const pid = server?.child.pid;
      if (pid !== undefined) await end('SIGKILL', [pid, ...childrenOf(pid)]);
    },
    stop: async () => {
      const pid = server?.child.pid;
      if (pid !== undefined) await end('SIGQUIT', [pid]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** It may have ended by itself meanwhile. */
function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function childrenOf(pid: number): readonly number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  return existsSync(list) ? readFileSync(list, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number) : [];
}
