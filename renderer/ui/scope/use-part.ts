import { isNarrow, type Scope } from '#contracts/sync/scope.ts';
import { useConnection, useSession } from '#renderer/platform/hooks.ts';

/** What this device keeps of the server's incidents; null while that is everything, or there is no server. */
export function usePart(): Scope | null {
  const connection = useConnection();
  const scope = connection?.mode === 'joined' ? connection.scope : undefined;
  return scope && isNarrow(scope) ? scope : null;
}

/**
 * Whether incidents may be missing here that the server has for whoever sits here. Of somebody who only sees their own
 * none are: a device keeps them all, whatever it keeps of the others' (SPEC 8.7).
 */
export function useKeepsPart(): boolean {
  const part = usePart();
  const role = useSession()?.person?.role;
  return part !== null && role !== 'requester';
}
