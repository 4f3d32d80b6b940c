import { memo, useEffect, useMemo } from 'react';
import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { Boot } from '#contracts/host/desk-host.ts';
import { FirstRunScreen } from '#renderer/features/first-run/first-run-screen.tsx';
import { wantGridFocus } from '#renderer/features/queue/grid-focus.ts';
import { startAtTop } from '#renderer/features/queue/grid-state.ts';
import { showText, useViews } from '#renderer/features/queue/view-store.ts';
import { SearchBox } from '#renderer/features/search/search-box.tsx';
import { type DeskCondition, useDeskCondition, usePersonId, useSession, useWatch } from '#renderer/platform/hooks.ts';
import { hashOf, navigate, useNavigation } from '#renderer/ui/navigation.ts';
import { UndoRegion } from '#renderer/ui/undo-region.tsx';
import { useMedia } from '#renderer/ui/use-media.ts';
import { useWords } from '#renderer/words/words.ts';
import { DeskDialogs } from './desk-dialogs.tsx';
import { DeskPlace } from './desk-place.tsx';
import classes from './desk-shell.module.css';
import { openDialog } from './dialogs.ts';
import { useKeyListener } from './key-listener.ts';
import { NavigationBar } from './navigation-bar.tsx';
import { ServerDialogs } from './server-dialogs.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { StartingScreen, TroubleBanner, TroubleScreen } from './trouble-screen.tsx';
import { ServerActions, useDeskActions, useDeskRequests } from './use-desk-actions.ts';
import { useForgetOnSwitch } from './use-forget-on-switch.ts';
import { useUndo } from './use-undo.ts';

/** Document title: the place, then the desk. */
function useTitle(): void {
  const common = useWords('common');
  const app = useWords('app');
  const { route } = useNavigation();
  const place =
    route.name === 'queue'
      ? common(`queue.${route.queue}`)
      : route.name === 'incident'
        ? route.idOrNumber
        : app(route.name);
  const name = common('appName');
  useEffect(() => {
    document.title = `${place} · ${name}`;
  }, [place, name]);
}

/** Alone with the deed it offers to undo, so that nothing else is drawn anew by it. */
function Undo() {
  return <UndoRegion onUndo={useUndo()} />;
}

const openNumber = (number: string) => navigate({ name: 'incident', idOrNumber: number });
const showAll = (text: string) => {
  showText('allIncidents', text);
  startAtTop();
  navigate({ name: 'queue', queue: 'allIncidents' });
  wantGridFocus();
};

interface WorkingDeskProps {
  readonly boot: Boot;
  readonly trouble: EngineStatus['trouble'];
}

/** Everything of a desk somebody sits at. Of the engine's state, which changes with every command, it hears only trouble. */
const WorkingDesk = memo(function WorkingDesk({ boot, trouble }: WorkingDeskProps) {
  const session = useSession();
  const personId = usePersonId();
  const { route } = useNavigation();
  const firstCounts = boot.firstPage?.counts;
  const counts = useWatch('counts', personId ? { personId } : null) ?? firstCounts;
  const alerts = useWatch('alerts', personId ? { personId, limit: 1 } : null);
  const narrow = useMedia('(max-width: 1099px)');
  const wide = useMedia('(min-width: 1600px)');
  useDeskActions();
  useForgetOnSwitch();
  useTitle();
  const place = hashOf(route);
  const resultsOf = useViews((views) => (route.name === 'queue' ? views[route.queue].text : ''));
  const search = useMemo(
    () => <SearchBox onOpen={openNumber} onShowAll={showAll} place={place} resultsOf={resultsOf} />,
    [place, resultsOf],
  );
  const shown = session ?? (boot.person ? { personId: boot.person.id, person: boot.person, deskName: '' } : undefined);
  return (
    <>
      <TopBar
        session={shown}
        unacknowledged={alerts?.unacknowledged ?? 0}
        filled={route.name === 'queue'}
        search={search}
      />
      {trouble && <TroubleBanner trouble={trouble} />}
      <div className={classes.middle}>
        <NavigationBar counts={counts} rail={narrow || (route.name === 'incident' && !wide)} />
        <DeskPlace boot={boot} counts={counts} />
      </div>
      <ServerActions />
      <DeskDialogs />
      <Undo />
    </>
  );
});

const connect = () => openDialog('connect');

function Content({ boot, status }: { boot: Boot; status: DeskCondition | undefined }) {
  const session = useSession();
  if (status?.phase === 'blocked' && status.trouble)
    return <TroubleScreen trouble={status.trouble} keptIn={status.keptIn} />;
  if (session?.personId || (session === undefined && boot.person))
    return <WorkingDesk boot={boot} trouble={status?.trouble ?? null} />;
  if (session && status?.phase === 'ready') return <FirstRunScreen onConnect={connect} />;
  return <StartingScreen status={status} />;
}

/** One desk window: a trouble screen, the first run, or the working desk; always with the status bar's truth. */
export function DeskShell({ boot }: { boot: Boot }) {
  const status = useDeskCondition();
  useKeyListener();
  useDeskRequests();
  return (
    <div className={classes.shell}>
      <Content boot={boot} status={status} />
      <ServerDialogs />
      <StatusBar status={status} />
    </div>
  );
}
