import type { Readable } from 'node:stream';
import { v4 as newId } from 'uuid';
import type { UploadMetadata } from '#contracts/api/files.ts';
import { safeName } from '#contracts/files/names.ts';
import type { Id } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { mayAttach, seenReference } from './access.ts';
import { claimUntil, Intake, type IntakePorts, type Patch } from './intake.ts';
import { Cut } from './receive.ts';
import type { FileRefusal } from './refusals.ts';
import type { FileReference, KeptFile, Upload } from './upload-book.ts';

const DAY = 24 * 60 * 60_000;

/** What a sender says of an upload when it begins. */
export interface Wanted extends UploadMetadata {
  readonly length: number;
  /** As it was written. */
  readonly metadata: string;
}

/** Files on their way in and those that were kept. An upload is its sender's alone. */
export class Attachments {
  private readonly ports: IntakePorts;
  private readonly intake: Intake;
  /** Whatever arrives at this moment, and what is done with it. */
  private readonly arriving = new Map<Readable, Promise<unknown>>();

  constructor(ports: IntakePorts) {
    this.ports = ports;
    this.intake = new Intake(ports);
  }

  /** Bytes that a file may have. */
  get largest(): number {
    return this.ports.limits.file;
  }

  /** Begins an upload. It is done at once when the sender may have the file already, or it has no bytes. */
  async create(personId: Id, wanted: Wanted): Promise<Result<Upload, FileRefusal>> {
    const { log, book, folder, limits, now } = this.ports;
    const { incidentId, sha256, length, metadata } = wanted;
    if (length > limits.file) return err('tooLarge');
    const allowed = await mayAttach(log, personId, incidentId);
    if (!allowed.ok) return allowed;
    // Of somebody who knows the hash alone the bytes are asked: else a hash would open any file.
    const known = (await this.seen(personId, sha256))?.file.bytes === length && (await folder.has(sha256, length));
    if (!known && !(await this.hasRoom(length))) return err('noRoom');
    const at = now();
    const upload: Upload = {
      id: newId(),
      personId,
      incidentId,
      name: safeName(wanted.filename),
      internal: allowed.value.ofDesk && wanted.visibility !== 'public',
      metadata,
      sha256,
      length,
      received: known ? length : 0,
      state: known ? 'whole' : 'open',
      createdAt: at,
      expiresAt: at + limits.life,
    };
    const day = { since: at - DAY, bytes: limits.day, uploads: limits.uploadsADay };
    if (!(await book.open(upload, day))) return err('dayUsed');
    if (known) return (await this.intake.settle(upload)) ? ok({ ...upload, state: 'done' }) : err('uploadGone');
    return length === 0 ? this.intake.addNothing(upload) : ok(upload);
  }

  /** How far an upload has come. */
  async look(personId: Id, id: Id): Promise<Result<Upload, FileRefusal>> {
    const { book, now } = this.ports;
    const upload = await book.find(id);
    if (upload === null || upload.personId !== personId) return err('notFound');
    const { state, expiresAt } = upload;
    const expired = state === 'open' && expiresAt <= now();
    if (expired || state === 'refused' || state === 'ended') return err('uploadGone');
    return state !== 'whole' || (await this.intake.settle(upload)) ? ok(upload) : err('uploadGone');
  }

  /** Takes bytes. With the last one the content must be what was promised, and is kept. */
  async add(personId: Id, id: Id, patch: Patch): Promise<Result<Upload, FileRefusal>> {
    const { log, book, now } = this.ports;
    const found = await this.look(personId, id);
    if (!found.ok) return found;
    const upload = found.value;
    if (patch.offset !== upload.received) return err('offsetWrong');
    if (upload.state !== 'open') return ok(upload);
    const allowed = await mayAttach(log, personId, upload.incidentId);
    if (!allowed.ok) return allowed;
    const token = newId();
    if (!(await book.claim(id, patch.offset, { token, until: claimUntil(now()) }, now()))) {
      return this.whyNot(personId, upload);
    }
    const adding = this.intake.add(upload, patch, token);
    this.arriving.set(patch.body, adding);
    try {
      return await adding;
    } finally {
      this.arriving.delete(patch.body);
      await book.release(id, token);
    }
  }

  /** Gives up an upload. A file that was kept stays. */
  async remove(personId: Id, id: Id): Promise<Result<null, FileRefusal>> {
    const found = await this.look(personId, id);
    if (!found.ok) return found;
    await this.ports.book.end(id);
    if (found.value.state === 'open') await this.ports.folder.removePart(id);
    return ok(null);
  }

  /** A file as this person may have it. Null: there is none as far as they may know. */
  async seen(
    personId: Id,
    sha256: string,
  ): Promise<{ readonly file: KeptFile; readonly reference: FileReference } | null> {
    const reference = await seenReference(this.ports, personId, sha256);
    const file = reference === null ? null : await this.ports.book.file(sha256);
    return reference === null || file === null ? null : { file, reference };
  }

  /** Where the bytes of a kept file are. */
  placeOf(sha256: string): { readonly root: string; readonly path: string } {
    return { root: this.ports.folder.root, path: this.ports.folder.placeOf(sha256) };
  }

  /** Clears away what expired, and brings to its end what a crash left whole. */
  async sweep(): Promise<void> {
    const { book, folder, now } = this.ports;
    const at = now();
    await book.expire(at, at - DAY);
    for (const upload of await book.stranded(at)) await this.intake.settle(upload);
    const parts = await folder.parts();
    const unfinished = await book.unfinished(parts);
    for (const id of parts) if (!unfinished.has(id)) await folder.removePart(id);
  }

  /** Ends what arrives; its senders go on later from where they were. */
  async stop(): Promise<void> {
    for (const body of this.arriving.keys()) body.destroy(new Cut());
    await Promise.allSettled(this.arriving.values());
  }

  /** Somebody else was faster: with the same bytes, or for good. */
  private async whyNot(personId: Id, { id, received }: Upload): Promise<Result<Upload, FileRefusal>> {
    const now = await this.look(personId, id);
    if (!now.ok) return now;
    return err(now.value.received === received ? 'uploadLocked' : 'offsetWrong');
  }

  private async hasRoom(length: number): Promise<boolean> {
    const { book, folder, limits, now } = this.ports;
    const promised = await book.promised(now());
    return (await folder.room()) - promised - length >= limits.kept;
  }
}
