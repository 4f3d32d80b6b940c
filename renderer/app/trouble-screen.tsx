import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { DeskCondition } from '#renderer/platform/hooks.ts';
import { useEngine, useHost } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useReady } from '#renderer/ui/ready.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './trouble-screen.module.css';

export type Trouble = NonNullable<EngineStatus['trouble']>;

/** A screen of its own for each way the desk cannot work: what happened, what was kept, what to do. */
export function TroubleScreen({ trouble, keptIn }: { trouble: Trouble; keptIn: EngineStatus['keptIn'] }) {
  const say = useWords('app');
  const common = useWords('common');
  const engine = useEngine();
  const host = useHost();
  const [busy, setBusy] = useState(false);
  useReady(`trouble-${trouble}`, true);
  const retry = async () => {
    setBusy(true);
    await engine.call('retry', {});
    setBusy(false);
  };
  return (
    <main className={classes.page}>
      <div className={classes.panel} role="alert">
        <IconAlertTriangle size={28} className={classes.glyph} aria-hidden="true" />
        <h1 className={classes.title}>{say(`trouble.${trouble}`)}</h1>
        <p>{say(`trouble.${trouble}.happened`)}</p>
        <p>{say(`trouble.${trouble}.kept`)}</p>
        <p>{say(`trouble.${trouble}.todo`)}</p>
      </div>
      <div className={classes.actions}>
        <Button variant="filled" aria-busy={busy || undefined} onClick={() => void retry()}>
          {common('retry')}
        </Button>
        {keptIn === 'device' && <Button onClick={() => void host.showDataFolder()}>{say('trouble.showFolder')}</Button>}
      </div>
    </main>
  );
}

/** The same trouble while the desk still shows what it has: above everything, and in the way of nothing. */
export function TroubleBanner({ trouble }: { trouble: Trouble }) {
  const say = useWords('app');
  const engine = useEngine();
  const parts = [say(`trouble.${trouble}.happened`), say(`trouble.${trouble}.kept`), say(`trouble.${trouble}.todo`)];
  return (
    <div className={classes.banner}>
      <ErrorNote text={parts.join(' ')} onRetry={() => void engine.call('retry', {})} />
    </div>
  );
}

/** While the engine checks what was saved and there is nothing to show yet. */
export function StartingScreen({ status }: { status: DeskCondition | undefined }) {
  const say = useWords('app');
  const progress = status?.progress;
  return (
    <main className={classes.page} aria-busy="true">
      <h1 className={classes.title}>{say('trouble.starting')}</h1>
      <p>{progress ? say('sync.rebuilding', { ...progress }) : say('trouble.startingDetail')}</p>
      {progress && (
        <progress
          max={progress.total}
          value={progress.done}
          aria-label={say('sync.reconciling')}
          className={classes.progress}
        />
      )}
    </main>
  );
}
