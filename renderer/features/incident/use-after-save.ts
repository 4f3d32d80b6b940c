import { useCallback } from 'react';
import { useSettings } from '#renderer/platform/settings-store.ts';
import { performIfOffered } from '#renderer/ui/keys/action-store.ts';
import { navigate, useNavigation } from '#renderer/ui/navigation.ts';

/** What follows a command that ends one's work here, as the person set it: the next of the queue, stay, or back. */
export function useAfterSave(): () => void {
  const afterSave = useSettings((settings) => settings.afterSave);
  const queue = useNavigation((navigation) => navigation.queueRoute);
  return useCallback(() => {
    if (afterSave === 'next' && !performIfOffered('next')) navigate(queue);
    if (afterSave === 'close') navigate(queue);
  }, [afterSave, queue]);
}
