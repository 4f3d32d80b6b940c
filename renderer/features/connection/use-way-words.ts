import { useCallback } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { NetworkCode } from '#contracts/host/network.ts';
import { useConnection } from '#renderer/platform/hooks.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useWords } from '#renderer/words/words.ts';
import { isSharing } from './is-sharing.ts';

/** Of these a joined desk is told that what it recorded goes by itself later; one that is not joined sends nothing. */
const AWAY: readonly NetworkCode[] = ['offline', 'timedOut', 'busy', 'serverFailed'];

/** What went wrong on the way to a server, in one sentence that holds for a desk which has not joined it, too. */
export function useWayWords(): (error: EngineError) => string {
  const say = useWords('connection');
  const errors = useErrorWords();
  const alone = !isSharing(useConnection());
  return useCallback(
    (error) => {
      const { network } = error;
      return alone && network && AWAY.includes(network) ? say('connect.away') : errors.engine(error);
    },
    [say, errors, alone],
  );
}
