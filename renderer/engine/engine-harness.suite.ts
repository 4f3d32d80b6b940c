/** An engine on a memory machine and a fake database, and windows that talk to it as real ones do. */
import 'fake-indexeddb/auto';
import type {
  CallName,
  Calls,
  EngineError,
  FromEngine,
  Queries,
  QueryName,
  SubmitArgs,
} from '#contracts/engine/protocol.ts';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { Port } from '#contracts/platform.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { err, ok, type Result } from '#domain/result.ts';
import {
  createMemoryDisk,
  createMemoryHost,
  type MemoryDisk,
  type MemoryHost,
} from '#renderer/platform/memory-host.ts';
import { createEngine, type Engine } from './engine.ts';
import type { EngineEnvironment } from './environment.ts';
import { inPlaceWorker } from './import/in-place-worker.ts';

let made = 0;
/** Valid, repeatable ids in the order of their making. */
export const nextId = (): Id => {
  made += 1;
  return `00000000-0000-7000-9000-${made.toString(16).padStart(12, '0')}`;
};

export interface TestWindow {
  call<N extends CallName>(name: N, args: Calls[N]['args']): Promise<Result<Calls[N]['value'], EngineError>>;
  /** The newest value once `accept` is content with it. */
  watch<N extends QueryName>(
    name: N,
    args: Queries[N]['args'],
    accept?: (value: Queries[N]['value'], lsn: number) => boolean,
  ): Promise<Queries[N]['value']>;
  submit<N extends CommandName>(
    personId: Id,
    name: N,
    args: CommandArgs[N],
    more?: { commandId?: Id; draftId?: Id },
  ): Promise<Result<Calls['submit']['value'], EngineError>>;
  send(message: unknown): void;
  /** The newest message of this type under this id, as soon as there is one that `accept` is content with. */
  heard(type: FromEngine['type'], id: number, accept?: (message: FromEngine) => boolean): Promise<FromEngine>;
  readonly received: readonly FromEngine[];
}

export interface TestDesk {
  readonly engine: Engine;
  readonly host: MemoryHost;
  readonly disk: MemoryDisk;
  readonly databaseName: string;
  window(): TestWindow;
  ready(): Promise<void>;
  /** From now on the machine answers nothing any more, as after `kill -9`. */
  kill(): void;
  /** Kills this one and starts another on the same disk and database. */
  restart(options?: Partial<HarnessOptions>): TestDesk;
}

/** A host whose process can be killed: calls on their way are never answered, later ones do nothing. */
function mortal(host: MemoryHost): { readonly host: MemoryHost; kill(): void } {
  let dead = false;
  const never = () => new Promise<never>(() => undefined);
  const room = <T extends object>(real: T): T =>
    new Proxy(real, {
      get: (target, key, receiver) => {
        const value: unknown = Reflect.get(target, key, receiver);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          if (dead) return never();
          const answer: unknown = await value.apply(target, args);
          return dead ? never() : answer;
        };
      },
    });
  const { journal, stages, snapshots, drafts, settings } = host;
  return {
    host: {
      ...host,
      journal: room(journal),
      stages: room(stages),
      snapshots: room(snapshots),
      drafts: room(drafts),
      settings: room(settings),
    },
    kill: () => {
      dead = true;
    },
  };
}

/** A pair of ports that hand over copies in a later turn, as message ports do. */
function portPair(): [Port, Port] {
  type Listener = (event: { readonly data: unknown }) => void;
  const make = () => ({ listeners: [] as Listener[], open: true });
  const ends = [make(), make()] as const;
  const port = (mine: 0 | 1, theirs: 0 | 1): Port => ({
    postMessage: (message) => {
      const data = structuredClone(message);
      setTimeout(() => {
        if (ends[mine].open && ends[theirs].open) for (const listener of ends[theirs].listeners) listener({ data });
      }, 0);
    },
    addEventListener: (_type, listener) => void ends[mine].listeners.push(listener),
    start: () => undefined,
    close: () => {
      ends[mine].open = false;
    },
  });
  return [port(0, 1), port(1, 0)];
}

export function testWindow(host: MemoryHost): TestWindow {
  const [mine, theirs] = portPair();
  const received: FromEngine[] = [];
  const waiting = new Set<() => void>();
  let lastId = 0;
  mine.addEventListener('message', ({ data }) => {
    received.push(data as FromEngine);
    for (const look of [...waiting]) look();
  });
  host.connectWindow(theirs, `window ${nextId()}`);
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const call: TestWindow['call'] = (name, args) => {
    lastId += 1;
    const id = lastId;
    mine.postMessage({ type: 'call', id, name, args });
    return until(() => {
      const answer = received.find((one) => one.type === 'answer' && one.id === id);
      if (answer?.type !== 'answer') return undefined;
      return answer.ok ? ok(answer.value as never) : err(answer.error);
    });
  };
  return {
    received,
    send: (message) => mine.postMessage(message),
    heard: (type, id, accept = () => true) =>
      until(() => received.findLast((one) => one.type === type && 'id' in one && one.id === id && accept(one))),
    call,
    submit: (personId, name, args, more = {}) =>
      call('submit', { commandId: nextId(), ...more, name, args, personId } as SubmitArgs),
    watch: <N extends QueryName>(
      name: N,
      args: Queries[N]['args'],
      accept: (value: Queries[N]['value'], lsn: number) => boolean = () => true,
    ) => {
      lastId += 1;
      const id = lastId;
      mine.postMessage({ type: 'watch', id, name, args });
      return until<Queries[N]['value']>(() => {
        const message = received.findLast((one) => one.type === 'value' && one.id === id);
        if (message?.type !== 'value') return undefined;
        const value = message.value as Queries[N]['value'];
        return accept(value, message.lsn) ? value : undefined;
      });
    },
  };
}

export interface HarnessOptions {
  readonly disk?: MemoryDisk;
  readonly databaseName?: string;
  readonly environment?: Partial<EngineEnvironment>;
  /** Replaces parts of the machine: a journal that refuses, a disk that is slow. */
  readonly alter?: (host: MemoryHost) => Partial<EngineHost>;
}

/** Starts an engine; a second one on the same disk and database is a restart after a kill. */
export function testDesk(options: HarnessOptions = {}): TestDesk {
  const { disk = createMemoryDisk(), databaseName = `desk ${nextId()}`, alter = () => ({}) } = options;
  const machine = createMemoryHost(disk);
  const { host, kill } = mortal({ ...machine, ...alter(machine) });
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const engine = createEngine({
    host,
    databaseName,
    keptIn: 'device',
    zone: 'Europe/Berlin',
    now: tick,
    elapsed: () => performance.now(),
    newId: nextId,
    random: () => 0.5,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      timers.add(timer);
      return () => clearTimeout(timer);
    },
    makeImportWorker: inPlaceWorker,
    ...options.environment,
  });
  const started = engine.start();
  const die = () => {
    kill();
    for (const timer of timers) clearTimeout(timer);
  };
  return {
    engine,
    host,
    disk,
    databaseName,
    window: () => testWindow(host),
    ready: () => started,
    kill: die,
    restart: (changes = {}) => {
      die();
      return testDesk({ ...options, disk, databaseName, ...changes });
    },
  };
}

let clock = Date.UTC(2026, 0, 5, 9);
/** A clock that only goes forward, a millisecond a look. */
function tick(): number {
  clock += 1;
  return clock;
}

/** An agent with a team, as first run makes them. */
export async function introduced(window: TestWindow, name = 'Ada Agent'): Promise<Id> {
  const made = await window.call('introduce', { name, teamName: 'Service desk', role: 'agent' });
  if (!made.ok) throw new Error(`introduce: ${JSON.stringify(made.error)}`);
  return made.value.personId;
}

export const recordArgs = (shortDescription: string): CommandArgs['incident.record'] => ({
  incidentId: nextId(),
  shortDescription,
  channel: 'phone',
  impact: 3,
  urgency: 2,
});

/** A list of everything, newest number last. */
export const everything = {
  queue: 'allIncidents',
  order: { key: 'number', descending: false },
  filters: [],
  text: '',
} as const;
