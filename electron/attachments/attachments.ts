import { join } from 'node:path';
import { HEAD_BYTES, isPicture } from '#contracts/files/content-type.ts';
import {
  type EngineFiles,
  FILE_LIMITS,
  type FileResult,
  type FileState,
  type LooseFile,
  type Picture,
  type StoredFile,
} from '#contracts/host/files-host.ts';
import { type Id, ok } from '#contracts/host/host-rules.ts';
import { type AdditionPorts, Additions } from '#electron/attachments/additions.ts';
import { contentType } from '#electron/attachments/content-type.ts';
import { fileFault, onDisk } from '#electron/attachments/file-faults.ts';
import { AttachmentFolder } from '#electron/attachments/folder.ts';
import { Ledger } from '#electron/attachments/ledger.ts';
import { Transfers, type TransfersPorts } from '#electron/attachments/transfers.ts';
import type { JsonFile } from '#electron/files/json-file.ts';
import type { FileSystem } from '#electron/storage/file-system.ts';

type Wanted = Parameters<EngineFiles['download']>[0];
type Upload = Parameters<EngineFiles['upload']>[0];

export interface AttachmentsPorts extends Pick<TransfersPorts, 'network' | 'pause' | 'steady' | 'random' | 'log'> {
  readonly fs: FileSystem;
  /** Where the bytes lie. */
  readonly root: string;
  readonly ledger: Pick<JsonFile, 'read' | 'write'>;
  readonly now: AdditionPorts['now'];
  readonly changed: (state: FileState) => void;
  readonly limits?: AdditionPorts['limits'];
  readonly piece?: number;
}

/** All of main's attachments: bytes on the disk, and their ways in, out, to the server and from it. */
export class Attachments {
  private readonly folder: AttachmentFolder;
  private readonly ledger: Ledger;
  private readonly additions: Additions;
  private readonly transfers: Transfers;
  private readonly tell: (sha256: string) => Promise<void>;

  private constructor(ports: AttachmentsPorts, folder: AttachmentFolder) {
    this.folder = folder;
    this.ledger = new Ledger(ports.ledger);
    const { fs, now, limits, piece = FILE_LIMITS.piece } = ports;
    const { folder: rooms, ledger } = this;
    this.additions = new Additions({ fs, folder, ledger, now, ...(limits && { limits }) });
    const changed = (sha256: string) => void this.tell(sha256);
    this.transfers = new Transfers({ ...ports, folder: rooms, ledger, piece, changed });
    this.tell = async (sha256) => {
      const state = await this.stateOf(sha256).catch(() => null);
      if (state) ports.changed(state);
    };
  }

  /** Throws what the disk says when the folder can't be made. */
  static async open(ports: AttachmentsPorts): Promise<Attachments> {
    const folder = new AttachmentFolder(ports.fs, ports.root);
    await folder.open();
    const attachments = new Attachments(ports, folder);
    attachments.transfers.wake();
    return attachments;
  }

  begin(window: string, args: { incidentId: Id; name: string; bytes: number }): FileResult<{ addition: Id }> {
    return this.additions.begin(window, args);
  }

  append(window: string, args: { addition: Id; at: number; bytes: Uint8Array }): FileResult<null> {
    return this.additions.append(window, args);
  }

  async finish(window: string, args: { addition: Id }): FileResult<StoredFile> {
    const finished = await this.additions.finish(window, args);
    if (finished.ok) await this.tell(finished.value.sha256);
    return finished;
  }

  abandon(window: string, args: { addition: Id }): FileResult<null> {
    return this.additions.abandon(window, args);
  }

  state({ sha256s }: { readonly sha256s: readonly string[] }): Promise<readonly FileState[]> {
    return Promise.all(sha256s.map((sha256) => this.stateOf(sha256)));
  }

  async picture({ sha256 }: { readonly sha256: string }): Promise<Picture | null> {
    const bytes = await this.folder.size(sha256);
    if (bytes === null || bytes > FILE_LIMITS.picture) return null;
    const mediaType = await contentType(await this.folder.read(sha256, 0, HEAD_BYTES));
    if (!isPicture(mediaType)) return null;
    return { mediaType, bytes: await this.folder.read(sha256, 0, bytes) };
  }

  /** Writes a copy where somebody chose to have it. Bytes that are no longer what they were are not written. */
  save(sha256: string, write: (pieces: AsyncIterable<Uint8Array>) => Promise<void>): FileResult<true> {
    return onDisk(async () => {
      if ((await this.folder.size(sha256)) === null) return fileFault('notHere');
      if (!(await this.folder.isWhole(sha256))) {
        await this.tell(sha256);
        return fileFault('contentWrong');
      }
      await write(this.folder.pieces(this.folder.placeOf(sha256)));
      return ok(true);
    });
  }

  upload(wanted: Upload): FileResult<null> {
    return onDisk(async () => {
      if ((await this.folder.size(wanted.sha256)) === null) return fileFault('notHere');
      const upload = { ...wanted, begun: null };
      if (await this.ledger.addUpload(upload)) this.transfers.upload(upload);
      return ok(null);
    });
  }

  download(wanted: Wanted): FileResult<null> {
    return onDisk(async () => {
      if (wanted.bytes > FILE_LIMITS.file) return fileFault('tooLarge');
      if (this.folder.total + wanted.bytes > FILE_LIMITS.device) return fileFault('deviceFull');
      if ((await this.folder.size(wanted.sha256)) === null) this.transfers.download(wanted);
      return ok(null);
    });
  }

  async loose({ before }: { readonly before: number }): Promise<readonly LooseFile[]> {
    return this.ledger.looseBefore(before);
  }

  settle({ sha256, attached }: { readonly sha256: string; readonly attached: boolean }): FileResult<null> {
    return onDisk(async () => {
      if (!this.ledger.isLoose(sha256)) return ok(null);
      if (!attached) await this.folder.remove(sha256);
      await this.ledger.settle(sha256);
      await this.tell(sha256);
      return ok(null);
    });
  }

  /** Somebody signed in, or the machine woke up: what waits is tried now. */
  wake(): void {
    this.transfers.wake();
  }

  async close(): Promise<void> {
    await Promise.all([this.additions.close(), this.transfers.close()]);
  }

  private async stateOf(sha256: string): Promise<FileState> {
    const here = (await this.folder.size(sha256)) !== null;
    return { sha256, here, sent: [...this.ledger.sentFor(sha256)], ...this.transfers.of(sha256) };
  }
}

/** Where the attachments of a profile lie. */
export const attachmentPaths = (data: string) => ({
  root: join(data, 'attachments'),
  ledger: join(data, 'attachments', 'ledger.json'),
});
