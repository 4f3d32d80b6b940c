import { z } from 'zod';
import { fileHash } from '#contracts/api/files.ts';
import type { Id, Instant } from '#contracts/host/host-rules.ts';
import type { JsonFile } from '#electron/files/json-file.ts';

const id = z.string().min(1).max(128);

const upload = z.object({
  person: id,
  incidentId: id,
  sha256: fileHash,
  name: z.string(),
  visibility: z.enum(['internal', 'public']),
  /** Its id on the server, once it was begun there. */
  begun: z.string().nullable(),
});
/** A file on its way to the server, for one incident. */
export type WaitingUpload = z.infer<typeof upload>;

const content = z.object({
  version: z.literal(1),
  /** Origin of the server that the rest is about. */
  address: z.string().nullable(),
  /** Files of which nobody has said yet whether a log names them. */
  loose: z.record(fileHash, z.object({ at: z.int(), incidentIds: z.array(id) })),
  uploads: z.array(upload),
  /** Incidents for which the server has a file. */
  sent: z.record(fileHash, z.array(id)),
});
type Content = z.infer<typeof content>;

const EMPTY: Content = { version: 1, address: null, loose: {}, uploads: [], sent: {} };

/**
 * What is known of attachments besides their bytes. All of it may be lost: a file without a word here is kept, and an
 * upload is asked for again and ends at once where the server has the bytes.
 */
export class Ledger {
  private readonly file: Pick<JsonFile, 'read' | 'write'>;
  private content: Content;

  constructor(file: Pick<JsonFile, 'read' | 'write'>) {
    this.file = file;
    this.content = content.safeParse(file.read()).data ?? EMPTY;
  }

  get uploads(): readonly WaitingUpload[] {
    return this.content.uploads;
  }

  sentFor(sha256: string): readonly Id[] {
    return this.content.sent[sha256] ?? [];
  }

  looseBefore(before: Instant): readonly { readonly sha256: string; readonly incidentIds: readonly Id[] }[] {
    return Object.entries(this.content.loose)
      .filter(([, { at }]) => at < before)
      .map(([sha256, { incidentIds }]) => ({ sha256, incidentIds }));
  }

  isLoose(sha256: string): boolean {
    return this.content.loose[sha256] !== undefined;
  }

  /** Durable when it resolves, as is everything below. */
  async markLoose(sha256: string, incidentId: Id, at: Instant): Promise<void> {
    const before = this.content.loose[sha256]?.incidentIds ?? [];
    const incidentIds = [...new Set([...before, incidentId])];
    await this.change({ loose: { ...this.content.loose, [sha256]: { at, incidentIds } } });
  }

  async settle(sha256: string): Promise<void> {
    const { [sha256]: _, ...loose } = this.content.loose;
    await this.change({ loose });
  }

  /** Under which id the server has begun to take it; null when it has not. */
  begunAs(upload: WaitingUpload): string | null {
    return this.content.uploads.find(isSame(upload))?.begun ?? null;
  }

  /** What another server took means nothing to this one. */
  async belongsTo(address: string | null): Promise<void> {
    if (address === null || address === this.content.address) return;
    const uploads = this.content.uploads.map((one) => ({ ...one, begun: null }));
    await this.change({ address, uploads, sent: {} });
  }

  /** False: it waits already, or was sent. */
  async addUpload(wanted: WaitingUpload): Promise<boolean> {
    if (this.sentFor(wanted.sha256).includes(wanted.incidentId)) return false;
    if (this.content.uploads.some(isSame(wanted))) return false;
    try {
      await this.change({ uploads: [...this.content.uploads, wanted] });
    } catch (error) {
      // Whoever asks again must not be told that it waits already.
      this.content = { ...this.content, ...this.without(wanted) };
      throw error;
    }
    return true;
  }

  async begun(wanted: WaitingUpload, begun: string | null): Promise<void> {
    const uploads = this.content.uploads.map((one) => (isSame(wanted)(one) ? { ...one, begun } : one));
    await this.change({ uploads });
  }

  async wasSent(done: WaitingUpload): Promise<void> {
    const { sent } = this.content;
    const incidentIds = [...new Set([...this.sentFor(done.sha256), done.incidentId])];
    await this.change({ ...this.without(done), sent: { ...sent, [done.sha256]: incidentIds } });
  }

  private without(upload: WaitingUpload): Pick<Content, 'uploads'> {
    return { uploads: this.content.uploads.filter((one) => !isSame(upload)(one)) };
  }

  private async change(changes: Partial<Content>): Promise<void> {
    this.content = { ...this.content, ...changes };
    await this.file.write(this.content);
  }
}

const isSame = (a: WaitingUpload) => (b: WaitingUpload) => a.sha256 === b.sha256 && a.incidentId === b.incidentId;
