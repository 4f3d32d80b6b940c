import { memo, Suspense } from 'react';
import { useReturnFocus } from '#renderer/ui/use-return-focus.ts';
import { closeDialog, useDialogs } from './dialogs.ts';
import { ConnectDialog, SignInDialog } from './lazy-screens.tsx';

/** The dialogs of the way to a server: apart from the desk's others, because a first run has them too. */
export const ServerDialogs = memo(function ServerDialogs() {
  const { open, email } = useDialogs();
  useReturnFocus(open === 'connect' || open === 'signIn');
  return (
    <Suspense fallback={null}>
      {open === 'connect' && <ConnectDialog onClose={closeDialog} />}
      {open === 'signIn' && <SignInDialog email={email} onClose={closeDialog} />}
    </Suspense>
  );
});
