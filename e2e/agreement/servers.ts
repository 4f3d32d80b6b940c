import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '#build/system/places.ts';
import { type Cluster, findPostgres, startCluster } from '#server/store/testing/postgres.suite.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

/** Milliseconds after which a supervisor starts a node again that left. */
const RESTART_AFTER = 500;
const MOST_STARTS = 30;

/** Server nodes on one PostgreSQL, each of which can be killed and comes back at its address. */
export class Servers {
  readonly url: string;
  private readonly cluster: Cluster;
  private readonly folder: string;
  private readonly nodes: RunningServer[];

  private constructor(cluster: Cluster, url: string, folder: string, nodes: RunningServer[]) {
    this.cluster = cluster;
    this.url = url;
    this.folder = folder;
    this.nodes = nodes;
  }

  /** Null: there is no PostgreSQL on this machine. */
  static async start(count: number): Promise<Servers | null> {
    const binaries = findPostgres();
    if (binaries === null) return null;
    const cluster = await startCluster(binaries);
    const url = await cluster.database();
    const folder = await mkdtemp(join(tmpdir(), 'deskbell-nodes-'));
    const nodes: RunningServer[] = [];
    // One after the other: the first one makes the tables.
    for (let at = 0; at < count; at += 1) nodes.push(await startServer({ DATABASE_URL: url, DATA_DIR: folder }));
    return new Servers(cluster, url, folder, nodes);
  }

  get count(): number {
    return this.nodes.length;
  }

  address(at: number): string {
    return this.node(at).address;
  }

  pid(at: number): number | undefined {
    return this.node(at).pid;
  }

  kill(at: number): Promise<void> {
    return this.node(at).kill();
  }

  /** Again, where it was; while the database is away it leaves at once, and is started again as a supervisor would. */
  async again(at: number): Promise<void> {
    const { address, remove } = this.node(at);
    await remove();
    const place = { DATABASE_URL: this.url, DATA_DIR: this.folder, PORT: new URL(address).port };
    for (let tries = 1; ; tries += 1) {
      try {
        this.nodes[at] = await startServer(place);
        return;
      } catch (cause) {
        if (tries === MOST_STARTS) throw cause;
        await pause(RESTART_AFTER);
      }
    }
  }

  /** `kill -9` for the database under both. */
  killDatabase(): Promise<void> {
    return this.cluster.kill();
  }

  startDatabase(): Promise<void> {
    return this.cluster.start();
  }

  /** `npm run server -- verify`: what it said last, and whether every chain is whole. */
  verify(): Promise<{ readonly whole: boolean; readonly said: string }> {
    const child = spawn(process.execPath, [join(root, 'server/main.ts'), 'verify'], {
      env: { ...process.env, DATABASE_URL: this.url, DATA_DIR: this.folder, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
    });
    return new Promise((resolve) => child.once('close', (code) => resolve({ whole: code === 0, said: said.trim() })));
  }

  async remove(): Promise<void> {
    for (const node of this.nodes) await node.remove();
    await this.cluster.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private node(at: number): RunningServer {
    const node = this.nodes[at];
    if (!node) throw new Error(`there is no node ${at}`);
    return node;
  }
}
