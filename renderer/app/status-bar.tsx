import type { SyncTruth } from '#renderer/features/connection/sync-words.ts';
import { useNeedsMe, useSyncTruth } from '#renderer/features/connection/use-sync-truth.ts';
import { ImportFoot } from '#renderer/features/import/import-foot.tsx';
import { type DeskCondition, useConnection, usePersonId } from '#renderer/platform/hooks.ts';
import { useRecordedStore } from '#renderer/ui/recorded-store.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { openDialog, openSignIn, useDialogs } from './dialogs.ts';
import classes from './status-bar.module.css';

const showImport = () => openDialog('import');

function follow({ leadsTo }: SyncTruth): void {
  if (leadsTo?.dialog === 'signIn') openSignIn(leadsTo.email);
  else if (leadsTo) openDialog(leadsTo.dialog);
}

function Sync({ status }: { status: DeskCondition | undefined }) {
  const app = useWords('app');
  const truth = useSyncTruth(status);
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

/** The ways to what was refused and to what waits: always at a joined desk, else while there is any left. */
function SharedWork() {
  const say = useWords('connection');
  const connection = useConnection();
  const needsMe = useNeedsMe();
  if (!connection) return null;
  const { mode, waiting } = connection;
  const ways = [
    { dialog: 'conflicts', count: needsMe, words: say('foot.conflictsCount', { count: needsMe }) },
    { dialog: 'outbox', count: waiting, words: say('foot.outboxCount', { count: waiting }) },
  ] as const;
  return (
    <div className={classes.ways}>
      {ways
        .filter(({ count }) => mode === 'joined' || count > 0)
        .map(({ dialog, count, words }) => (
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
  const hasNotice = useRecordedStore(({ recorded }) => recorded !== null);
  const importing = useDialogs((dialogs) => dialogs.open === 'import');
  return (
    <footer className={classes.bar} data-notice={hasNotice || undefined}>
      <Sync status={status} />
      {personId !== null && <ImportFoot dialogOpen={importing} onShow={showImport} />}
      <div className={classes.end}>
        {personId !== null && <SharedWork />}
        <div className={classes.zone}>{say('zone', { zone: reader.zone })}</div>
      </div>
    </footer>
  );
}
