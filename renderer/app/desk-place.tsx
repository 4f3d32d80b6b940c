import { Suspense, useCallback, useEffect } from 'react';
import type { Boot } from '#contracts/host/desk-host.ts';
import { QueueScreen } from '#renderer/features/queue/queue-screen.tsx';
import { QueueStrip } from '#renderer/features/queue/queue-strip.tsx';
import { useQueueWalk } from '#renderer/features/queue/queue-walk.ts';
import { useEngine, useHost, useWatch } from '#renderer/platform/hooks.ts';
import { changeSettings } from '#renderer/platform/settings-store.ts';
import { useNavigation } from '#renderer/ui/navigation.ts';
import { useReady } from '#renderer/ui/ready.ts';
import { exploreSample } from '#renderer/ui/sample-store.ts';
import { useMedia } from '#renderer/ui/use-media.ts';
import classes from './desk-shell.module.css';
import { openDialog, openScope, openSignIn } from './dialogs.ts';
import { DirectoryScreen, fetchScreens, IncidentScreen, ServerSection, SettingsScreen } from './lazy-screens.tsx';
import type { Counts } from './navigation-bar.tsx';

function IncidentPlace({ idOrNumber }: { idOrNumber: string }) {
  const { queueRoute } = useNavigation();
  const wide = useMedia('(min-width: 1600px)');
  const known = useWatch('incident', { idOrNumber });
  useReady('incident', known !== undefined);
  const inQueue = useQueueWalk(queueRoute.queue, idOrNumber);
  return (
    <>
      {wide && <QueueStrip queue={queueRoute.queue} marksRow={inQueue} />}
      <main className={classes.incident}>
        <Suspense fallback={null}>
          <IncidentScreen idOrNumber={idOrNumber} />
        </Suspense>
      </main>
    </>
  );
}

export interface DeskPlaceProps {
  readonly boot: Boot;
  readonly counts: Counts | undefined;
}

const connect = () => openDialog('connect');
const scope = () => openScope();

/** Alone with the engine's state, which changes with every command, so that no other screen is drawn anew by it. */
function SettingsPlace({ version }: { version: string }) {
  const status = useWatch('status', {});
  return (
    <Suspense fallback={<main className={classes.incident} />}>
      <SettingsScreen
        status={status}
        version={version}
        server={<ServerSection onConnect={connect} onSignIn={openSignIn} onScope={scope} />}
      />
    </Suspense>
  );
}

/** The place the window is at. */
export function DeskPlace({ boot, counts }: DeskPlaceProps) {
  const { route } = useNavigation();
  const host = useHost();
  const engine = useEngine();
  const queue = route.name === 'queue' ? route.queue : null;
  const loadSample = useCallback(() => void exploreSample(engine), [engine]);
  useEffect(() => {
    if (queue !== null) void changeSettings(host, { lastQueue: queue });
  }, [queue, host]);
  useEffect(() => {
    const timer = setTimeout(fetchScreens, 300);
    return () => clearTimeout(timer);
  }, []);
  switch (route.name) {
    case 'queue':
      return <QueueScreen queue={route.queue} counts={counts} firstPage={boot.firstPage} onSample={loadSample} />;
    case 'incident':
      return <IncidentPlace idOrNumber={route.idOrNumber} />;
    case 'settings':
      return <SettingsPlace version={boot.version} />;
    case 'directory':
      return (
        <Suspense fallback={<main className={classes.incident} />}>
          <DirectoryScreen />
        </Suspense>
      );
  }
}
