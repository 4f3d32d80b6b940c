import type { CallName, Calls, EngineError, Queries, QueryName } from '#contracts/engine/protocol.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { CALL_ARGUMENTS } from './call-arguments.ts';
import { CALLS, type CallTargets } from './call-table.ts';
import type { Answerable, PortServices } from './ports.ts';
import { QUERY_ARGUMENTS } from './query-arguments.ts';
import { ANSWERS, type QuerySources } from './query-table.ts';

const isQuery = (name: string): name is QueryName => Object.hasOwn(ANSWERS, name);
const isCall = (name: string): name is CallName => Object.hasOwn(CALLS, name);

/** Finds the query or the call, reads its arguments strictly, and runs it. */
export function portServices(
  sources: QuerySources,
  targets: CallTargets,
  rest: Pick<PortServices, 'touches' | 'lsn' | 'bug'> & Readiness,
): PortServices {
  return {
    ...rest,
    call: async (name, args) => (isCall(name) ? runCall(name, args, targets, rest) : err({ code: 'unknownCall' })),
    watch: (name, args) =>
      isQuery(name) ? readQuery(name, args, sources, rest.settled) : err({ code: 'unknownCall' }),
  };
}

interface Readiness {
  /** The desk is read, or it is known why it can't be. */
  settled(): Promise<void>;
  isReady(): boolean;
}

/**
 * Calls that look at who and what is on the desk. Asked before it is read they wait: an early answer would say that
 * there is no such person, or make them a second time. Drafts and tests of the machine never wait; a submit and the
 * sample data wait by themselves.
 */
const NEED_DESK: readonly CallName[] = [
  'introduce',
  'switchPerson',
  'acknowledgeAlert',
  'snoozeAlert',
  'startImport',
  'stopImport',
  'findServer',
  'signIn',
  'signInByBrowser',
  'signOut',
  'previewJoin',
  'join',
  'leave',
  'syncNow',
  'exportOutbox',
  'decideConflicts',
  'undoDecision',
  'sizeOfScope',
  'keepScope',
  'bringHere',
  'prepareForRoad',
];

async function runCall<N extends CallName>(
  name: N,
  given: unknown,
  targets: CallTargets,
  { settled, isReady }: Readiness,
): Promise<Result<unknown, EngineError>> {
  const args = CALL_ARGUMENTS[name].safeParse(given);
  if (!args.success) return err({ code: 'argumentsInvalid', details: { call: name } });
  if (NEED_DESK.includes(name)) {
    await settled();
    if (!isReady()) return err({ code: 'notReady' });
  }
  return CALLS[name](args.data as Calls[N]['args'], targets);
}

/** Answered from the first moment on. Everything else waits until the desk is read: an early list would say "none". */
const AT_ONCE: readonly QueryName[] = ['status'];

function readQuery<N extends QueryName>(
  name: N,
  given: unknown,
  sources: QuerySources,
  settled: () => Promise<void>,
): Result<Answerable, EngineError> {
  const args = QUERY_ARGUMENTS[name].safeParse(given);
  if (!args.success) return err({ code: 'argumentsInvalid', details: { query: name } });
  const answer = async () => {
    if (!AT_ONCE.includes(name)) await settled();
    return ANSWERS[name](args.data as Queries[N]['args'], sources);
  };
  return ok({ answer });
}
