import type { EngineError } from '#contracts/engine/protocol.ts';
import type { JournalErrorCode } from '#contracts/host/engine-host.ts';
import type { WireRecord } from '#contracts/sync/wire.ts';
import type { Id } from '#domain/activity/activity.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Applied, SharedStore } from '#renderer/data/shared/shared-store.ts';
import { recordKey } from '#sync/client/incoming.ts';
import type { OutboxFrame } from '#sync/client/outbox-frames.ts';
import type { ClientStore, Held, HeldMatrix, LocalChange, Position } from '#sync/client/ports.ts';
import { membershipOf } from './membership.ts';
import type { Consumed, SyncBook } from './sync-book.ts';

/** The journal took nothing of a step: thrown, because the client stops there and looks anew at what is durable. */
export class NothingKept extends Error {
  override readonly name = 'NothingKept';
  readonly code: JournalErrorCode;
  constructor(code: JournalErrorCode) {
    super(`the journal answered ${code}`);
    this.code = code;
  }
}

/** What `work` answers, unless nothing of it was kept. */
export async function kept<T>(work: () => Promise<T>): Promise<Result<T, EngineError>> {
  try {
    return ok(await work());
  } catch (cause) {
    if (!(cause instanceof NothingKept)) throw cause;
    return err({ code: cause.code === 'diskFull' ? 'diskFull' : 'journalFailed' });
  }
}

interface StorePorts {
  readonly book: SyncBook;
  readonly shared: SharedStore;
  /** A change is stored, which took this device on from `from`; told before anything else looks. */
  applied(change: LocalChange, applied: Applied, from: Position): void;
}

/**
 * The client's store on a desk: the outbox in the journal, what is confirmed in the database that follows the server.
 * The directory, the matrix and the position are kept at hand, for every command looks at them.
 */
export class DeskClientStore implements ClientStore {
  private readonly ports: StorePorts;
  private at: Position;
  private known: readonly Held<WireRecord>[];
  private currentMatrix: Held<HeldMatrix> | null;
  private highest: number;
  private readonly drafts = new Map<Id, Consumed>();
  private isClosed = false;

  private constructor(
    ports: StorePorts,
    read: { at: Position; known: readonly Held<WireRecord>[]; matrix: Held<HeldMatrix> | null; highest: number },
  ) {
    this.ports = ports;
    this.at = read.at;
    this.known = read.known;
    this.currentMatrix = read.matrix;
    this.highest = read.highest;
  }

  static async open(ports: StorePorts): Promise<DeskClientStore> {
    const { shared } = ports;
    const [at, known, matrix, highest] = await Promise.all([
      shared.position(),
      shared.records(),
      shared.matrix(),
      shared.highestNumber(),
    ]);
    return new DeskClientStore(ports, { at, known, matrix, highest });
  }

  /**
   * Nothing is kept through this one any more: whoever still waits for an answer of the network hears that it is
   * closed, and the next to open goes on from what is durable.
   */
  close(): void {
    this.isClosed = true;
  }

  private assertOpen(): void {
    if (this.isClosed) throw new NothingKept('staleFence');
  }

  /** This command makes an end of this draft once it has its place. */
  consumes(commandId: Id, consumed: Consumed): void {
    this.drafts.set(commandId, consumed);
  }

  async frames(): Promise<readonly OutboxFrame[]> {
    return membershipOf(await this.ports.book.records()).frames;
  }

  async append(frames: readonly OutboxFrame[]): Promise<void> {
    this.assertOpen();
    const consumed = frames.flatMap((frame) => {
      const draft = frame.kind === 'recorded' ? this.drafts.get(frame.command.id) : undefined;
      return draft ? [draft] : [];
    });
    // A frame of the journal takes in one draft: commands that end several go in steps, in their order.
    for (const step of consumed.length > 1 ? frames.map((frame) => [frame]) : [frames]) {
      const draft = step.map((frame) => (frame.kind === 'recorded' ? this.drafts.get(frame.command.id) : undefined));
      const kept = await this.ports.book.append(
        step.map((frame) => ({ kind: 'outbox', frame })),
        draft.find((one) => one !== undefined) ?? null,
      );
      if (!kept.ok) throw new NothingKept(kept.error.code);
    }
    for (const frame of frames) if (frame.kind === 'recorded') this.drafts.delete(frame.command.id);
  }

  position = async (): Promise<Position> => this.at;
  incidents = (ids: readonly Id[]) => this.ports.shared.incidents(ids);
  timelines = (ids: readonly Id[]) => this.ports.shared.timelines(ids);
  incidentsOf = (commandIds: readonly Id[]) => this.ports.shared.incidentsOf(commandIds);
  records = async (): Promise<readonly Held<WireRecord>[]> => this.known;
  matrix = async (): Promise<Held<HeldMatrix> | null> => this.currentMatrix;
  highestNumber = async (): Promise<number> => this.highest;

  async apply(change: LocalChange): Promise<void> {
    this.assertOpen();
    const applied = await this.ports.shared.apply(change);
    const from = this.at;
    this.at = change.position;
    if (change.records.length > 0 || applied.droppedRecords.length > 0) this.known = this.knownAfter(change, applied);
    this.currentMatrix = applied.matrix;
    this.highest = applied.highestNumber;
    this.ports.applied(change, applied, from);
  }

  private knownAfter(change: LocalChange, { droppedRecords }: Applied): readonly Held<WireRecord>[] {
    const all = new Map([...this.known, ...change.records].map((held) => [recordKey(held.value), held]));
    for (const { kind, id } of droppedRecords) all.delete(`${kind} ${id}`);
    return [...all.values()];
  }
}
