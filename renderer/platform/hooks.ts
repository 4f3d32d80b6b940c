import { createContext, useCallback, useContext, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Connection } from '#contracts/engine/agreement.ts';
import type { EngineError, EngineStatus, Queries, QueryName, Session, SubmitArgs } from '#contracts/engine/protocol.ts';
import type { DeskHost } from '#contracts/host/desk-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import type { Result } from '#domain/result.ts';
import type { EngineClient } from './engine-client.ts';
import { newId } from './ids.ts';
import { noteOwnChange } from './own-changes.ts';
import { type SharedWatches, sharedWatches } from './shared-watches.ts';

interface Desk {
  readonly host: DeskHost;
  readonly engine: EngineClient;
  readonly watches: SharedWatches;
}

/** Host and engine of this window; given once by the entry, or by a test with its fakes. */
export const DeskContext = createContext<Desk | null>(null);

export const deskOf = (host: DeskHost, engine: EngineClient): Desk => ({
  host,
  engine,
  watches: sharedWatches(engine),
});

function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('a screen needs a DeskContext around it');
  return desk;
}

export const useHost = (): DeskHost => useDesk().host;
export const useEngine = (): EngineClient => useDesk().engine;

const nothing = () => undefined;
const unsubscribed = () => nothing;

/**
 * The newest value of a query, shared by all who ask the same; undefined while loading. `args` null asks nothing.
 * Arguments are compared by value, so an object made anew on every render is no new question.
 */
export function useWatch<N extends QueryName>(
  name: N,
  args: Queries[N]['args'] | null,
): Queries[N]['value'] | undefined {
  const { watches } = useDesk();
  const key = args === null ? null : JSON.stringify(args);
  const source = useMemo(
    () => (key === null ? null : watches.open(name, JSON.parse(key) as Queries[N]['args'])),
    [watches, name, key],
  );
  return useSyncExternalStore(source ? source.subscribe : unsubscribed, source ? source.get : nothing);
}

/** Like `useWatch`, but keeps the former value while new arguments are on their way (typing into a search). */
export function useSteadyWatch<N extends QueryName>(
  name: N,
  args: Queries[N]['args'] | null,
): { value: Queries[N]['value'] | undefined; pending: boolean } {
  const fresh = useWatch(name, args);
  const last = useRef<Queries[N]['value'] | undefined>(undefined);
  if (fresh !== undefined) last.current = fresh;
  if (args === null) last.current = undefined;
  return { value: fresh ?? last.current, pending: args !== null && fresh === undefined };
}

/** The engine's state without how far its log is, which moves with every command. */
export type DeskCondition = Omit<EngineStatus, 'lastLsn' | 'appliedLsn' | 'savedAt'>;

/** The engine's state for whoever draws much by it: the same value until something in it is worth drawing. */
export function useDeskCondition(): DeskCondition | undefined {
  const { watches } = useDesk();
  const { subscribe, get } = useMemo(() => {
    const source = watches.open('status', {});
    let known: { readonly text: string; readonly condition: DeskCondition | undefined } | null = null;
    const condition = () => {
      const told = source.get();
      const rest = told && (({ lastLsn, appliedLsn, savedAt, ...all }): DeskCondition => all)(told);
      const text = JSON.stringify(rest ?? null);
      if (known?.text !== text) known = { text, condition: rest };
      return known.condition;
    };
    return { subscribe: source.subscribe, get: condition };
  }, [watches]);
  return useSyncExternalStore(subscribe, get);
}

/** Whether other desks take part and a server decides; false while not known yet. */
export const useIsShared = (): boolean => useDeskCondition()?.mode === 'shared';

/** Where this desk stands with a server; undefined while not known yet. */
export const useConnection = (): Connection | undefined => useWatch('connection', {});

/** Who is at the desk; undefined while not known yet. */
export const useSession = (): Session | undefined => useWatch('session', {});

/** The present person's id, or null. */
export const usePersonId = (): Id | null => useSession()?.personId ?? null;

export interface SubmitOptions {
  /** For a command whose outcome is needed later (undo); absent: a fresh one. */
  readonly commandId?: Id;
  readonly occurredAt?: Instant;
  readonly lateReason?: string;
  readonly draftId?: Id;
}
export type SubmitOutcome = Result<{ lsn: number; number: string | null; commandId: Id }, EngineError>;
export type Submit = <N extends CommandName>(
  name: N,
  args: CommandArgs[N],
  options?: SubmitOptions,
) => Promise<SubmitOutcome>;

/** Who sits here, once the engine knows: a command given before that waits for it. */
function presentPerson(engine: EngineClient): Promise<Id | null> {
  return new Promise((resolve) => {
    const watch = engine.watch(
      'session',
      {},
      {
        value: (session) => {
          resolve(session.personId);
          queueMicrotask(() => watch.stop());
        },
      },
    );
  });
}

/** Submits a command in the name of the present person. The promise resolves once the journal has it: "saved". */
export function useSubmit(): Submit {
  const engine = useEngine();
  const personId = usePersonId();
  return useCallback(
    async (name, args, options = {}) => {
      const person = personId ?? (await presentPerson(engine));
      if (person === null) return { ok: false, error: { code: 'notReady' } };
      const commandId = options.commandId ?? newId();
      const command = { ...options, commandId, name, args, personId: person } as SubmitArgs;
      const outcome = await engine.call('submit', command);
      if (outcome.ok) noteOwnChange(outcome.value.lsn);
      return outcome.ok ? { ok: true, value: { ...outcome.value, commandId } } : outcome;
    },
    [engine, personId],
  );
}
