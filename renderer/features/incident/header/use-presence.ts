import { useCallback, useEffect, useRef, useState } from 'react';
import { PRESENCE } from '#contracts/sync/presence.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useEngine } from '#renderer/platform/hooks.ts';

/** Says that the person looks at this incident as long as it is shown. Answers what to call for each key of a reply. */
export function useSayPresence(incidentId: Id, personId: Id): () => void {
  const engine = useEngine();
  const [typing, setTyping] = useState(false);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const look = () => void engine.call('look', { personId, incidentId, here: true, typing });
    look();
    const timer = setInterval(look, PRESENCE.again);
    return () => clearInterval(timer);
  }, [engine, personId, incidentId, typing]);
  useEffect(
    () => () => {
      clearTimeout(pause.current);
      void engine.call('look', { personId, incidentId, here: false, typing: false });
    },
    [engine, personId, incidentId],
  );
  return useCallback(() => {
    clearTimeout(pause.current);
    setTyping(true);
    pause.current = setTimeout(() => setTyping(false), PRESENCE.writes);
  }, []);
}
