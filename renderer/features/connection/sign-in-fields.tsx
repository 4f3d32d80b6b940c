import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useConnection } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './connection.module.css';
import type { SignIn } from './use-sign-in.ts';
import { useWayWords } from './use-way-words.ts';

/** E-mail and password, and the organisation's own way where the server has one. */
export function SignInFields({ signIn }: { readonly signIn: SignIn }) {
  const say = useWords('connection');
  const wayWords = useWayWords();
  const { browser = null, password: byPassword = true } = useConnection()?.offers ?? {};
  const { email, password, missing, busy, failed } = signIn;
  const first = useRef<HTMLInputElement>(null);
  const beginsWithPassword = useRef(email !== '').current;
  useEffect(() => first.current?.focus(), []);
  const isWrong = failed?.error.network === 'credentialsWrong';
  const flawOf = (field: 'email' | 'password') => missing?.field === field && say(`signIn.${field}Missing`);
  return (
    <>
      {browser !== null && (
        <>
          <Button
            onClick={signIn.byBrowser}
            aria-busy={busy === 'browser' || undefined}
            aria-describedby="sign-in-browser"
          >
            {say('signIn.byBrowser')}
          </Button>
          <p id="sign-in-browser" role="status" className={classes.hint}>
            {say(busy === 'browser' ? 'signIn.browserWaits' : 'signIn.byBrowserDetail', { name: browser })}
          </p>
          {busy === 'browser' && <Button onClick={signIn.cancel}>{say('signIn.cancel')}</Button>}
          {failed?.how === 'browser' && <ErrorNote text={wayWords(failed.error)} />}
          {byPassword && <p className={classes.or}>{say('signIn.or')}</p>}
        </>
      )}
      {byPassword && (
        <>
          <TextInput
            ref={beginsWithPassword ? null : first}
            data-autofocus={beginsWithPassword ? undefined : true}
            label={say('signIn.email')}
            type="email"
            inputMode="email"
            autoComplete="username"
            spellCheck={false}
            value={email}
            error={flawOf('email')}
            onChange={(event) => signIn.type('email', event.currentTarget.value)}
          />
          <TextInput
            ref={beginsWithPassword ? first : null}
            data-autofocus={beginsWithPassword ? true : undefined}
            label={say('signIn.password')}
            type="password"
            autoComplete="current-password"
            value={password}
            error={flawOf('password') || isWrong}
            onChange={(event) => signIn.type('password', event.currentTarget.value)}
          />
          {failed?.how === 'password' && <ErrorNote text={wayWords(failed.error)} />}
        </>
      )}
    </>
  );
}
