import { useCallback, useEffect, useRef, useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { formatNumber, numberKeysTyped, parseNumber } from '#domain/incident/numbering.ts';
import { useEngine, usePersonId } from '#renderer/platform/hooks.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';

/** A longer word is no number of any system. */
const LONGEST = 64;

/**
 * The number that a server can be asked for by what was typed, null where it is none: one of ours, in its full form,
 * or one word with a digit, which may be another system's.
 */
export function numberToAsk(text: string): string | null {
  const own = parseNumber(text);
  if (own !== null) return formatNumber(own);
  const word = text.trim();
  return word.length <= LONGEST && /^\S*\d\S*$/.test(word) ? word : null;
}

/** An incident may be named by its id, which nobody reads out. */
export const isId = (text: string): boolean => /^[\da-f]{8}-[\da-f-]{27}$/i.test(text);

/** How far asking is. `unknown`: the server knows no such number, or it is not for this person. */
export type Asking =
  | { readonly kind: 'no' }
  | { readonly kind: 'asking' | 'unknown'; readonly number: string }
  | { readonly kind: 'failed'; readonly text: string };

const NOT_ASKING: Asking = { kind: 'no' };

export interface BringHere {
  readonly asking: Asking;
  /** Null while nobody sits here who could ask. */
  readonly ask: ((number: string) => void) | null;
  /** What was asked is wanted no more: its answer opens nothing. */
  forget(): void;
}

/**
 * Asks the server for an incident that is not on this device, and tells when it is: by its number if it is one of ours,
 * as a hit of the search is opened.
 */
export function useBringHere(onHere: (idOrNumber: string) => void): BringHere {
  const engine = useEngine();
  const personId = usePersonId();
  const errors = useErrorWords();
  const [asking, setAsking] = useState(NOT_ASKING);
  const turn = useRef(0);
  const forget = useCallback(() => {
    turn.current += 1;
    setAsking(NOT_ASKING);
  }, []);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  const ask = async (number: string, person: Id) => {
    turn.current += 1;
    const mine = turn.current;
    setAsking({ kind: 'asking', number });
    for (const key of isId(number) ? [number] : numberKeysTyped(number)) {
      const answer = await engine.call('bringHere', { personId: person, number: key });
      if (turn.current !== mine) return;
      if (!answer.ok) return setAsking({ kind: 'failed', text: errors.engine(answer.error) });
      const { incidentId } = answer.value;
      if (incidentId === null) continue;
      setAsking(NOT_ASKING);
      return onHere(parseNumber(key) === null ? incidentId : key);
    }
    setAsking({ kind: 'unknown', number });
  };
  return { asking, ask: personId === null ? null : (number) => void ask(number, personId), forget };
}
