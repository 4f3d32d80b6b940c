import { isNarrow, type Scope } from '#contracts/sync/scope.ts';
import { useConnection } from '#renderer/platform/hooks.ts';

/** What this device keeps of the server's incidents; null while that is everything, or there is no server. */
export function usePart(): Scope | null {
  const connection = useConnection();
  const scope = connection?.mode === 'joined' ? connection.scope : undefined;
  return scope && isNarrow(scope) ? scope : null;
}

/** Whether incidents may be missing here that the server has for this person. */
export const useKeepsPart = (): boolean => usePart() !== null;
