import { useMemo, useSyncExternalStore } from 'react';
import { ImportFoot } from '#renderer/features/import/import-foot.tsx';
import { type DeskCondition, useConnection, useEngine, usePersonId, useWatch } from '#renderer/platform/hooks.ts';
import { clockTime, useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { openDialog, openSignIn, useDialogs } from './dialogs.ts';
import classes from './status-bar.module.css';
import { type SyncTruth, syncTruth } from './sync-words.ts';

const showImport = () => openDialog('import');

/** How many refused commands wait for whoever looks at the screen; asked only where there are any. */
function useNeedsMe(parked: number): number {
  const personId = usePersonId();
  const mine = useWatch('conflicts', parked > 0 && personId !== null ? { personId } : null);
  return mine?.items.length ?? 0;
}

function follow({ leadsTo }: SyncTruth): void {
  if (leadsTo?.dialog === 'signIn') openSignIn(leadsTo.email);
  else if (leadsTo) openDialog(leadsTo.dialog);
}

function Sync({ status }: { status: DeskCondition | undefined }) {
  const app = useWords('app');
  const say = useWords('connection');
  const { reader } = useTime();
  const engine = useEngine();
  const personId = usePersonId();
  const connection = useConnection();
  const needsMe = useNeedsMe(connection?.parked ?? 0);
  const waiting = useSyncExternalStore(engine.waiting.subscribe, engine.waiting.get);
  const truth = useMemo(() => {
    const sayers = { app, say, clockTime: (at: number) => clockTime(at, reader) };
    return syncTruth(sayers, { status, waiting, connection, personId, needsMe });
  }, [app, say, reader, status, waiting, connection, personId, needsMe]);
  const { phrase, besides, mark, leadsTo } = truth;
  return (
    <div
      role="status"
      aria-label={app('sync')}
      className={classes.sync}
      title={besides ? `${phrase}. ${besides}` : phrase}
    >
      <span className={classes.mark} data-mark={mark} aria-hidden="true" />
      {leadsTo === null ? (
        <span className={classes.phrase}>{phrase}</span>
      ) : (
        <button type="button" className={classes.link} onClick={() => follow(truth)}>
          {phrase}
        </button>
      )}
      {besides !== null && <span className={classes.besides}>{besides}</span>}
    </div>
  );
}

function Count({ id, count, words }: { id: string; count: number; words: string }) {
  return (
    <>
      {count > 0 && (
        <span className={classes.count} aria-hidden="true">
          {count}
        </span>
      )}
      <span id={id} hidden>
        {words}
      </span>
    </>
  );
}

/** The ways to what was refused and to what waits, at a desk that shares its incidents. */
function SharedWork() {
  const say = useWords('connection');
  const connection = useConnection();
  const needsMe = useNeedsMe(connection?.parked ?? 0);
  if (connection?.mode !== 'joined') return null;
  const ways = [
    { dialog: 'conflicts', count: needsMe, words: say('foot.conflictsCount', { count: needsMe }) },
    { dialog: 'outbox', count: connection.waiting, words: say('foot.outboxCount', { count: connection.waiting }) },
  ] as const;
  return (
    <div className={classes.ways}>
      {ways.map(({ dialog, count, words }) => (
        <span key={dialog} className={classes.way}>
          <button
            type="button"
            className={classes.link}
            aria-describedby={`${dialog}-count`}
            onClick={() => openDialog(dialog)}
          >
            {say(`foot.${dialog}`)}
          </button>
          <Count id={`${dialog}-count`} count={count} words={words} />
        </span>
      ))}
    </div>
  );
}

/** 26 px: the sync truth left, an import in the background, shared work and the zone of all times right. */
export function StatusBar({ status }: { status: DeskCondition | undefined }) {
  const say = useWords('app');
  const { reader } = useTime();
  const personId = usePersonId();
  const importing = useDialogs((dialogs) => dialogs.open === 'import');
  return (
    <footer className={classes.bar}>
      <Sync status={status} />
      {personId !== null && <ImportFoot dialogOpen={importing} onShow={showImport} />}
      <div className={classes.end}>
        {personId !== null && <SharedWork />}
        <div className={classes.zone}>{say('zone', { zone: reader.zone })}</div>
      </div>
    </footer>
  );
}
