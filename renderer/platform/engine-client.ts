import {
  type CallName,
  type Calls,
  ENGINE_PROTOCOL,
  type EngineError,
  type FromEngine,
  type Queries,
  type QueryName,
  type ToEngine,
} from '#contracts/engine/protocol.ts';
import type { DeskHost } from '#contracts/host/desk-host.ts';
import type { Port } from '#contracts/platform.ts';
import { err, ok, type Result } from '#domain/result.ts';

/** A running watch. `rewatch` changes its arguments without a gap; `stop` ends it. */
export interface Watch<N extends QueryName> {
  rewatch(args: Queries[N]['args']): void;
  stop(): void;
}

export interface WatchListener<N extends QueryName> {
  value(value: Queries[N]['value'], lsn: number): void;
  error?(error: EngineError): void;
}

/** The engine as a window sees it. */
export interface EngineClient {
  call<N extends CallName>(name: N, args: Calls[N]['args']): Promise<Result<Calls[N]['value'], EngineError>>;
  watch<N extends QueryName>(name: N, args: Queries[N]['args'], listener: WatchListener<N>): Watch<N>;
  /** Calls unanswered for longer than a person notices: shown as waiting, never as an error. */
  readonly waiting: { get(): boolean; subscribe(listener: () => void): () => void };
}

interface PendingCall {
  readonly name: CallName;
  readonly args: unknown;
  readonly askedAt: number;
  readonly settle: (answer: Result<unknown, EngineError>) => void;
}
interface RunningWatch {
  readonly name: QueryName;
  args: unknown;
  readonly listener: { value(value: unknown, lsn: number): void; error?(error: EngineError): void };
}

const PATIENCE = 3_000;
const RECONNECT_AFTER = [0, 100, 300, 1_000, 3_000];

/**
 * Talks to the engine over the host's port. When the engine is lost, everything unanswered is asked again under the
 * same ids (a command that was already kept answers the same once more), and every watch is taken up anew.
 */
export function createEngineClient(host: Pick<DeskHost, 'connectEngine' | 'onEngineLost'>): EngineClient {
  const calls = new Map<number, PendingCall>();
  const watches = new Map<number, RunningWatch>();
  const waitingListeners = new Set<() => void>();
  let port: Port | undefined;
  let lastId = 0;
  let generation = 0;
  let isWaiting = false;

  const send = (message: ToEngine) => port?.postMessage(message);

  const review = () => {
    const now = Date.now();
    const late = [...calls.values()].some((call) => now - call.askedAt >= PATIENCE);
    if (late === isWaiting) return;
    isWaiting = late;
    for (const listener of waitingListeners) listener();
  };

  const receive = (message: FromEngine) => {
    if (message.type === 'answer') {
      const call = calls.get(message.id);
      calls.delete(message.id);
      call?.settle(message.ok ? ok(message.value) : err(message.error));
      review();
    } else if (message.type === 'value') {
      watches.get(message.id)?.listener.value(message.value, message.lsn);
    } else if (message.type === 'watchError') {
      watches.get(message.id)?.listener.error?.(message.error);
    }
  };

  const takeUp = (fresh: Port) => {
    port = fresh;
    fresh.addEventListener('message', (event) => receive(event.data as FromEngine));
    fresh.start();
    send({ type: 'hello', protocol: ENGINE_PROTOCOL });
    for (const [id, { name, args }] of calls) send({ type: 'call', id, name, args });
    for (const [id, { name, args }] of watches) send({ type: 'watch', id, name, args });
  };

  const connect = async () => {
    generation += 1;
    const mine = generation;
    port?.close();
    port = undefined;
    for (let attempt = 0; mine === generation; attempt += 1) {
      const delay = RECONNECT_AFTER[Math.min(attempt, RECONNECT_AFTER.length - 1)] ?? 0;
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      try {
        const fresh = await host.connectEngine();
        if (mine === generation) takeUp(fresh);
        else fresh.close();
        return;
      } catch {
        // The engine is still starting; the person sees "waiting" and we ask again.
      }
    }
  };

  host.onEngineLost(() => void connect());
  globalThis.addEventListener?.('pagehide', () => send({ type: 'bye' }));
  void connect();

  return {
    call: (name, args) =>
      new Promise((resolve) => {
        lastId += 1;
        const id = lastId;
        calls.set(id, { name, args, askedAt: Date.now(), settle: resolve as PendingCall['settle'] });
        send({ type: 'call', id, name, args });
        setTimeout(review, PATIENCE + 20);
      }),
    watch: (name, args, listener) => {
      lastId += 1;
      const id = lastId;
      const running: RunningWatch = { name, args, listener: listener as RunningWatch['listener'] };
      watches.set(id, running);
      send({ type: 'watch', id, name, args });
      return {
        rewatch: (changed) => {
          running.args = changed;
          send({ type: 'rewatch', id, args: changed });
        },
        stop: () => {
          watches.delete(id);
          send({ type: 'unwatch', id });
        },
      };
    },
    waiting: {
      get: () => isWaiting,
      subscribe: (listener) => {
        waitingListeners.add(listener);
        return () => waitingListeners.delete(listener);
      },
    },
  };
}
