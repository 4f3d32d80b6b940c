import { dirname } from 'node:path';
import type { FileSystem, OpenFile, OpenFlags } from './file-system.ts';

interface Node {
  data: Buffer;
  /** What a power cut leaves for sure. */
  synced: Buffer;
}
/** A change of names that a power cut may undo: nothing later survives without it. */
interface NameChange {
  readonly folders: readonly string[];
  readonly apply: (names: Map<string, Node>) => void;
}

export type DiskOperation = 'open' | 'write' | 'sync' | 'truncate' | 'rename' | 'remove' | 'syncFolder';

/**
 * A disk in memory that can be full, fail, write short, and lose what was not synced. `names` are paths, flat.
 * Nothing here is a mock of storage: it is the FileSystem port over another medium.
 */
export class TestDisk implements FileSystem {
  private names = new Map<string, Node>();
  private durableNames = new Map<string, Node>();
  private pending: NameChange[] = [];
  /** Bytes that fit; writes beyond it go in short and then fail with ENOSPC. */
  capacity = Number.MAX_SAFE_INTEGER;
  /** Longest single write: shorter ones must be continued by the writer. */
  longestWrite = Number.MAX_SAFE_INTEGER;
  /** Decides whether an operation fails, with an errno code, before it does anything. */
  fault: (operation: DiskOperation, path: string) => string | null = () => null;

  used(): number {
    return [...new Set(this.names.values())].reduce((sum, node) => sum + node.data.length, 0);
  }

  /** Bytes of a file, to look at or to damage in place. */
  bytes(path: string): Buffer {
    return this.node(path).data;
  }
  replace(path: string, data: Buffer): void {
    const node = { data, synced: data };
    this.names.set(path, node);
    this.durableNames.set(path, node);
  }
  paths(): string[] {
    return [...this.names.keys()].sort();
  }

  /** The same disk for a process started after a kill: everything written is there, synced or not. */
  afterKill(): TestDisk {
    const next = new TestDisk();
    next.names = this.names;
    next.durableNames = this.durableNames;
    next.pending = this.pending;
    return next;
  }

  /** A disk with the same content, to damage without harming this one. */
  copy(): TestDisk {
    const next = new TestDisk();
    for (const [path, node] of this.names) next.replace(path, Buffer.from(node.data));
    return next;
  }

  /**
   * The disk after the power went: names as far as some point of their changes, contents as synced, with any part of
   * what was written since. @param random numbers in [0, 1)
   */
  afterPowerCut(random: () => number): TestDisk {
    const names = new Map(this.durableNames);
    const survive = Math.floor(random() * (this.pending.length + 1));
    for (const change of this.pending.slice(0, survive)) change.apply(names);
    const next = new TestDisk();
    for (const [path, node] of names) next.replace(path, survivingBytes(node, random));
    return next;
  }

  async open(path: string, flags: OpenFlags): Promise<OpenFile> {
    this.check('open', path);
    const found = this.names.get(path);
    if (flags === 'wx' && found) throw errno('EEXIST', path);
    if (!found && (flags === 'r' || flags === 'r+')) throw errno('ENOENT', path);
    const node = found ?? this.make(path);
    if (flags === 'w') node.data = Buffer.alloc(0);
    return this.opened(node, path);
  }

  private make(path: string): Node {
    const node: Node = { data: Buffer.alloc(0), synced: Buffer.alloc(0) };
    this.change([dirname(path)], (names) => names.set(path, node));
    return node;
  }

  private opened(node: Node, path: string): OpenFile {
    return {
      write: async (data, position) => {
        this.check('write', path);
        const room = this.capacity - this.used() + Math.max(0, node.data.length - position);
        const length = Math.min(data.byteLength, this.longestWrite, Math.max(0, room));
        if (length === 0 && data.byteLength > 0) throw errno('ENOSPC', path);
        const grown = Buffer.alloc(Math.max(node.data.length, position + length));
        node.data.copy(grown);
        grown.set(data.subarray(0, length), position);
        node.data = grown;
        return length;
      },
      read: async (target, position) => {
        const part = node.data.subarray(position, position + target.byteLength);
        target.set(part);
        return part.length;
      },
      sync: async () => {
        this.check('sync', path);
        node.synced = Buffer.from(node.data);
      },
      truncate: async (length) => {
        this.check('truncate', path);
        const cut = Buffer.alloc(length);
        node.data.copy(cut);
        node.data = cut;
      },
      size: async () => node.data.length,
      close: async () => {},
    };
  }

  async readFile(path: string): Promise<Buffer> {
    return Buffer.from(this.node(path).data);
  }
  async list(folder: string): Promise<string[]> {
    return this.paths()
      .filter((path) => dirname(path) === folder)
      .map((path) => path.slice(folder.length + 1));
  }
  async makeFolder(): Promise<void> {}
  async rename(from: string, to: string): Promise<void> {
    this.check('rename', from);
    const node = this.node(from);
    this.change([dirname(from), dirname(to)], (names) => {
      names.delete(from);
      names.set(to, node);
    });
  }
  async remove(path: string): Promise<void> {
    this.check('remove', path);
    if (this.names.has(path)) this.change([dirname(path)], (names) => names.delete(path));
  }
  async syncFolder(path: string): Promise<void> {
    this.check('syncFolder', path);
    const isHere = (change: NameChange) => change.folders.includes(path);
    for (const change of this.pending.filter(isHere)) change.apply(this.durableNames);
    this.pending = this.pending.filter((change) => !isHere(change));
  }
  async size(path: string): Promise<number | null> {
    return this.names.get(path)?.data.length ?? null;
  }
  async freeBytes(): Promise<number> {
    return this.capacity - this.used();
  }

  private change(folders: readonly string[], apply: NameChange['apply']): void {
    apply(this.names);
    this.pending.push({ folders, apply });
  }
  private check(operation: DiskOperation, path: string): void {
    const code = this.fault(operation, path);
    if (code !== null) throw errno(code, path);
  }
  private node(path: string): Node {
    const node = this.names.get(path);
    if (!node) throw errno('ENOENT', path);
    return node;
  }
}

const errno = (code: string, path: string) => Object.assign(new Error(`${code} ${path}`), { code });

/** Synced bytes, then some of the later ones; in what a disk wrote out of order, whole sectors may be zero. */
function survivingBytes(node: Node, random: () => number): Buffer {
  if (node.data.equals(node.synced) || random() < 0.3) return Buffer.from(node.synced);
  if (node.data.length < node.synced.length) return Buffer.from(random() < 0.5 ? node.data : node.synced);
  const kept = Math.floor(random() * (node.data.length - node.synced.length + 1));
  const bytes = Buffer.from(node.data.subarray(0, node.synced.length + kept));
  node.synced.copy(bytes);
  for (let at = node.synced.length; at < bytes.length; at += 64) {
    if (random() < 0.2) bytes.fill(0, at, Math.min(bytes.length, at + 64));
  }
  return bytes;
}
