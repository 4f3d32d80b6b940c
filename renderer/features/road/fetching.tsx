import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { Amount, Connection, Readiness } from '#contracts/engine/agreement.ts';
import type { SyncState } from '#contracts/sync/state.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useEngine } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './road.module.css';

const AWAY: readonly SyncState['kind'][] = ['offline', 'notOurServer'];

/** Why the server hands out nothing at present; null while it would. */
function hindrance({ states, people }: Connection): 'fetch.offline' | 'fetch.signIn' | null {
  if (states.some(({ kind }) => AWAY.includes(kind))) return 'fetch.offline';
  return people.some(({ open }) => open) ? null : 'fetch.signIn';
}

export interface FetchingProps {
  readonly readiness: Readiness;
  readonly connection: Connection;
  readonly personId: Id;
}

/** The one button that fetches what is missing, how far it is, and why it cannot where it cannot. */
export function Fetching({ readiness, connection, personId }: FetchingProps) {
  const say = useWords('road');
  const errors = useErrorWords();
  const engine = useEngine();
  const reasonId = useId();
  const [asked, setAsked] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { loading, fetching, ready } = readiness;
  const hindered = hindrance(connection);
  const fetch = async () => {
    setAsked(true);
    const outcome = await engine.call('prepareForRoad', { personId });
    setAsked(false);
    setTrouble(outcome.ok ? null : errors.engine(outcome.error));
  };
  const busy = asked || fetching !== null;
  return (
    <div className={classes.fetching}>
      {loading && <Progress of={loading} text={say('loading', { ...loading })} />}
      {fetching && <Progress of={fetching} text={say('fetching', { ...fetching })} />}
      {trouble && <ErrorNote text={trouble} />}
      {!ready && (
        <div className={classes.foot}>
          <p id={reasonId} className={classes.hint}>
            {hindered && say(hindered)}
          </p>
          <Button
            variant="filled"
            data-autofocus
            disabled={hindered !== null}
            aria-busy={busy || undefined}
            aria-describedby={hindered ? reasonId : undefined}
            onClick={() => !busy && void fetch()}
          >
            {say('fetch')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Progress({ of: { done, total }, text }: { readonly of: Amount; readonly text: string }) {
  const share = Math.floor((100 * done) / Math.max(1, total));
  return (
    <div>
      <p className={classes.hint}>{text}</p>
      <div
        role="progressbar"
        className={classes.bar}
        aria-label={text}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <div className={classes.barDone} style={{ inlineSize: `${share}%` }} />
      </div>
    </div>
  );
}
