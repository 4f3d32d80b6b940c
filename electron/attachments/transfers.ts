import type { FileState, FileTransfer } from '#contracts/host/files-host.ts';
import { fileCodeOf } from '#electron/attachments/file-faults.ts';
import type { WaitingUpload } from '#electron/attachments/ledger.ts';
import {
  type Stopped,
  stopped,
  type TransferPorts,
  type Tried,
  tryDownload,
  tryUpload,
  type WantedFile,
} from '#electron/attachments/transfer.ts';
import { waitAfter } from '#electron/network/back-off.ts';

interface Job {
  readonly sha256: string;
  readonly way: FileTransfer['way'];
  readonly upload: WaitingUpload | null;
  readonly wanted: WantedFile | null;
  moved: number;
  bytes: number;
  failures: number;
  /** Not before then, on a clock that is never set; null: not before somebody signs in or asks again. */
  notBefore: number | null;
  running: boolean;
  trouble: FileState['trouble'];
}

export interface TransfersPorts extends TransferPorts {
  /** Resolves after so many milliseconds, or when `given` is aborted. */
  readonly pause: (milliseconds: number, given: AbortSignal) => Promise<void>;
  readonly steady: () => number;
  /** At least 0, below 1. */
  readonly random: () => number;
  /** The state of this file is another one now. */
  readonly changed: (sha256: string) => void;
  /** Codes only. */
  readonly log: (level: 'info' | 'warn', event: string, fields: Readonly<Record<string, string | number>>) => void;
}

/** What no waiting mends: told, and tried again with the next start or when somebody asks. */
const FINAL: readonly Stopped['code'][] = [
  'forbidden',
  'tooLarge',
  'versionTooOld',
  'unreadable',
  'contentWrong',
  'answerTooLarge',
  'notHere',
  'ioError',
  'diskFull',
];
const NEEDS_SESSION: readonly Stopped['code'][] = ['signInNeeded', 'notConnected'];
/** A desk that asks too early, since its command is still on its way, is told that there is no such incident. */
const NOT_YET = 15_000;

/** Everything on its way between this machine and the server, one file after another. */
export class Transfers {
  private readonly ports: TransfersPorts;
  private readonly jobs: Job[] = [];
  private nap = new AbortController();
  private pumping: Promise<void> | null = null;
  private ended = false;

  constructor(ports: TransfersPorts) {
    this.ports = ports;
    for (const upload of ports.ledger.uploads) this.jobs.push(jobOf('up', upload.sha256, upload, null));
  }

  /** Uploads are durable before this is called. */
  upload(upload: WaitingUpload): void {
    const known = this.jobs.find(
      (one) => one.upload?.sha256 === upload.sha256 && one.upload.incidentId === upload.incidentId,
    );
    if (!known) this.jobs.push(jobOf('up', upload.sha256, upload, null));
    this.wake();
  }

  download(wanted: WantedFile): void {
    const at = this.jobs.findIndex(
      ({ way, sha256, running }) => way === 'down' && sha256 === wanted.sha256 && !running,
    );
    if (at >= 0) this.jobs.splice(at, 1);
    const runs = this.jobs.some(({ way, sha256 }) => way === 'down' && sha256 === wanted.sha256);
    if (!runs) this.jobs.push(jobOf('down', wanted.sha256, null, wanted));
    this.ports.changed(wanted.sha256);
    this.kick();
  }

  /** Everything that waits is tried now. */
  wake(): void {
    for (const job of this.jobs) if (!job.running) job.notBefore = 0;
    this.kick();
  }

  /** What is on its way with this file, and what kept the last try from its end. */
  of(sha256: string): Pick<FileState, 'transfer' | 'trouble'> {
    const own = this.jobs.filter((job) => job.sha256 === sha256);
    const job = own.find(({ running }) => running) ?? own[0];
    if (!job) return { transfer: null, trouble: null };
    const { way, moved, bytes, running, trouble } = job;
    return { transfer: { way, moved, bytes, waits: !running }, trouble };
  }

  async close(): Promise<void> {
    this.ended = true;
    this.nap.abort();
    await this.pumping;
  }

  private kick(): void {
    if (this.ended) return;
    this.nap.abort();
    this.pumping ??= this.pump().finally(() => {
      this.pumping = null;
    });
  }

  private async pump(): Promise<void> {
    while (!this.ended) {
      const now = this.ports.steady();
      const due = this.jobs.find(({ notBefore }) => notBefore !== null && notBefore <= now);
      if (due) {
        await this.run(due);
        continue;
      }
      const times = this.jobs.flatMap(({ notBefore }) => notBefore ?? []);
      if (times.length === 0) return;
      this.nap = new AbortController();
      await this.ports.pause(Math.max(0, Math.min(...times) - now), this.nap.signal);
    }
  }

  private async run(job: Job): Promise<void> {
    const { ports } = this;
    job.running = true;
    job.bytes = job.wanted?.bytes ?? (await ports.folder.size(job.sha256)) ?? 0;
    ports.changed(job.sha256);
    const moved = (bytes: number) => {
      job.moved = bytes;
      ports.changed(job.sha256);
    };
    const tried = await this.tried(job, moved);
    job.running = false;
    if (tried.ok) await this.done(job);
    else await this.failed(job, tried.error);
    ports.changed(job.sha256);
  }

  private async tried({ upload, wanted }: Job, moved: (bytes: number) => void): Promise<Tried> {
    try {
      // The ledger's own: it knows the id under which the upload was begun.
      const known =
        upload &&
        this.ports.ledger.uploads.find((one) => one.sha256 === upload.sha256 && one.incidentId === upload.incidentId);
      if (known) return await tryUpload(this.ports, known, moved);
      return wanted ? await tryDownload(this.ports, wanted, moved) : { ok: true, value: null };
    } catch (error) {
      return stopped(fileCodeOf(error));
    }
  }

  private async done(job: Job): Promise<void> {
    this.jobs.splice(this.jobs.indexOf(job), 1);
    // Lost with a full disk, it is sent again, which the server answers without a byte.
    if (job.upload) await this.ports.ledger.wasSent(job.upload).catch(() => undefined);
    this.ports.log('info', `files.${job.way}`, { bytes: job.bytes });
  }

  private async failed(job: Job, { code, retryAfter, problem }: Stopped): Promise<void> {
    const { ports } = this;
    job.failures += 1;
    job.trouble = code;
    ports.log('warn', 'files.stopped', { way: job.way, code });
    const wait = waitAfter(job.failures, retryAfter, ports.random());
    const noneYet = code === 'notFound' && job.way === 'up' ? NOT_YET : 0;
    // The hash was wrong once: perhaps the line was. Twice it is the file.
    const isFinal = FINAL.includes(code) && !(code === 'contentWrong' && job.way === 'down' && job.failures < 2);
    const parked = isFinal || NEEDS_SESSION.includes(code) || (code === 'notFound' && job.way === 'down');
    job.notBefore = parked ? null : ports.steady() + wait + noneYet;
    // What came of a wrong content on the way is a new upload.
    if (job.upload && problem === 'contentWrong') await ports.ledger.begun(job.upload, null).catch(() => undefined);
  }
}

const jobOf = (way: Job['way'], sha256: string, upload: WaitingUpload | null, wanted: WantedFile | null): Job => ({
  way,
  sha256,
  upload,
  wanted,
  moved: 0,
  bytes: wanted?.bytes ?? 0,
  failures: 0,
  notBefore: 0,
  running: false,
  trouble: null,
});
