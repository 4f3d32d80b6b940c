import { useMemo } from 'react';
import type { SaidRefusal } from '#contracts/sync/state.ts';
import type { WordKey } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';
import { detailWords } from './error-words.ts';

/** Says in one sentence why the server refused something that was recorded before, or may refuse it. */
export function useRefusedWords(): (refusal: SaidRefusal) => string {
  const say = useWords('conflicts');
  const common = useWords('common');
  return useMemo(
    () =>
      ({ code, details }) => {
        const key = `refusal.${code}` as WordKey<'conflicts'>;
        const sentence = say(key, { state: 'none', name: '', ...detailWords(common, details) });
        // A newer server may refuse by a code that this build has no sentence for.
        return sentence === key ? say('refusal.unknown') : sentence;
      },
    [say, common],
  );
}
