import type { Scope } from '#contracts/sync/scope.ts';
import type { PushAnswer, PushRequest, PushResult } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { createMemoryLog, type MemoryLogState } from '#sync/authority/memory-log.ts';
import { pullPage, subject } from '#sync/authority/pull.ts';
import { push } from '#sync/authority/push.ts';
import { SyncClient } from './client.ts';
import { createMemoryClientStore, type MemoryClientStore } from './memory-client-store.ts';
import type { OwnCommand } from './outbox-frames.ts';
import type { ClientStore, LocalChange, Reply, Transport } from './ports.ts';

export const NOW = Date.UTC(2026, 2, 2, 9);

/** A command of Ann's, in as few words as a test can. */
export const command = (id: Id, name: string, args: unknown, over: Partial<OwnCommand> = {}): OwnCommand => ({
  id,
  person: 'ann',
  name,
  args,
  occurredAt: NOW,
  recordedAt: NOW,
  ...over,
});
export const recording = (
  id: Id,
  incidentId: Id,
  args: Record<string, unknown> = {},
  over: Partial<OwnCommand> = {},
) => {
  const said = { shortDescription: 'Printer is on fire', channel: 'phone', impact: 3, urgency: 2 };
  return command(id, 'incident.record', { incidentId, ...said, ...args }, over);
};
export const note = (id: Id, incidentId: Id, over: Partial<OwnCommand> = {}) =>
  command(id, 'incident.note', { incidentId, entryId: `entry of ${id}`, body: `text of ${id}` }, over);

/** The server's own code over a log in memory, with Ann, Ben and Sue in its directory. */
export class TestServer {
  readonly log = createMemoryLog('log');
  now: Instant = NOW;
  /** What was sent, as it was sent. */
  readonly pushes: PushRequest[] = [];
  /** Answers instead of the server while set; null leaves it to the server. */
  instead: ((what: 'push' | 'pull') => Reply | null) | null = null;
  /** The server decides, and its answer does not arrive. */
  loseAnswers = false;

  async furnish(): Promise<this> {
    const people = ['ann', 'ben', 'sue'].map((id) => ({
      kind: 'person',
      record: blankPerson({ id, name: `Person ${id}`, role: id === 'sue' ? 'supervisor' : 'agent' }),
    }));
    const commands = people.map((args, at) => ({
      seq: at + 1,
      id: `person ${at}`,
      name: 'directory.save',
      args,
      occurredAt: NOW,
      recordedAt: NOW,
    }));
    await push(this.log, [{ device: 'furnisher', person: 'deskbell', commands }], { zone: 'UTC', now: NOW });
    return this;
  }

  get state(): MemoryLogState {
    return this.log.backup();
  }

  incident(id: Id): Incident | undefined {
    return this.state.incidents.get(id)?.incident;
  }

  /** Somebody elsewhere does this. */
  async elsewhere(...commands: OwnCommand[]): Promise<readonly PushResult[]> {
    const results: PushResult[] = [];
    for (const { person, ...rest } of commands) {
      const lane = { device: 'elsewhere', person };
      const seq = await this.log.read((reader) => reader.expected(lane));
      const pushed = await push(this.log, [{ ...lane, commands: [{ ...rest, seq }] }], { zone: 'UTC', now: this.now });
      results.push(...(pushed.answers[0]?.results ?? []));
    }
    return results;
  }

  readonly transport: Transport = {
    push: (person, request) =>
      this.answer('push', async (): Promise<PushAnswer> => {
        this.pushes.push(request);
        const { device, commands } = request;
        const { head, answers } = await push(this.log, [{ device, person, commands }], { zone: 'UTC', now: this.now });
        return { epoch: head.epoch, expected: 1, results: [], ...answers[0] } as PushAnswer;
      }),
    pull: (person, device, query) =>
      this.answer('pull', () => pullPage(this.log, { device, person }, query, { now: this.now })),
    subject: (person, id) => this.answer('pull', () => subject(this.log, { person }, id, this.now)),
  };

  private async answer(what: 'push' | 'pull', work: () => Promise<unknown>): Promise<Reply> {
    const instead = this.instead?.(what) ?? null;
    if (instead !== null) return instead;
    const body: unknown = JSON.parse(JSON.stringify(await work()));
    return this.loseAnswers ? { kind: 'unreachable' } : { kind: 'answered', body, serverNow: this.now };
  }
}

export interface Desk {
  readonly client: SyncClient;
  readonly store: MemoryClientStore;
  /** Ends this client and opens another one on what is durable. */
  again(): Promise<Desk>;
}

let devices = 0;

export interface DeskOptions {
  readonly store?: MemoryClientStore;
  readonly spied?: ClientStore;
  readonly person?: Id | null;
  readonly now?: () => Instant;
  readonly random?: () => number;
  readonly page?: number;
  readonly scope?: () => Scope | null;
}

/** A device on this server, with Ann signed in unless said otherwise. */
export async function deskOn(server: TestServer, options: DeskOptions = {}): Promise<Desk> {
  const store = options.store ?? createMemoryClientStore();
  const client = await SyncClient.open({
    store: options.spied ?? store,
    transport: server.transport,
    now: options.now ?? (() => server.now),
    random: options.random ?? (() => 0.5),
    newId: () => {
      devices += 1;
      return `device ${devices}`;
    },
    zone: 'UTC',
    ...(options.page === undefined ? {} : { page: options.page }),
    ...(options.scope === undefined ? {} : { scope: options.scope }),
  });
  const person = options.person === undefined ? 'ann' : options.person;
  if (person !== null) client.signIn(person);
  return { client, store, again: () => deskOn(server, { ...options, store }) };
}

/** What became of each command, by id. */
export const fates = (client: SyncClient): Record<Id, string> =>
  Object.fromEntries(
    client.entries().map(({ command, verdict, owed, parked }) => {
      const said = owed ? 'owed' : (verdict?.outcome ?? 'settled');
      return [command.id, parked === null ? said : `${said}, parked`];
    }),
  );

export const kinds = async (client: SyncClient): Promise<readonly string[]> =>
  (await client.states()).map(({ kind }) => kind);

/** A store that tells what is written to it, in order. */
export function spied(store: ClientStore, fail: () => boolean = () => false) {
  const written: string[] = [];
  const spy: ClientStore = {
    ...store,
    append: (frames) => {
      written.push(...frames.map(({ kind }) => kind));
      return store.append(frames);
    },
    apply: async (change: LocalChange) => {
      if (fail()) throw new Error('the power is gone');
      written.push(change.dropBefore === null ? 'page' : 'last page');
      await store.apply(change);
    },
  };
  return { spy, written };
}
