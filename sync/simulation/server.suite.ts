import { type PullQuery, pushRequest } from '#contracts/sync/wire.ts';
import { type Id, type Instant, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { person, team } from '#domain/command/memory-desk.suite.ts';
import type { DirectoryRecords, Person } from '#domain/directory/directory.ts';
import { createMemoryLog, type MemoryLog, type MemoryLogState } from '#sync/authority/memory-log.ts';
import { pullPage, subject } from '#sync/authority/pull.ts';
import { push } from '#sync/authority/push.ts';
import type { LogReader, PushTransaction, SharedLog } from '#sync/authority/shared-log.ts';

export const ZONE = 'UTC';
/** So few that some timelines stay where they are until somebody opens them. */
const RECENT = 6;

/** The people of the made-up commands, and one who configures. */
export const STAFF: readonly Person[] = [
  person('ann', { role: 'agent', teamIds: ['net'] }),
  person('ben', { role: 'agent', teamIds: ['mail'] }),
  person('sue', { role: 'supervisor', teamIds: ['net', 'mail'] }),
  person('tom', { role: 'technician', teamIds: ['net'] }),
  person('vic', { role: 'viewer' }),
  person('cal', { role: 'requester' }),
  person('adm', { role: 'administrator', mail: 'adm@desk.example' }),
];

/** What is there when everybody comes in the morning. */
export const FIRST_INCIDENTS: readonly Id[] = ['incident a', 'incident b', 'incident c'];

class Crash extends Error {}

/** The server's own code over a log in memory; it can stop at any step of a transaction, and be restored. */
export class SimulatedServer {
  readonly log: MemoryLog = createMemoryLog('log');
  now: Instant;
  private readonly pause: () => Promise<void>;
  private life = 0;
  private backups: MemoryLogState[] = [];
  restores = 0;

  constructor(now: Instant, pause: () => Promise<void>) {
    this.now = now;
    this.pause = pause;
  }

  async furnish(): Promise<void> {
    const save = (kind: keyof DirectoryRecords, record: { readonly id: Id }) => ({ kind, record });
    const records = [
      ...['net', 'mail'].map((id) => save('team', team(id))),
      ...STAFF.map((one) => save('person', one)),
    ];
    const opened = { shortDescription: 'Printer is on fire', channel: 'phone', impact: 3, urgency: 2, callerId: 'cal' };
    const deeds = [
      ...records.map((args) => ({ name: 'directory.save', args })),
      ...FIRST_INCIDENTS.map((incidentId) => ({ name: 'incident.record', args: { ...opened, incidentId } })),
    ];
    const commands = deeds.map((deed, at) => ({
      ...deed,
      seq: at + 1,
      id: `furnish ${at}`,
      occurredAt: this.now,
      recordedAt: this.now,
    }));
    await push(this.log, [{ device: 'furnisher', person: SYSTEM_ACTOR, commands }], { zone: ZONE, now: this.now });
    this.keepBackup();
  }

  /** Whatever is going on stops where it is, and nothing of it is kept that was not kept already. */
  crash(): void {
    this.life += 1;
  }

  keepBackup(): void {
    this.backups.push(this.log.backup());
  }

  /** The log as it was at some backup; later backups are gone with it. */
  restore(at: number): void {
    this.crash();
    const backup = this.backups[at % this.backups.length];
    if (backup === undefined) return;
    this.backups = this.backups.slice(0, (at % this.backups.length) + 1);
    this.log.restore(backup);
    // Nobody restores a backup within the millisecond.
    this.now += 1_000;
    this.restores += 1;
  }

  /** Null: no answer comes. 'unreadable': a request that is none. */
  async push(person: Id, body: string): Promise<unknown> {
    const request = pushRequest.safeParse(JSON.parse(body));
    if (!request.success) return 'unreadable';
    const { device, commands } = request.data;
    return this.alive(async (log) => {
      const { head, answers } = await push(log, [{ device, person, commands }], { zone: ZONE, now: this.now });
      return { epoch: head.epoch, ...answers[0] };
    });
  }

  pull(person: Id, device: Id, query: PullQuery): Promise<unknown> {
    return this.alive((log) => pullPage(log, { device, person }, query, { now: this.now, recent: RECENT }));
  }

  subject(person: Id, incidentId: Id): Promise<unknown> {
    return this.alive((log) => subject(log, { person }, incidentId, this.now));
  }

  /** Runs as long as the server lives. */
  private async alive<T>(work: (log: SharedLog) => Promise<T>): Promise<T | null> {
    const { life } = this;
    const gate = async () => {
      await this.pause();
      if (life !== this.life) throw new Crash();
    };
    const log: SharedLog = {
      push: (work) => this.log.push((transaction) => work(gated(transaction, gate))),
      read: (work) => this.log.read((reader) => work(gatedReader(reader, gate))),
    };
    try {
      const answer = await work(log);
      await gate();
      return answer;
    } catch (error) {
      if (error instanceof Crash) return null;
      throw error;
    }
  }
}

function gated(transaction: PushTransaction, gate: () => Promise<void>): PushTransaction {
  const { head } = transaction;
  return {
    head,
    expected: (lanes) => gate().then(() => transaction.expected(lanes)),
    decidedById: (ids) => transaction.decidedById(ids),
    decidedAt: (lane, seqs) => transaction.decidedAt(lane, seqs),
    gather: (wanted) => gate().then(() => transaction.gather(wanted)),
    write: async (batch) => {
      await gate();
      await transaction.write(batch);
      await gate();
    },
  };
}

/** One pause while a page is made: what is read is of one state whatever happens meanwhile. */
const gatedReader = (reader: LogReader, gate: () => Promise<void>): LogReader => ({
  ...reader,
  expected: (lane) => gate().then(() => reader.expected(lane)),
});
