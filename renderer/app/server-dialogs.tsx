import { memo, Suspense } from 'react';
import { useReturnFocus } from '#renderer/ui/use-return-focus.ts';
import { closeDialog, closeScope, openScope, useDialogs } from './dialogs.ts';
import { ConnectDialog, ScopeDialog, SignInDialog } from './lazy-screens.tsx';

const scopeOfConnect = () => openScope('connect');

/** The dialogs of the way to a server: apart from the desk's others, because a first run has them too. */
export const ServerDialogs = memo(function ServerDialogs() {
  const { open, email, back } = useDialogs();
  useReturnFocus(open === 'connect' || open === 'signIn' || open === 'scope');
  return (
    <Suspense fallback={null}>
      {open === 'connect' && <ConnectDialog onClose={closeDialog} onScope={scopeOfConnect} />}
      {open === 'signIn' && <SignInDialog email={email} onClose={closeDialog} />}
      {open === 'scope' && <ScopeDialog beginsWithPart={back === 'connect'} onClose={closeScope} />}
    </Suspense>
  );
});
