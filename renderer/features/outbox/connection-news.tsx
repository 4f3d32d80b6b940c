import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Connection } from '#contracts/engine/agreement.ts';
import type { SyncState } from '#contracts/sync/state.ts';
import { useEngine, useHost } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useKeepsPart } from '#renderer/ui/scope/use-part.ts';
import { type TimeWords, useTime } from '#renderer/ui/time.ts';
import type { Words } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './outbox.module.css';

const MINUTE = 60_000;

function stateSentence(state: SyncState, connection: Connection, say: Words<'outbox'>, time: TimeWords): string {
  switch (state.kind) {
    case 'versionTooOld':
    case 'notOurServer':
      return say(`state.${state.kind}`);
    case 'signInNeeded':
      return say(state.revoked ? 'state.signInRevoked' : 'state.signInNeeded', { count: state.waiting });
    case 'offline':
      return say('state.offline', { when: time.clockOrDate(state.since) });
    case 'clockOff':
      return say('state.clockOff', { span: time.span(state.by), direction: state.by > 0 ? 'ahead' : 'behind' });
    case 'serverRestored':
      return say('state.serverRestored', { count: state.again });
    case 'loading':
      return say('state.loading', { done: state.done, total: state.total });
    case 'sending':
    case 'parked':
      return say(`state.${state.kind}`, { count: state.count });
    case 'upToDate':
      return connection.syncedAt === null
        ? say('state.upToDateNever')
        : say('state.upToDate', { when: time.clockOrDate(connection.syncedAt) });
  }
}

/** While one of these is in the way nothing is being sent, whatever waits for it. */
const IN_THE_WAY: readonly SyncState['kind'][] = ['offline', 'notOurServer', 'versionTooOld'];

const told = (states: readonly SyncState[]): readonly SyncState[] =>
  states.some(({ kind }) => IN_THE_WAY.includes(kind)) ? states.filter(({ kind }) => kind !== 'sending') : states;

/** States in which this desk tries again by itself. */
const RETRIED: readonly SyncState['kind'][] = ['offline', 'notOurServer', 'serverRestored'];

function nextTrySentence({ states, nextTryAt }: Connection, say: Words<'outbox'>, time: TimeWords): string | null {
  if (nextTryAt === null) return states.some(({ kind }) => RETRIED.includes(kind)) ? say('nextTry.now') : null;
  return nextTryAt - time.now < MINUTE ? say('nextTry.soon') : say('nextTry', { when: time.relative(nextTryAt) });
}

export interface ConnectionNewsProps {
  readonly connection: Connection;
  /** There is something that a file could hold. */
  readonly mayExport: boolean;
}

/** Where the desk stands with the server, the most urgent first, when it tries again, and the two ways to act on it. */
export function ConnectionNews({ connection, mayExport }: ConnectionNewsProps) {
  const say = useWords('outbox');
  const scope = useWords('scope');
  const keepsPart = useKeepsPart();
  const time = useTime();
  const errors = useErrorWords();
  const engine = useEngine();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const tryNow = async () => {
    setBusy(true);
    const outcome = await engine.call('syncNow', {});
    setBusy(false);
    setTrouble(outcome.ok ? null : errors.engine(outcome.error));
  };
  const next = nextTrySentence(connection, say, time);
  return (
    <section className={classes.news} aria-label={say('connection')}>
      <div className={classes.newsLine}>
        <div role="status" className={classes.states}>
          {told(connection.states).map((state) => (
            <p key={state.kind} className={classes.state} data-kind={state.kind}>
              {stateSentence(state, connection, say, time)}
            </p>
          ))}
          {next && <p className={classes.quiet}>{next}</p>}
          {keepsPart && <p className={classes.quiet}>{scope('partOnly')}</p>}
        </div>
        <div className={classes.actions}>
          {mayExport && <Export onTrouble={setTrouble} />}
          <Button variant="filled" aria-busy={busy || undefined} data-autofocus onClick={() => !busy && void tryNow()}>
            {say('tryNow')}
          </Button>
        </div>
      </div>
      {trouble && <ErrorNote text={trouble} />}
    </section>
  );
}

/** Everything that waits and everything refused, as a file: a way out even where no server is ever reached again. */
function Export({ onTrouble }: { readonly onTrouble: (sentence: string | null) => void }) {
  const say = useWords('outbox');
  const errors = useErrorWords();
  const engine = useEngine();
  const host = useHost();
  const [saved, setSaved] = useState(false);
  const save = async () => {
    setSaved(false);
    const outcome = await engine.call('exportOutbox', {});
    if (!outcome.ok) return onTrouble(errors.engine(outcome.error));
    onTrouble(null);
    const suggestedName = say('export.file', { date: new Date().toISOString().slice(0, 10) });
    setSaved(await host.saveFile({ suggestedName, text: outcome.value.text }));
  };
  return (
    <>
      <span role="status" className={classes.saved}>
        {saved && say('export.saved')}
      </span>
      <Button onClick={() => void save().catch(() => onTrouble(say('export.notSaved')))}>{say('export')}</Button>
    </>
  );
}
