import { useEffect, useRef, useState } from 'react';
import type { SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Result } from '#domain/result.ts';
import { useEngine } from '#renderer/platform/hooks.ts';

type Field = 'email' | 'password';

/** Signing in, in whichever dialog. */
export interface SignIn {
  readonly email: string;
  readonly password: string;
  /** Which way is being tried. */
  readonly busy: 'password' | 'browser' | null;
  /** The first field that is empty, a new object for every attempt. */
  readonly missing: { readonly field: Field } | null;
  /** What went wrong, and on which way. */
  readonly failed: { readonly how: 'password' | 'browser'; readonly error: EngineError } | null;
  type(field: Field, text: string): void;
  byPassword(): void;
  byBrowser(): void;
  /** Gives up what waits for the browser. */
  cancel(): void;
}

interface SignInOptions {
  /** What the field begins with. */
  readonly email: string;
  onEmail?(email: string): void;
  onSignedIn(person: SeatedPerson): void;
}

/** The password is kept no longer than the dialog stands open. */
export function useSignIn({ email: initial, onEmail, onSignedIn }: SignInOptions): SignIn {
  const engine = useEngine();
  const [email, setEmail] = useState(initial);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState<SignIn['busy']>(null);
  const [missing, setMissing] = useState<SignIn['missing']>(null);
  const [failed, setFailed] = useState<SignIn['failed']>(null);
  // Whoever leaves the dialog does not wait for the browser any more.
  const waits = useRef(false);
  waits.current = busy === 'browser';
  useEffect(
    () => () => {
      if (waits.current) void engine.call('cancelSignIn', {});
    },
    [engine],
  );
  const attempt = async (how: 'password' | 'browser', asked: Promise<Result<SeatedPerson, EngineError>>) => {
    setBusy(how);
    setFailed(null);
    setMissing(null);
    const answer = await asked;
    setBusy((now) => (now === how ? null : now));
    if (!answer.ok) return setFailed({ how, error: answer.error });
    setPassword('');
    onSignedIn(answer.value);
  };
  return {
    email,
    password,
    busy,
    missing,
    failed,
    type: (field, text) => {
      if (field === 'password') return setPassword(text);
      setEmail(text);
      onEmail?.(text);
    },
    byPassword: () => {
      const empty = email.trim() === '' ? 'email' : password === '' ? 'password' : null;
      if (empty !== null) return setMissing({ field: empty });
      void attempt('password', engine.call('signIn', { email: email.trim(), password }));
    },
    cancel: () => void engine.call('cancelSignIn', {}),
    byBrowser: () => void attempt('browser', engine.call('signInByBrowser', {})),
  };
}
