import { useSyncExternalStore } from 'react';
import { ImportFoot } from '#renderer/features/import/import-foot.tsx';
import { type DeskCondition, useEngine, usePersonId } from '#renderer/platform/hooks.ts';
import { useTime } from '#renderer/ui/time.ts';
import type { Words } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';
import { openDialog, useDialogs } from './dialogs.ts';
import classes from './status-bar.module.css';

/** The truth about where what was saved is, in one phrase. */
export function syncWords(say: Words<'app'>, status: DeskCondition | undefined, waiting: boolean): string {
  if (!status) return say(waiting ? 'sync.waiting' : 'sync.starting');
  if (status.trouble) return say(`sync.${status.trouble}`);
  if (status.progress && status.phase !== 'ready') return say('sync.rebuilding', { ...status.progress });
  if (status.phase === 'starting') return say('sync.starting');
  if (status.phase === 'reconciling') return say('sync.reconciling');
  if (waiting) return say('sync.waiting');
  if (status.keptIn === 'browser') return say('sync.browser');
  if (status.quarantined > 0) return say('sync.quarantined', { count: status.quarantined });
  if (status.rebuilt && status.rebuilt.reason !== 'empty') {
    return say('sync.rebuilt', { count: status.rebuilt.incidents });
  }
  return say('sync.device');
}

const isTroubled = (status: DeskCondition | undefined, waiting: boolean) => waiting || Boolean(status?.trouble);

const showImport = () => openDialog('import');

/** 26 px: the sync truth left, an import in the background, the zone of all times right. */
export function StatusBar({ status }: { status: DeskCondition | undefined }) {
  const say = useWords('app');
  const { reader } = useTime();
  const engine = useEngine();
  const personId = usePersonId();
  const importing = useDialogs((dialogs) => dialogs.open === 'import');
  const waiting = useSyncExternalStore(engine.waiting.subscribe, engine.waiting.get);
  return (
    <footer className={classes.bar}>
      <div role="status" aria-label={say('sync')} className={classes.sync}>
        <span className={classes.dot} data-trouble={isTroubled(status, waiting) || undefined} aria-hidden="true" />
        {syncWords(say, status, waiting)}
      </div>
      {personId !== null && <ImportFoot dialogOpen={importing} onShow={showImport} />}
      <div className={classes.zone}>{say('zone', { zone: reader.zone })}</div>
    </footer>
  );
}
