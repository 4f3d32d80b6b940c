import { Button } from '@mantine/core';
import { useContext, useEffect, useRef } from 'react';
import type { ImportProgress } from '#contracts/engine/protocol.ts';
import { sizeIn } from '#renderer/ui/size-words.ts';
import { ReaderContext } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './import.module.css';
import { isRunning, useImportState } from './import-store.ts';

interface RunningProps {
  readonly progress: ImportProgress | null;
}

/** Until its first news arrives, what is known is the import before. */
const current = (progress: ImportProgress | null) => (isRunning(progress) ? progress : null);

/** Stops the import, which leaves nothing behind. */
export function StopImport({ progress, onStop }: RunningProps & { readonly onStop: () => void }) {
  const say = useWords('import');
  const { stopping } = useImportState();
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => stop.current?.focus(), []);
  return (
    <Button ref={stop} onClick={onStop} disabled={current(progress)?.phase === 'storing' || stopping}>
      {say('stop')}
    </Button>
  );
}

/** How far an import is. */
export function Running(props: RunningProps) {
  const say = useWords('import');
  const { language } = useContext(ReaderContext);
  const { stopping, file } = useImportState();
  const progress = current(props.progress);
  const { bytesRead = 0, bytesTotal = 0, rowsRead = 0, incidents = 0 } = progress ?? {};
  const storing = progress?.phase === 'storing';
  const share = storing ? 100 : Math.floor((100 * bytesRead) / Math.max(1, bytesTotal));
  const read = { read: sizeIn(language, bytesRead), total: sizeIn(language, bytesTotal), rows: rowsRead, incidents };
  const text = storing ? say('storing', { incidents }) : progress ? say('read', read) : say('opening');
  return (
    <>
      <h3 className={classes.heading}>
        {say('running', { dryRun: String(progress?.dryRun ?? false), name: progress?.name ?? file?.name ?? '' })}
      </h3>
      <div
        role="progressbar"
        className={classes.bar}
        aria-label={say('progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-valuetext={text}
      >
        <div className={classes.barDone} style={{ inlineSize: `${share}%` }} />
      </div>
      <p className={classes.figures}>{stopping ? say('stopping') : text}</p>
      <p className={classes.hint}>{say(progress?.dryRun ? 'dryGoesOn' : 'goesOn')}</p>
    </>
  );
}
