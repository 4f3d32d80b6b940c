import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Connection, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Result } from '#domain/result.ts';
import { useConnection, useDeskCondition, useEngine } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { KeptScope } from '#renderer/ui/scope/kept-scope.tsx';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './connection.module.css';
import { isSharing } from './is-sharing.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { useSyncTruth } from './use-sync-truth.ts';

export interface ServerSectionProps {
  readonly onConnect: () => void;
  /** Empty: somebody who is not named yet. */
  readonly onSignIn: (email: string) => void;
  readonly onScope: () => void;
}

/** Asks the engine for something and keeps what went wrong. */
function useAsking() {
  const [error, setError] = useState<EngineError | null>(null);
  const ask = async (asked: Promise<Result<unknown, EngineError>>) => {
    setError(null);
    const answer = await asked;
    if (!answer.ok) setError(answer.error);
  };
  return { error, ask };
}

function Person({
  person,
  onSignIn,
  onSignOut,
}: {
  person: SeatedPerson;
  onSignIn: () => void;
  onSignOut: () => void;
}) {
  const say = useWords('connection');
  const common = useWords('common');
  const id = `seated-${person.personId}`;
  return (
    <li className={classes.person}>
      <div id={id} className={classes.who}>
        <span className={classes.name} dir="auto">
          {person.name}
        </span>
        <span className={classes.detail}>
          {say('server.person', { email: person.email, role: common(`role.${person.role}`) })}
        </span>
        {!person.open && <span className={classes.detail}>{say('server.personOver')}</span>}
      </div>
      <div className={classes.deeds}>
        {!person.open && (
          <Button aria-describedby={id} onClick={onSignIn}>
            {say('server.signInAgain')}
          </Button>
        )}
        {person.open && (
          <Button aria-describedby={id} onClick={onSignOut}>
            {say('server.signOut')}
          </Button>
        )}
      </div>
    </li>
  );
}

function WithoutServer({ connection, onConnect }: { connection: Connection; onConnect: () => void }) {
  const say = useWords('connection');
  const engine = useEngine();
  const errors = useErrorWords();
  const { error, ask } = useAsking();
  const { mode, address } = connection;
  if (mode === 'notSupported') return <p className={classes.text}>{say('server.notSupported')}</p>;
  return (
    <>
      <p className={classes.text}>
        {say(mode === 'found' ? 'server.found' : 'server.alone', { address: address ?? '' })}
      </p>
      {error && <ErrorNote text={errors.engine(error)} />}
      <div className={classes.line}>
        <Button aria-describedby="server-connect" onClick={onConnect}>
          {say('connect.title')}
        </Button>
        {mode === 'found' && <Button onClick={() => void ask(engine.call('leave', {}))}>{say('server.forget')}</Button>}
        <span id="server-connect">{say('server.connectDetail')}</span>
      </div>
    </>
  );
}

function Facts({ connection }: { connection: Connection }) {
  const say = useWords('connection');
  const { clockOrDate } = useTime();
  const truth = useSyncTruth(useDeskCondition());
  const { nextTryAt, address } = connection;
  return (
    <dl className={classes.facts}>
      <dt>{say('server.address')}</dt>
      <dd>{address}</dd>
      <dt>{say('server.state')}</dt>
      <dd>
        {[truth.phrase, truth.besides, nextTryAt !== null && say('server.nextTry', { time: clockOrDate(nextTryAt) })]
          .filter(Boolean)
          .join('. ')}
      </dd>
    </dl>
  );
}

function Joined({ connection, onSignIn, onScope }: Omit<ServerSectionProps, 'onConnect'> & { connection: Connection }) {
  const say = useWords('connection');
  const engine = useEngine();
  const errors = useErrorWords();
  const { error, ask } = useAsking();
  const [leaving, setLeaving] = useState(false);
  const { people, tokens, notTaken = 0 } = connection;
  return (
    <>
      <Facts connection={connection} />
      {connection.mode === 'joined' && <KeptScope onChange={onScope} />}
      {error && <ErrorNote text={errors.engine(error)} />}
      {people.length > 0 && (
        <ul aria-label={say('server.people')} className={classes.people}>
          {people.map((person) => (
            <Person
              key={person.personId}
              person={person}
              onSignIn={() => onSignIn(person.email)}
              onSignOut={() => void ask(engine.call('signOut', { personId: person.personId }))}
            />
          ))}
        </ul>
      )}
      <p className={classes.hint}>{say('server.signOutNote')}</p>
      {notTaken > 0 && <p className={classes.text}>{say('joined.notTaken', { count: notTaken })}</p>}
      {(tokens === 'noEncryption' || tokens === 'notWritten') && (
        <p className={classes.text}>{say(`server.tokens.${tokens}`)}</p>
      )}
      <div className={classes.line}>
        <Button onClick={() => void ask(engine.call('syncNow', {}))}>{say('server.syncNow')}</Button>
        <Button onClick={() => onSignIn('')}>{say(people.length > 0 ? 'server.signInOther' : 'signIn.title')}</Button>
        <Button onClick={() => setLeaving(true)}>{say('leave.open')}</Button>
      </div>
      {leaving && <LeaveDialog connection={connection} onClose={() => setLeaving(false)} />}
    </>
  );
}

/** The settings' part about the server: where it is, who is signed in, and the ways in and out. */
export function ServerSection({ onConnect, onSignIn, onScope }: ServerSectionProps) {
  const connection = useConnection();
  if (!connection) return null;
  return isSharing(connection) ? (
    <Joined connection={connection} onSignIn={onSignIn} onScope={onScope} />
  ) : (
    <WithoutServer connection={connection} onConnect={onConnect} />
  );
}
