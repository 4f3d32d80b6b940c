import type { FileCode, FileState } from '#contracts/host/files-host.ts';
import { ok, type Result } from '#contracts/host/host-rules.ts';
import type { NetworkCode } from '#contracts/host/network.ts';
import type { AttachmentFolder } from '#electron/attachments/folder.ts';
import type { Ledger, WaitingUpload } from '#electron/attachments/ledger.ts';
import type { Refused } from '#electron/network/faults.ts';
import type { Begun } from '#electron/network/file-routes.ts';
import type { Network } from '#electron/network/network.ts';
import { type FileSystem, writeAll } from '#electron/storage/file-system.ts';

/** How a try ended that did not come to its end. */
export interface Stopped {
  readonly code: Exclude<FileState['trouble'], null>;
  /** Seconds, if the server said. */
  readonly retryAfter?: number;
  readonly problem: string | null;
}
export type Tried = Result<null, Stopped>;

export interface TransferPorts {
  readonly fs: FileSystem;
  readonly folder: AttachmentFolder;
  readonly ledger: Ledger;
  readonly network: () => Promise<Pick<Network, 'withFiles' | 'address'>>;
  /** Bytes that go in one request: what is known of progress, and what a cut may cost. */
  readonly piece: number;
}

export const stopped = (code: FileCode | NetworkCode): { readonly ok: false; readonly error: Stopped } => ({
  ok: false,
  error: { code, problem: null },
});
const because = ({ fault, problem }: Refused): { readonly ok: false; readonly error: Stopped } => ({
  ok: false,
  error: { ...fault, problem },
});

/** Brings a file to the server from where it was left. `moved` is told how many bytes the server has. */
export async function tryUpload(
  ports: TransferPorts,
  upload: WaitingUpload,
  moved: (bytes: number) => void,
): Promise<Tried> {
  const { folder, ledger } = ports;
  const bytes = await folder.size(upload.sha256);
  if (bytes === null) return stopped('notHere');
  const network = await ports.network();
  await ledger.belongsTo(network.address);
  const { person, incidentId, sha256, name: filename, visibility } = upload;
  const left = ledger.begunAs(upload);
  const found = left === null ? null : await network.withFiles(person, (routes, token) => routes.offset(token, left));
  if (found && !found.ok && found.error.problem !== 'uploadGone') return because(found.error);
  let at: Begun | null = found?.ok ? { id: left ?? '', offset: found.value } : null;
  if (at === null) {
    const metadata = { incidentId, filename, sha256, visibility };
    const begun = await network.withFiles(person, (routes, token) => routes.begin(token, metadata, bytes));
    if (!begun.ok) return because(begun.error);
    at = begun.value;
    await ledger.begun(upload, at.id);
  }
  moved(at.offset);
  while (at.offset < bytes) {
    const { id, offset }: Begun = at;
    const body = await folder.read(sha256, offset, Math.min(ports.piece, bytes - offset));
    if (body.byteLength === 0) return stopped('notHere');
    const sent: Result<number, Refused> = await network.withFiles(person, (routes, token) =>
      routes.send(token, id, offset, body),
    );
    if (!sent.ok) {
      if (sent.error.problem !== 'contentWrong') return because(sent.error);
      // The server read every byte and found another hash: what lies here is no longer what was attached.
      return (await folder.isWhole(sha256)) ? because(sent.error) : stopped('contentWrong');
    }
    if (sent.value <= offset || sent.value > bytes) return stopped('notOurServer');
    at = { id, offset: sent.value };
    moved(at.offset);
  }
  return ok(null);
}

export interface WantedFile {
  readonly person: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Brings a file from the server from where it was left; what does not have its hash is thrown away. */
export async function tryDownload(
  ports: TransferPorts,
  wanted: WantedFile,
  moved: (bytes: number) => void,
): Promise<Tried> {
  const { fs, folder } = ports;
  const { person, sha256, bytes } = wanted;
  if ((await folder.size(sha256)) !== null) return ok(null);
  const part = folder.fetchedPart(sha256);
  const held = (await fs.size(part)) ?? 0;
  const room = await folder.room();
  if (room !== null && bytes - held > room) return stopped('diskFull');
  const file = await fs.open(part, held > 0 && held <= bytes ? 'r+' : 'w');
  const start = held <= bytes ? held : 0;
  let ofTheDisk: unknown = null;
  const write = async (piece: Uint8Array, at: number) => {
    try {
      // A server that sends all of it begins anew.
      if (at === 0 && start > 0) await file.truncate(0);
      await writeAll(file, piece, at);
    } catch (error) {
      ofTheDisk = error;
      throw error;
    }
    moved(at + piece.byteLength);
  };
  try {
    if (start < bytes || bytes === 0) {
      const network = await ports.network();
      const got = await network.withFiles(person, (routes, token) =>
        routes.get(token, sha256, { from: start, bytes }, write),
      );
      // The way did not fail: waiting for it makes no room.
      if (ofTheDisk !== null) throw ofTheDisk;
      if (!got.ok) return because(got.error);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if ((await folder.hashOf(part)) !== sha256) {
    await fs.remove(part);
    return stopped('contentWrong');
  }
  await folder.keep(part, sha256);
  return ok(null);
}
