import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ImportProgress } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import { useWords } from '#renderer/words/words.ts';
import { headline } from './headline.ts';
import classes from './import-foot.module.css';
import { changeImport, isRunning } from './import-store.ts';

export interface ImportFootProps {
  /** The dialog "Import incidents" stands open: it says everything itself. */
  readonly dialogOpen: boolean;
  readonly onShow: () => void;
}

/** In words how far it is; storing is the last stretch, in which nothing can be read any more. */
const shareOf = ({ phase, bytesRead, bytesTotal }: ImportProgress) =>
  phase === 'storing' ? 100 : Math.floor((100 * bytesRead) / Math.max(1, bytesTotal));

function endWords(progress: ImportProgress, say: Parameters<typeof headline>[1]): string {
  const refused = progress.report?.rowsRefused ?? 0;
  const end = headline(progress, say);
  return refused > 0 ? `${end} ${say('background.refused', { refused })}` : end;
}

/**
 * The part of the status bar that speaks of an import while its dialog is closed: how far it is, with the way back to
 * it, and once it has ended how, with the way to its report.
 */
export function ImportFoot({ dialogOpen, onShow }: ImportFootProps) {
  const say = useWords('import');
  const progress = useWatch('importProgress', { importId: null }) ?? null;
  /** The import this window has seen running with the dialog closed: only its end is news here. */
  const [awaited, setAwaited] = useState<Id | null>(null);
  const running = isRunning(progress);
  const id = progress?.importId ?? null;
  useEffect(() => {
    if (dialogOpen) setAwaited(null);
    else if (running) setAwaited(id);
  }, [dialogOpen, running, id]);
  const ended = !running && id !== null && id === awaited;
  const show = () => {
    changeImport({ followed: id });
    onShow();
  };
  const name = progress?.name ?? '';
  return (
    <div className={classes.foot}>
      {running && !dialogOpen && progress && (
        <button type="button" className={classes.link} title={say('background.show')} onClick={show}>
          {say('background.share', { name, share: shareOf(progress), dryRun: String(progress.dryRun) })}
        </button>
      )}
      <span role="status" aria-label={say('background')} className={classes.end}>
        {ended && !dialogOpen && progress && endWords(progress, say)}
      </span>
      {ended && !dialogOpen && (
        <>
          <button type="button" className={classes.link} onClick={show}>
            {say('background.report')}
          </button>
          <Dismiss onPress={() => setAwaited(null)} />
        </>
      )}
    </div>
  );
}

function Dismiss({ onPress }: { onPress: () => void }) {
  const common = useWords('common');
  return (
    <button type="button" className={classes.dismiss} aria-label={common('dismiss')} onClick={onPress}>
      <IconX size={14} aria-hidden="true" />
    </button>
  );
}
