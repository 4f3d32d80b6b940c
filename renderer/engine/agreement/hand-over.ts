import type { Connection } from '#contracts/engine/agreement.ts';
import type { NetworkCode, NetworkHost, NetworkState } from '#contracts/host/network.ts';
import type { SyncState } from '#contracts/sync/state.ts';
import { PROTOCOL, type PushResult, SYNC_LIMITS, type WireCommand } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import type { NotTaken, Share } from '#renderer/data/sync-records.ts';
import { waitBeforeRetry } from '#sync/client/retry.ts';
import type { LiveDesk } from '../live-desk.ts';
import type { Pause } from '../slices.ts';
import { inHandOverOrder, type Placed } from './hand-over-order.ts';
import { handedOver, idsOf, newRecords } from './mapping.ts';
import { seated } from './network-words.ts';
import { shortly } from './shortly.ts';
import type { SyncBook } from './sync-book.ts';
import { faultKind } from './transport.ts';

export interface HandOverPorts {
  readonly desk: LiveDesk;
  readonly book: SyncBook;
  readonly network: NetworkHost;
  now(): Instant;
  newId(): Id;
  random(): number;
  after(milliseconds: number, callback: () => void): () => void;
  changed(): void;
  pause(): Pause;
  /** Nothing is judged while `work` goes on, nor afterwards if it says true, until the desk is opened anew. */
  whileStill(work: () => Promise<boolean>): Promise<boolean>;
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
  private through: string | null;
  private done = 0;
  private total = 0;
  /** One lane for each run: what it has sent so far. */
  private lane: { device: Id; seq: number };
  /** What is in the way, and since when; null: nothing. */
  private trouble: { readonly code: NetworkCode; readonly since: Instant } | null = null;
  private stopped = false;
  private wakeUp: (() => void) | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(ports: HandOverPorts, share: Share, through: string | null) {
    this.ports = ports;
    this.share = share;
    this.through = through;
    this.ids = idsOf(share.mapping);
    this.lane = { device: ports.newId(), seq: 0 };
  }

  /** How far it is, and who has to sign in for it to go on. */
  told(state: NetworkState): Pick<Connection, 'handingOver' | 'states' | 'people'> {
    const { person } = this.share;
    const people = state.mode === 'connected' ? state.people.map(seated) : [];
    const isKnown = people.some(({ personId }) => personId === person.personId);
    return {
      handingOver: { done: this.done, total: this.total },
      states: this.states,
      people: isKnown ? people : [...people, { ...person, open: false }],
    };
  }

  /** What a person is told to be in the way. */
  private get states(): readonly SyncState[] {
    if (this.trouble === null) return [];
    const { code, since } = this.trouble;
    switch (faultKind(code)) {
      case 'unreachable':
        return [{ kind: 'offline', since }];
      case 'notOurs':
        return [{ kind: 'notOurServer' }];
      case 'signInNeeded':
        return [{ kind: 'signInNeeded', waiting: this.total - this.done }];
      case 'versionTooOld':
        return [{ kind: 'versionTooOld' }];
      default:
        return [];
    }
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
    await shortly(this.work, this.ports.after);
  }

  private async run(): Promise<void> {
    const { desk } = this.ports;
    const { through } = this;
    let since = this.share.lsn;
    let at = desk.lsn;
    const all = inHandOverOrder(desk.index.numbersHeld());
    const left = all.filter(({ place }) => through === null || place > through);
    this.total = all.length;
    this.done = all.length - left.length;
    const records = await this.recordsAfter(0);
    this.total += records.length;
    this.ports.changed();
    await this.handOverRecords(records);
    await this.handOverAll(left);
    for (;;) {
      const changed = desk.index.changedAfter(since);
      if (changed.length <= FEW) break;
      since = at;
      at = desk.lsn;
      await this.note(await this.push(await this.histories(changed)));
    }
    const last = async () => {
      await this.handOverRecords(await this.recordsAfter(since));
      await this.note(await this.push(await this.histories(desk.index.changedAfter(since))));
      const joined = await this.ports.book.append([{ kind: 'joined', share: this.share }]);
      return joined.ok;
    };
    // A disk that is full takes no word of joining: the desk works on alone, and joins when there is room.
    for (let failures = 1; !(await this.ports.whileStill(last)); failures += 1) await this.wait(failures, null);
  }

  private async handOverAll(all: readonly Placed[]): Promise<void> {
    const batches = Array.from({ length: Math.ceil(all.length / INCIDENTS_AT_ONCE) }, (_, at) =>
      all.slice(at * INCIDENTS_AT_ONCE, (at + 1) * INCIDENTS_AT_ONCE),
    );
    const read = (batch: readonly Placed[] | undefined) => this.histories((batch ?? []).map(({ id }) => id));
    let refused: NotTaken[] = [];
    let noted = 0;
    let ahead = read(batches[0]);
    for (const [at, batch] of batches.entries()) {
      const deeds = await ahead;
      // Read while the server takes those before.
      ahead = read(batches[at + 1]);
      ahead.catch(() => undefined);
      refused.push(...(await this.push(deeds)));
      this.progressed(batch.length);
      noted += batch.length;
      const last = batch.at(-1);
      if (last === undefined || (noted < NOTED_EVERY && at + 1 < batches.length)) continue;
      this.through = last.place;
      await this.note(refused, true);
      refused = [];
      noted = 0;
    }
  }

  /** Entries of the directory that the server has nothing for. */
  private async recordsAfter(lsn: number): Promise<readonly Deed[]> {
    const { desk, pause } = this.ports;
    const wait = pause();
    const rows = desk.directory.rows().filter((row) => row.lsn > lsn);
    const deeds: Deed[] = [];
    for (const { kind, record } of newRecords(rows, this.share.mapping)) {
      const id = nameBasedId('handOver', this.share.shareId, kind, record.id, JSON.stringify(record));
      const command = this.command(id, 'directory.save', { kind, record });
      deeds.push({ incidentId: null, recordId: record.id, command });
      await wait();
    }
    return deeds;
  }

  private async handOverRecords(deeds: readonly Deed[]): Promise<void> {
    const refused: NotTaken[] = [];
    for (const batch of batchesOf(deeds)) {
      refused.push(...(await this.pushAll(batch)));
      this.progressed(batch.deeds.length);
    }
    await this.note(refused);
  }

  private progressed(by: number): void {
    this.done = Math.min(this.total, this.done + by);
    this.ports.changed();
  }

  /** Writes down how far it is, and what the server would not take. */
  private async note(refused: readonly NotTaken[], further = false): Promise<void> {
    if (refused.length === 0 && !further) return;
    await this.ports.book.append([{ kind: 'handedOver', through: this.through ?? '', notTaken: refused }]);
  }

  private async histories(ids: readonly Id[]): Promise<readonly Deed[]> {
    const { desk, pause } = this.ports;
    const wait = pause();
    const deeds: Deed[] = [];
    for (const id of ids) {
      const timeline = await desk.timelineInPassing(id);
      await wait();
      const activities = timeline.map((activity) => handedOver(activity, this.ids));
      const commandId = nameBasedId('handOver', this.share.shareId, id, activities.at(-1)?.id ?? '', activities.length);
      const above = desk.index.highestNumber();
      const args = { subject: { kind: 'incident', id }, source: this.share.source, activities, above };
      deeds.push({ incidentId: id, recordId: null, command: this.command(commandId, 'history.adopt', args) });
    }
    return deeds;
  }

  private command(id: Id, name: string, args: unknown): Deed['command'] {
    const now = this.ports.now();
    return { id, name, args, occurredAt: now, recordedAt: now };
  }

  /** Sends all of it, however long that takes. Answers what the server would not take. */
  private async push(deeds: readonly Deed[]): Promise<readonly NotTaken[]> {
    const refused: NotTaken[] = [];
    for (const batch of batchesOf(deeds)) refused.push(...(await this.pushAll(batch)));
    return refused;
  }

  private async pushAll(batch: Batch): Promise<readonly NotTaken[]> {
    if (batch.bytes > SYNC_LIMITS.pushBytes) return batch.deeds.map((deed) => ({ id: idOf(deed), code: 'tooLarge' }));
    return this.pushBatch(batch.deeds);
  }

  private async pushBatch(deeds: readonly Deed[]): Promise<readonly NotTaken[]> {
    for (let failures = 0; ; ) {
      this.assertGoing();
      const { device, seq } = this.lane;
      const commands = deeds.map(({ command }, at) => ({ ...command, seq: seq + 1 + at }));
      const request = { protocol: PROTOCOL, device, sentAt: this.ports.now(), commands };
      const answer = await this.ports.network.push({ person: this.share.person.personId, request });
      if (!answer.ok) {
        failures += 1;
        const { code, retryAfter } = answer.error;
        if (code === 'tooLarge' && deeds.length === 1) return deeds.map((deed) => ({ id: idOf(deed), code }));
        if (code === 'tooLarge' || code === 'unreadable') return this.halves(deeds, code);
        this.trouble = { code, since: this.trouble?.since ?? this.ports.now() };
        this.ports.changed();
        await this.wait(failures, retryAfter === undefined ? null : retryAfter * 1_000);
        continue;
      }
      this.trouble = null;
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

  private assertGoing(): void {
    if (this.stopped) throw new Stopped();
  }

  private async wait(failures: number, retryAfter: number | null): Promise<void> {
    this.assertGoing();
    const milliseconds = waitBeforeRetry({ failures, retryAfter }, this.ports.random());
    await new Promise<void>((resolve) => {
      const cancel = this.ports.after(milliseconds, resolve);
      this.wakeUp = () => {
        cancel();
        resolve();
      };
    });
    this.wakeUp = null;
    this.assertGoing();
  }
}

const idOf = ({ incidentId, recordId }: Deed): Id => incidentId ?? recordId ?? '';

/** A history that the server has already is no refusal. */
function notTaken(deed: Deed, result: PushResult | undefined): NotTaken[] {
  const outcome = result?.status === 'already' ? result.outcome : result?.status;
  if (outcome === 'accepted' || result?.refusal?.code === 'nothingChanged') return [];
  return [{ id: idOf(deed), code: result?.refusal?.code ?? 'argumentsInvalid' }];
}

interface Batch {
  readonly deeds: Deed[];
  bytes: number;
}

function batchesOf(deeds: readonly Deed[]): readonly Batch[] {
  const batches: Batch[] = [];
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
