import type { Scope } from '#contracts/sync/scope.ts';
import type { PullQuery, PushRequest } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { SyncClient } from '#sync/client/client.ts';
import { createMemoryClientStore, type MemoryClientStore } from '#sync/client/memory-client-store.ts';
import type { OwnCommand } from '#sync/client/outbox-frames.ts';
import type { ClientStore, Reply, Transport } from '#sync/client/ports.ts';
import type { Dice, Scheduler } from './scheduler.suite.ts';
import { type SimulatedServer, ZONE } from './server.suite.ts';

/** How bad the network and the devices are. All nothing when everything heals. */
export interface Weather {
  /** A message, or its answer, does not arrive. */
  drop: number;
  /** A request arrives a second time, at some later time. */
  repeat: number;
  /** Something else answers. */
  portal: number;
  /** The server asks to wait. */
  busy: number;
  /** An append fails; it may have done its work all the same. */
  diskFull: number;
}

export interface Surroundings {
  readonly dice: Dice;
  readonly scheduler: Scheduler;
  readonly server: SimulatedServer;
  readonly weather: Weather;
  newId(): Id;
}

class DiskFull extends Error {}

/** A device: what it keeps survives, its client does not. Every call of a port may be the last of this client. */
export class SimulatedDevice {
  readonly name: string;
  readonly people: readonly Id[];
  readonly store: MemoryClientStore;
  /** What was recorded here for certain, or perhaps: a failing disk does not say. */
  readonly recorded = new Map<Id, { readonly command: OwnCommand; sure: boolean }>();
  clockAhead: number;
  apart = false;
  /** What it keeps of its viewer's view; null: all. */
  scope: Scope | null = null;
  client: SyncClient | null = null;
  private opening: Promise<SyncClient> | null = null;
  private readonly around: Surroundings;
  private life = 0;
  private readonly signedIn: Id[] = [];

  constructor(
    name: string,
    people: readonly Id[],
    around: Surroundings,
    clockAhead: number,
    store?: MemoryClientStore,
  ) {
    this.name = name;
    this.people = people;
    this.around = around;
    this.clockAhead = clockAhead;
    this.store = store ?? createMemoryClientStore();
  }

  get now(): Instant {
    return this.around.server.now + this.clockAhead;
  }

  /** The client that runs, opened from what is durable if there is none. */
  running(): Promise<SyncClient> {
    this.opening ??= this.start();
    return this.opening;
  }

  private async start(): Promise<SyncClient> {
    const { life } = this;
    const client = await SyncClient.open({
      store: this.gatedStore(life),
      transport: this.transport(life),
      now: () => this.now,
      random: this.around.dice.random,
      newId: this.around.newId,
      zone: ZONE,
      scope: () => this.scope,
      page: 1 + this.around.dice.below(12),
    });
    for (const person of this.signedIn) client.signIn(person);
    this.client = client;
    return client;
  }

  /** Another device that begins as this one is: somebody copied the folder. */
  copy(name: string, clockAhead: number): SimulatedDevice {
    const copy = new SimulatedDevice(name, this.people, this.around, clockAhead, this.store.copy());
    const { viewer } = this;
    copy.scope = this.scope;
    if (viewer !== null) copy.signIn(viewer);
    return copy;
  }

  signIn(person: Id): void {
    this.signOut(person);
    this.signedIn.push(person);
    this.client?.signIn(person);
  }

  signOut(person: Id): void {
    const at = this.signedIn.indexOf(person);
    if (at >= 0) this.signedIn.splice(at, 1);
    this.client?.signOut(person);
  }

  get viewer(): Id | null {
    return this.signedIn.at(-1) ?? null;
  }

  /** Every other time the outbox is told anew before the next client opens it (SPEC 1.12). */
  crash(): void {
    this.life += 1;
    if (this.life % 2 === 1) this.store.retell();
    this.client = null;
    this.opening = null;
  }

  /** Like a person: makes a command from what is on the screen, and saves it. */
  async record(make: (client: SyncClient) => Promise<OwnCommand>): Promise<void> {
    await this.withDisk(async (client) => {
      const command = await make(client);
      this.recorded.set(command.id, { command, sure: false });
      await client.record(command);
      this.recorded.set(command.id, { command, sure: true });
    });
  }

  round(): Promise<void> {
    return this.withDisk(async (client) => {
      await client.round();
    });
  }

  look(see: (client: SyncClient) => Promise<void>): Promise<void> {
    return this.withDisk(see);
  }

  open(incidentId: Id): Promise<void> {
    return this.withDisk(async (client) => {
      await client.open(incidentId);
    });
  }

  keepBeside(incidentId: Id): Promise<void> {
    return this.withDisk((client) => client.keepBeside(incidentId));
  }

  /** A full disk is met by starting anew. */
  private async withDisk(work: (client: SyncClient) => Promise<void>): Promise<void> {
    const { life } = this;
    try {
      await work(await this.running());
    } catch (error) {
      if (!(error instanceof DiskFull)) throw error;
      if (this.client === null && life === this.life) this.crash();
    }
  }

  /** Waits for a turn; never comes back to a client that has crashed meanwhile. */
  private async gate(life: number): Promise<void> {
    await this.around.scheduler.pause();
    if (life !== this.life) await new Promise<never>(() => undefined);
  }

  private gatedStore(life: number): ClientStore {
    const { store } = this;
    const { dice, weather } = this.around;
    return {
      ...store,
      frames: () => this.gate(life).then(() => store.frames()),
      append: async (frames) => {
        await this.gate(life);
        const full = dice.chance(weather.diskFull);
        if (full && dice.chance(0.5)) throw new DiskFull();
        await store.append(frames);
        await this.gate(life);
        if (full) throw new DiskFull();
      },
      apply: async (change) => {
        await this.gate(life);
        await store.apply(change);
        await this.gate(life);
      },
      position: () => this.gate(life).then(() => store.position()),
    };
  }

  private transport(life: number): Transport {
    const { server } = this.around;
    const ask = (person: Id, question: () => Promise<unknown>) => this.ask(life, person, question);
    return {
      push: (person, request: PushRequest) => {
        const body = JSON.stringify(request);
        return ask(person, () => server.push(person, body));
      },
      pull: (person, device, query: PullQuery) => ask(person, () => server.pull(person, device, query)),
      subject: (person, incidentId) => ask(person, () => server.subject(person, incidentId)),
    };
  }

  /** A message travels, and perhaps its answer; both may take as long as chance wants. */
  private async ask(life: number, person: Id, question: () => Promise<unknown>): Promise<Reply> {
    const { dice, scheduler, server, weather } = this.around;
    await this.gate(life);
    if (!this.signedIn.includes(person)) return { kind: 'signInNeeded' };
    if (dice.chance(weather.repeat)) {
      scheduler.begin(async () => {
        for (let late = dice.below(20); late > 0; late--) await scheduler.pause();
        await question();
      });
    }
    let body: unknown = null;
    if (!this.apart && !dice.chance(weather.drop)) body = await question();
    await this.gate(life);
    if (dice.chance(weather.portal)) return { kind: 'answered', body: '<html>Sign in to the WLAN', serverNow: null };
    if (dice.chance(weather.busy)) return { kind: 'busy', retryAfter: 1_000 };
    if (body === null || this.apart || dice.chance(weather.drop)) return { kind: 'unreachable' };
    if (body === 'unreadable') return { kind: 'unreadable' };
    return { kind: 'answered', body: JSON.parse(JSON.stringify(body)), serverNow: server.now };
  }
}
