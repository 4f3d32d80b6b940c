import { createHash, type Hash, randomUUID } from 'node:crypto';
import { HEAD_BYTES } from '#contracts/files/content-type.ts';
import { safeName } from '#contracts/files/names.ts';
import { FILE_LIMITS, type FileResult, MOST_ADDITIONS, type StoredFile } from '#contracts/host/files-host.ts';
import { type Id, ok } from '#contracts/host/host-rules.ts';
import { contentType } from '#electron/attachments/content-type.ts';
import { fileFault, onDisk } from '#electron/attachments/file-faults.ts';
import type { AttachmentFolder } from '#electron/attachments/folder.ts';
import type { Ledger } from '#electron/attachments/ledger.ts';
import { type FileSystem, type OpenFile, writeAll } from '#electron/storage/file-system.ts';
import { createSerial, type Serial } from '#electron/storage/serial.ts';

/** An addition of which nobody hears anything for so long is given up. Milliseconds. */
const SILENCE = 5 * 60_000;

interface Addition {
  readonly window: string;
  readonly incidentId: Id;
  readonly name: string;
  readonly bytes: number;
  readonly part: string;
  readonly file: OpenFile;
  readonly hash: Hash;
  readonly inTurn: Serial;
  head: Uint8Array;
  received: number;
  heardAt: number;
}

export interface AdditionPorts {
  readonly fs: FileSystem;
  readonly folder: AttachmentFolder;
  readonly ledger: Ledger;
  /** The wall clock, for when a file was added. */
  readonly now: () => number;
  readonly limits?: { readonly file: number; readonly device: number };
}

/** Files on their way in from windows, piece by piece, hashed as they come. */
export class Additions {
  private readonly ports: AdditionPorts;
  private readonly open = new Map<Id, Addition>();
  /** One after another: each counts those that began before it. */
  private readonly beginning = createSerial();

  constructor(ports: AdditionPorts) {
    this.ports = ports;
  }

  begin(window: string, args: { incidentId: Id; name: string; bytes: number }): FileResult<{ addition: Id }> {
    return this.beginning(() => onDisk(() => this.admit(window, args)));
  }

  /** Takes the next bytes. `at` says where they belong, so that none is missing and none comes twice. */
  append(window: string, args: { addition: Id; at: number; bytes: Uint8Array }): FileResult<null> {
    const addition = this.find(window, args.addition);
    if (!addition) return Promise.resolve(fileFault('gone'));
    return addition.inTurn(() => this.guarded(args.addition, () => this.take(addition, args)));
  }

  finish(window: string, { addition: id }: { addition: Id }): FileResult<StoredFile> {
    const addition = this.find(window, id);
    if (!addition) return Promise.resolve(fileFault('gone'));
    return addition.inTurn(() => this.guarded(id, () => this.settle(id, addition)));
  }

  async abandon(window: string, { addition: id }: { addition: Id }): FileResult<null> {
    const addition = this.find(window, id);
    if (addition) await addition.inTurn(() => this.giveUp(id));
    return ok(null);
  }

  async close(): Promise<void> {
    for (const id of [...this.open.keys()]) await this.giveUp(id);
  }

  private async admit(
    window: string,
    args: { incidentId: Id; name: string; bytes: number },
  ): FileResult<{ addition: Id }> {
    await this.giveUpSilent();
    const { fs, folder, limits = FILE_LIMITS } = this.ports;
    const own = [...this.open.values()].filter((one) => one.window === window);
    if (own.length >= MOST_ADDITIONS) return fileFault('tooMany');
    if (args.bytes > limits.file) return fileFault('tooLarge');
    const promised = [...this.open.values()].reduce((sum, { bytes, received }) => sum + bytes - received, 0);
    const taken = [...this.open.values()].reduce((sum, { bytes }) => sum + bytes, folder.total);
    if (taken + args.bytes > limits.device) return fileFault('deviceFull');
    const room = await folder.room();
    if (room !== null && promised + args.bytes > room) return fileFault('diskFull');
    const addition = randomUUID();
    const part = folder.addedPart(addition);
    this.open.set(addition, {
      window,
      ...args,
      part,
      file: await fs.open(part, 'wx'),
      hash: createHash('sha256'),
      inTurn: createSerial(),
      head: new Uint8Array(0),
      received: 0,
      heardAt: this.ports.now(),
    });
    return ok({ addition });
  }

  private async take(addition: Addition, { at, bytes }: { at: number; bytes: Uint8Array }): FileResult<null> {
    if (at !== addition.received) return fileFault('gone');
    if (at + bytes.byteLength > addition.bytes) return fileFault('tooLarge');
    await writeAll(addition.file, bytes, at);
    addition.hash.update(bytes);
    if (addition.head.length < HEAD_BYTES) {
      addition.head = Buffer.concat([addition.head, bytes.subarray(0, HEAD_BYTES - addition.head.length)]);
    }
    addition.received += bytes.byteLength;
    addition.heardAt = this.ports.now();
    return ok(null);
  }

  private async settle(id: Id, addition: Addition): FileResult<StoredFile> {
    if (addition.received !== addition.bytes) return fileFault('contentWrong');
    const { folder, ledger, now } = this.ports;
    const { file, part, bytes, incidentId, head } = addition;
    await file.sync();
    await file.close();
    const sha256 = addition.hash.digest('hex');
    // The mark first: a file that lies there without one is never thrown away.
    const isNew = (await folder.size(sha256)) === null;
    if (isNew || ledger.isLoose(sha256)) await ledger.markLoose(sha256, incidentId, now());
    await folder.keep(part, sha256);
    this.open.delete(id);
    return ok({ sha256, bytes, name: safeName(addition.name), mediaType: await contentType(head) });
  }

  /** What went wrong once is over: nothing of it stays. */
  private async guarded<T>(id: Id, work: () => FileResult<T>): FileResult<T> {
    if (!this.open.has(id)) return fileFault('gone');
    const done = await onDisk(work);
    if (!done.ok) await this.giveUp(id);
    return done;
  }

  private find(window: string, id: Id): Addition | null {
    const found = this.open.get(id);
    return found?.window === window ? found : null;
  }

  private async giveUpSilent(): Promise<void> {
    const since = this.ports.now() - SILENCE;
    for (const [id, { heardAt }] of [...this.open]) if (heardAt < since) await this.giveUp(id);
  }

  private async giveUp(id: Id): Promise<void> {
    const addition = this.open.get(id);
    this.open.delete(id);
    await addition?.file.close().catch(() => undefined);
    if (addition) await this.ports.fs.remove(addition.part).catch(() => undefined);
  }
}
