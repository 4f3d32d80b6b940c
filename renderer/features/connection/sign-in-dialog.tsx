import { useConnection } from '#renderer/platform/hooks.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { SignInFields } from './sign-in-fields.tsx';
import { useSignIn } from './use-sign-in.ts';

export interface SignInDialogProps {
  /** Filled in; empty: somebody else's is asked for. */
  readonly email: string;
  readonly onClose: () => void;
}

/** "Sign in" at a desk that knows its server: whoever signs in is at the desk afterwards. */
export function SignInDialog({ email, onClose }: SignInDialogProps) {
  const say = useWords('connection');
  const common = useWords('common');
  const connection = useConnection();
  const signIn = useSignIn({ email, onSignedIn: onClose });
  const waiting = connection?.waiting ?? 0;
  return (
    <SmallDialog
      opened
      title={say('signIn.title')}
      {...(connection?.offers?.password === false ? { leave: common('cancel') } : { confirm: say('signIn.confirm') })}
      busy={signIn.busy === 'password'}
      refusal={signIn.missing ?? signIn.failed}
      consequence={waiting > 0 ? say('signIn.waiting', { count: waiting }) : say('signIn.note')}
      onDismiss={onClose}
      onConfirm={signIn.byPassword}
    >
      <SignInFields signIn={signIn} />
    </SmallDialog>
  );
}
