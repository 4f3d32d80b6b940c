import type { CallName, Calls, EngineError, Queries, QueryName, SubmitArgs } from '#contracts/engine/protocol.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { EngineClient, WatchListener } from './engine-client.ts';

type Answers = { [N in CallName]?: (args: Calls[N]['args']) => Result<Calls[N]['value'], EngineError> };
type Values = {
  [N in QueryName]?: Queries[N]['value'] | ((args: Queries[N]['args']) => Queries[N]['value'] | undefined);
};

/** An engine for tests of screens: values are set by hand, calls are remembered and answered as told. */
export interface FakeEngine extends EngineClient {
  /** Every call so far, in order. */
  readonly calls: { readonly name: CallName; readonly args: unknown }[];
  /** The commands among them. */
  submitted(): SubmitArgs[];
  /** Sets what a query answers, for every watch now and later. */
  set<N extends QueryName>(name: N, value: NonNullable<Values[N]>): void;
  /** Sets how a call is answered. Without one, a submit is kept and everything else is answered with null. */
  answer<N extends CallName>(name: N, how: NonNullable<Answers[N]>): void;
}

interface Looker {
  readonly name: QueryName;
  args: unknown;
  readonly listener: { value(value: unknown, lsn: number): void };
}

export function createFakeEngine(initial: Values = {}): FakeEngine {
  const values = new Map<QueryName, unknown>(Object.entries(initial) as [QueryName, unknown][]);
  const answers = new Map<CallName, (args: never) => Result<unknown, EngineError>>();
  const lookers = new Set<Looker>();
  const calls: FakeEngine['calls'] = [];
  let lsn = 0;

  const tell = (looker: Looker) => {
    const kept = values.get(looker.name);
    const value = typeof kept === 'function' ? (kept as (args: unknown) => unknown)(looker.args) : kept;
    if (value !== undefined) looker.listener.value(value, lsn);
  };
  const fallback = (name: CallName): Result<unknown, EngineError> => {
    if (name === 'submit') {
      lsn += 1;
      return ok({ lsn, number: null });
    }
    return name === 'introduce' ? ok({ personId: 'p-1' }) : ok(null);
  };

  return {
    calls,
    submitted: () => calls.filter((call) => call.name === 'submit').map((call) => call.args as SubmitArgs),
    set: (name, value) => {
      values.set(name, value);
      lsn += 1;
      for (const looker of [...lookers]) if (looker.name === name) tell(looker);
    },
    answer: (name, how) => void answers.set(name, how as never),
    call: async (name, args) => {
      calls.push({ name, args });
      const how = answers.get(name);
      return (how ? how(args as never) : fallback(name)) as Awaited<ReturnType<EngineClient['call']>> as never;
    },
    watch: <N extends QueryName>(name: N, args: Queries[N]['args'], listener: WatchListener<N>) => {
      const looker: Looker = { name, args, listener: listener as Looker['listener'] };
      lookers.add(looker);
      queueMicrotask(() => lookers.has(looker) && tell(looker));
      return {
        rewatch: (changed) => {
          looker.args = changed;
          queueMicrotask(() => lookers.has(looker) && tell(looker));
        },
        stop: () => void lookers.delete(looker),
      };
    },
    waiting: { get: () => false, subscribe: () => () => undefined },
  };
}

/** A refusal as the engine answers it. */
export const refusedWith = (refusal: NonNullable<EngineError['refusal']>): Result<never, EngineError> =>
  err({ code: 'refused', refusal });
