import type { Amount } from '#contracts/engine/agreement.ts';
import type { NetworkHost } from '#contracts/host/network.ts';
import { PROTOCOL, type PushResult, SYNC_LIMITS, type WireCommand } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import type { NotTaken, Share } from '#renderer/data/sync-records.ts';
import { waitBeforeRetry } from '#sync/client/retry.ts';
import type { LiveDesk } from '../live-desk.ts';
import { handedOver, idsOf, newRecords } from './mapping.ts';
import type { SyncBook } from './sync-book.ts';

export interface HandOverPorts {
  readonly desk: LiveDesk;
  readonly book: SyncBook;
  readonly network: NetworkHost;
  now(): Instant;
  newId(): Id;
  random(): number;
  after(milliseconds: number, callback: () => void): () => void;
  changed(): void;
  /** Nothing is judged while `work` goes on, nor afterwards if it says true, until the desk is opened anew. */
  whileStill(work: () => Promise<boolean>): Promise<void>;
  failed(cause: unknown): void;
}

interface Deed {
  /** What it hands over; null for an entry of the directory. */
  readonly incidentId: Id | null;
  readonly recordId: Id | null;
  readonly command: Omit<WireCommand, 'seq'>;
}

const INCIDENTS_AT_ONCE = 100;
/** Well below what a server takes in one push. */
const PUSH_BYTES = SYNC_LIMITS.pushBytes / 2;
/** How far it is gets written down after so many incidents: a restart hands these over once more, which changes nothing. */
const NOTED_EVERY = 1_000;
/** While people go on working: what they changed meanwhile is handed over again, until it is so few. */
const FEW = 20;

/** Ended from outside. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * Hands this desk's own history to the server, incident by incident, while people go on working; then what they
 * changed meanwhile; then the desk joins. Every step can be cut: the server takes nothing twice.
 */
export class HandOver {
  private readonly ports: HandOverPorts;
  private readonly share: Share;
  private readonly ids: ReadonlyMap<Id, Id>;
  private through: Id | null;
  private done = 0;
  private total = 0;
  /** One lane for each run: what it has sent so far. */
  private lane: { device: Id; seq: number };
  private stopped = false;
  private wakeUp: (() => void) | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(ports: HandOverPorts, share: Share, through: Id | null) {
    this.ports = ports;
    this.share = share;
    this.through = through;
    this.ids = idsOf(share.mapping);
    this.lane = { device: ports.newId(), seq: 0 };
  }

  get progress(): Amount {
    return { done: this.done, total: this.total };
  }

  begin(): void {
    this.work = this.run().catch((cause: unknown) => {
      if (!(cause instanceof Stopped)) this.ports.failed(cause);
    });
  }

  /** Something happened that may have opened the way. */
  wake(): void {
    this.wakeUp?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.work;
  }

  private async run(): Promise<void> {
    const { desk } = this.ports;
    const all = [...desk.index.incidentIds()].sort();
    this.total = all.length;
    this.done = this.through === null ? 0 : all.filter((id) => id <= (this.through as Id)).length;
    let since = this.share.lsn;
    let at = desk.lsn;
    await this.handOverRecords();
    await this.handOverAll(all.slice(this.done));
    for (;;) {
      const changed = desk.index.changedAfter(since);
      if (changed.length <= FEW) break;
      since = at;
      at = desk.lsn;
      await this.send(changed);
    }
    await this.ports.whileStill(async () => {
      await this.handOverRecords(since);
      await this.send(desk.index.changedAfter(since));
      const joined = await this.ports.book.append([{ kind: 'joined', share: this.share }]);
      return joined.ok;
    });
  }

  private async handOverAll(ids: readonly Id[]): Promise<void> {
    let refused: NotTaken[] = [];
    let noted = 0;
    for (let at = 0; at < ids.length; at += INCIDENTS_AT_ONCE) {
      const some = ids.slice(at, at + INCIDENTS_AT_ONCE);
      refused.push(...(await this.send(some)));
      this.done += some.length;
      noted += some.length;
      this.ports.changed();
      const last = some.at(-1);
      if (last === undefined || (noted < NOTED_EVERY && at + INCIDENTS_AT_ONCE < ids.length)) continue;
      await this.ports.book.append([{ kind: 'handedOver', through: last, notTaken: refused }]);
      refused = [];
      noted = 0;
    }
  }

  /** Entries of the directory that the server has nothing for. */
  private async handOverRecords(since = 0): Promise<void> {
    const { desk } = this.ports;
    const rows = desk.directory.rows().filter(({ lsn }) => lsn > since);
    const deeds = newRecords(rows, this.share.mapping).map(({ kind, record }): Deed => {
      const id = nameBasedId('handOver', this.share.shareId, kind, record.id, JSON.stringify(record));
      return { incidentId: null, recordId: record.id, command: this.command(id, 'directory.save', { kind, record }) };
    });
    const refused = await this.push(deeds);
    if (refused.length > 0)
      await this.ports.book.append([{ kind: 'handedOver', through: this.through ?? '', notTaken: refused }]);
  }

  private async send(ids: readonly Id[]): Promise<readonly NotTaken[]> {
    const { desk } = this.ports;
    const deeds: Deed[] = [];
    for (const id of ids) {
      const timeline = await desk.timeline(id);
      const activities = timeline.map((activity) => handedOver(activity, this.ids));
      const commandId = nameBasedId('handOver', this.share.shareId, id, activities.at(-1)?.id ?? '', activities.length);
      const above = desk.index.highestNumber();
      const args = { subject: { kind: 'incident', id }, source: this.share.source, activities, above };
      deeds.push({ incidentId: id, recordId: null, command: this.command(commandId, 'history.adopt', args) });
    }
    return this.push(deeds);
  }

  private command(id: Id, name: string, args: unknown): Deed['command'] {
    const now = this.ports.now();
    return { id, name, args, occurredAt: now, recordedAt: now };
  }

  /** Sends all of it, however long that takes. Answers what the server would not take. */
  private async push(deeds: readonly Deed[]): Promise<readonly NotTaken[]> {
    const refused: NotTaken[] = [];
    for (const batch of batchesOf(deeds)) {
      if (batch.bytes > SYNC_LIMITS.pushBytes) {
        refused.push(...batch.deeds.map((deed) => ({ id: idOf(deed), code: 'tooLarge' })));
        continue;
      }
      refused.push(...(await this.pushBatch(batch.deeds)));
    }
    return refused;
  }

  private async pushBatch(deeds: readonly Deed[]): Promise<readonly NotTaken[]> {
    for (let failures = 0; ; ) {
      if (this.stopped) throw new Stopped();
      const { device, seq } = this.lane;
      const commands = deeds.map(({ command }, at) => ({ ...command, seq: seq + 1 + at }));
      const request = { protocol: PROTOCOL, device, sentAt: this.ports.now(), commands };
      const answer = await this.ports.network.push({ person: this.share.person.personId, request });
      if (!answer.ok) {
        failures += 1;
        const { code, retryAfter } = answer.error;
        if (code === 'tooLarge' && deeds.length === 1) return deeds.map((deed) => ({ id: idOf(deed), code }));
        if (code === 'tooLarge' || code === 'unreadable') return this.halves(deeds, code);
        await this.wait(failures, retryAfter === undefined ? null : retryAfter * 1_000);
        continue;
      }
      const { results } = answer.value.body;
      if (results.length < deeds.length || results.some(({ status }) => status === 'fork' || status === 'gap')) {
        // A lane that is not as this run left it: a new one says everything again, and the server answers "already".
        this.lane = { device: this.ports.newId(), seq: 0 };
        failures += 1;
        if (failures > 3) await this.wait(failures, null);
        continue;
      }
      this.lane = { device, seq: seq + deeds.length };
      return deeds.flatMap((deed, at) => notTaken(deed, results[at]));
    }
  }

  /** One that can't be read keeps none of the others back. */
  private async halves(deeds: readonly Deed[], code: string): Promise<readonly NotTaken[]> {
    if (deeds.length === 1) return deeds.map((deed) => ({ id: idOf(deed), code }));
    const middle = Math.ceil(deeds.length / 2);
    return [...(await this.pushBatch(deeds.slice(0, middle))), ...(await this.pushBatch(deeds.slice(middle)))];
  }

  private async wait(failures: number, retryAfter: number | null): Promise<void> {
    const milliseconds = waitBeforeRetry({ failures, retryAfter }, this.ports.random());
    await new Promise<void>((resolve) => {
      const cancel = this.ports.after(milliseconds, resolve);
      this.wakeUp = () => {
        cancel();
        resolve();
      };
    });
    this.wakeUp = null;
  }
}

const idOf = ({ incidentId, recordId }: Deed): Id => incidentId ?? recordId ?? '';

/** A history that the server has already is no refusal. */
function notTaken(deed: Deed, result: PushResult | undefined): NotTaken[] {
  const outcome = result?.status === 'already' ? result.outcome : result?.status;
  if (outcome === 'accepted' || result?.refusal?.code === 'nothingChanged') return [];
  return [{ id: idOf(deed), code: result?.refusal?.code ?? 'argumentsInvalid' }];
}

function batchesOf(deeds: readonly Deed[]) {
  const batches: { deeds: Deed[]; bytes: number }[] = [];
  for (const deed of deeds) {
    // Characters outside ASCII take up to three bytes; half the limit leaves room for them.
    const bytes = JSON.stringify(deed.command).length;
    const last = batches.at(-1);
    if (last && last.deeds.length < SYNC_LIMITS.commands && last.bytes + bytes <= PUSH_BYTES) {
      last.deeds.push(deed);
      last.bytes += bytes;
    } else {
      batches.push({ deeds: [deed], bytes });
    }
  }
  return batches;
}
