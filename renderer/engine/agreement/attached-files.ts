import type { EngineFiles } from '#contracts/host/files-host.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { filesMissing, filesNamedBy, type Senders, uploadsOwed } from '#sync/client/attachments.ts';

interface FilePorts {
  readonly files: EngineFiles;
  senders(): Senders;
  failed(cause: unknown): void;
}

/** Sees to it that the bytes of what was attached here get to the server; a record never waits for them. */
export class AttachedFiles {
  private readonly ports: FilePorts;
  private turn: Promise<void> = Promise.resolve();

  constructor(ports: FilePorts) {
    this.ports = ports;
  }

  /** These entries are confirmed, and here. Asked twice, a file is sent once. */
  confirmed(activities: readonly Activity[]): void {
    if (filesNamedBy(activities).length === 0) return;
    this.turn = this.turn.then(() => this.send(activities)).catch(this.ports.failed);
  }

  /** Brings here what these entries name and this device lacks, in the background. */
  async fetch(activities: readonly Activity[], person: Id): Promise<void> {
    const { files } = this.ports;
    const known = await files.state({ sha256s: filesNamedBy(activities) });
    for (const { sha256, bytes } of filesMissing(activities, known)) await files.download({ person, sha256, bytes });
  }

  private async send(activities: readonly Activity[]): Promise<void> {
    const { files, senders } = this.ports;
    const known = await files.state({ sha256s: filesNamedBy(activities) });
    // Durable when it resolves; what the machine can't take now is asked again when the incident is.
    for (const wanted of uploadsOwed(activities, known, senders())) await files.upload(wanted);
  }
}
