import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FileState } from '#contracts/host/files-host.ts';
import type { FileSystem } from '#electron/storage/file-system.ts';
import { nodeFileSystem } from '#electron/storage/file-system.ts';
import { Attachments, type AttachmentsPorts } from './attachments.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that are all different from those of another seed. */
export function madeUp(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0, state = seed; at < length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[at] = state >> 16;
  }
  return bytes;
}

/** A small file in memory, as it lies on the disk. */
export function ledgerFile(text = '') {
  const file = {
    text,
    read: (): unknown => (file.text === '' ? undefined : JSON.parse(file.text)),
    write: async (value: unknown) => {
      file.text = JSON.stringify(value);
    },
  };
  return file;
}

const noServer: AttachmentsPorts['network'] = async () => ({
  address: null,
  withFiles: async () => ({ ok: false, error: { fault: { code: 'notConnected' }, problem: null } }),
});

export const temporaryRoot = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-attachments-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export interface Opened {
  readonly attachments: Attachments;
  readonly told: FileState[];
  readonly logged: string[];
}

/** Attachments in a folder, with nobody to send them to unless said otherwise. */
export async function openedIn(
  root: string,
  parts: Partial<AttachmentsPorts> & { readonly fs?: FileSystem } = {},
): Promise<Opened> {
  const told: FileState[] = [];
  const logged: string[] = [];
  const attachments = await Attachments.open({
    fs: nodeFileSystem,
    root,
    ledger: ledgerFile(),
    network: noServer,
    now: () => 1_000,
    steady: () => performance.now(),
    random: () => 0,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 20))),
    changed: (state) => void told.push(state),
    log: (_level, event, fields) => void logged.push(`${event} ${JSON.stringify(fields)}`),
    ...parts,
  });
  return { attachments, told, logged };
}

/** Adds a file as a window does, in pieces of this size. */
export async function add(attachments: Attachments, bytes: Uint8Array, { piece = 1024 * 1024, name = 'file' } = {}) {
  const begun = await attachments.begin('w1', { incidentId: 'incident 1', name, bytes: bytes.byteLength });
  if (!begun.ok) return begun;
  const { addition } = begun.value;
  for (let at = 0; at < bytes.byteLength; at += piece) {
    const taken = await attachments.append('w1', { addition, at, bytes: bytes.subarray(at, at + piece) });
    if (!taken.ok) return taken;
  }
  return attachments.finish('w1', { addition });
}
