import type { Queries, QueryName } from '#contracts/engine/protocol.ts';
import type { EngineClient, Watch } from './engine-client.ts';

/** One question to the engine that any number of components look at. */
export interface WatchSource<N extends QueryName> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly get: () => Queries[N]['value'] | undefined;
}

export interface SharedWatches {
  open<N extends QueryName>(name: N, args: Queries[N]['args']): WatchSource<N>;
}

/** A watch nobody looks at any more is kept for this long, so that going back and forth shows no gap. */
const LINGERS = 2_000;

/** The engine answers anew whenever it might have something else to say; mostly it has not, and nothing need be drawn. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function makeSource<N extends QueryName>(
  engine: EngineClient,
  name: N,
  args: Queries[N]['args'],
  ended: () => void,
): WatchSource<N> {
  const listeners = new Set<() => void>();
  let value: Queries[N]['value'] | undefined;
  let running: Watch<N> | undefined;
  let ending: ReturnType<typeof setTimeout> | undefined;
  const begin = () =>
    engine.watch(name, args, {
      value: (fresh) => {
        if (isSame(value, fresh)) return;
        value = fresh;
        for (const each of listeners) each();
      },
    });
  const end = () => {
    running?.stop();
    running = undefined;
    value = undefined;
    ended();
  };
  return {
    get: () => value,
    subscribe: (listener) => {
      clearTimeout(ending);
      listeners.add(listener);
      running ??= begin();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) ending = setTimeout(end, LINGERS);
      };
    },
  };
}

/** Shares equal watches between components and ends them some time after the last one left. */
export function sharedWatches(engine: EngineClient): SharedWatches {
  const sources = new Map<string, WatchSource<QueryName>>();
  return {
    open: <N extends QueryName>(name: N, args: Queries[N]['args']): WatchSource<N> => {
      const key = `${name} ${JSON.stringify(args)}`;
      const known = sources.get(key);
      if (known) return known as WatchSource<N>;
      const fresh = makeSource(engine, name, args, () => {
        if (sources.get(key) === (fresh as unknown)) sources.delete(key);
      });
      sources.set(key, fresh as WatchSource<QueryName>);
      return fresh;
    },
  };
}
