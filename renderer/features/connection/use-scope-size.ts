import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Scope } from '#contracts/sync/scope.ts';
import { useEngine, usePersonId } from '#renderer/platform/hooks.ts';

/** How long a choice has to rest before the server is asked about it, in milliseconds. */
const REST = 400;

export type ScopeSize =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly incidents: number; readonly bytes: number }
  | { readonly kind: 'unknown'; readonly error: EngineError };

const ASKING: ScopeSize = { kind: 'asking' };

/** What a scope comes to as the server counts it, null for everything; an answer about an earlier one is dropped. */
export function useScopeSize(scope: Scope | null): ScopeSize {
  const engine = useEngine();
  const personId = usePersonId();
  const question = JSON.stringify(scope);
  const [asked] = useDebouncedValue(question, REST);
  const [told, setTold] = useState<{ readonly question: string; readonly size: ScopeSize } | null>(null);
  useEffect(() => {
    if (personId === null) return;
    let over = false;
    const ask = async () => {
      const answer = await engine.call('sizeOfScope', { personId, scope: JSON.parse(asked) as Scope | null });
      if (over) return;
      const size: ScopeSize = answer.ok ? { kind: 'known', ...answer.value } : { kind: 'unknown', error: answer.error };
      setTold({ question: asked, size });
    };
    void ask();
    return () => {
      over = true;
    };
  }, [engine, personId, asked]);
  return told?.question === question ? told.size : ASKING;
}
