import { useMemo, useSyncExternalStore } from 'react';
import { type DeskCondition, useConnection, useEngine, usePersonId, useWatch } from '#renderer/platform/hooks.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { type SyncTruth, syncTruth } from './sync-words.ts';

/** How many refused commands wait for whoever looks at the screen; asked only where there are any. */
export function useNeedsMe(): number {
  const personId = usePersonId();
  const parked = useConnection()?.parked ?? 0;
  const mine = useWatch('conflicts', parked > 0 && personId !== null ? { personId } : null);
  return mine?.items.length ?? 0;
}

/** The truth of the status line, in words. */
export function useSyncTruth(status: DeskCondition | undefined): SyncTruth {
  const app = useWords('app');
  const say = useWords('connection');
  const { clockOrDate } = useTime();
  const engine = useEngine();
  const personId = usePersonId();
  const connection = useConnection();
  const needsMe = useNeedsMe();
  const waiting = useSyncExternalStore(engine.waiting.subscribe, engine.waiting.get);
  return useMemo(() => {
    const sayers = { app, say, when: clockOrDate };
    return syncTruth(sayers, { status, waiting, connection, personId, needsMe });
  }, [app, say, clockOrDate, status, waiting, connection, personId, needsMe]);
}
