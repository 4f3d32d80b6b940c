import { useEffect } from 'react';
import type { DeskRequest } from '#contracts/host/desk-host.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { wantGridFocus } from '#renderer/features/queue/grid-focus.ts';
import { useConnection, useEngine, useHost, useIsShared, usePersonId } from '#renderer/platform/hooks.ts';
import { adoptSettings } from '#renderer/platform/settings-store.ts';
import { perform, useAction } from '#renderer/ui/keys/action-store.ts';
import type { ActionId } from '#renderer/ui/keys/actions.ts';
import { navigate, useNavigation } from '#renderer/ui/navigation.ts';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { openDialog, openScope, openSignIn } from './dialogs.ts';
import { EVERYBODYS_QUEUE, useQueues } from './queue-groups.ts';

/** Opens the queue at this place of the list by its key, where the person at the desk has it. */
function useQueueKey(action: ActionId, at: number): void {
  const say = useWords('app');
  const queue: QueueId | undefined = QUEUE_IDS[at];
  const offered = useQueues();
  const go = () => {
    if (!queue) return;
    navigate({ name: 'queue', queue });
    wantGridFocus();
  };
  useAction(action, queue && offered.includes(queue) ? go : null, say('notNow.notYourQueue'));
}

/** Whoever has no use for the queue the window is at is led to one that everybody has. */
function useOwnQueue(): void {
  const { route } = useNavigation();
  const offered = useQueues();
  const isForeign = route.name === 'queue' && !offered.includes(route.queue);
  useEffect(() => {
    if (isForeign) navigate({ name: 'queue', queue: EVERYBODYS_QUEUE }, 'replace');
  }, [isForeign]);
}

/** What can be done about a server: alone with the state of the way there, which changes with every command. */
export function ServerActions(): null {
  const say = useWords('app');
  const engine = useEngine();
  const connection = useConnection();
  const mode = connection?.mode ?? 'alone';
  const mine = usePersonId();
  const over = connection?.people.find(({ personId, open }) => personId === mine && !open);
  const joined = mode === 'joined';
  useAction('connect', joined ? null : () => openDialog('connect'), say('notNow.joinedAlready'));
  useAction('signIn', joined ? () => openSignIn(over?.email ?? '') : null, say('notNow.noServer'));
  useAction('syncNow', joined ? () => void engine.call('syncNow', {}) : null, say('notNow.noServer'));
  const left = (connection?.waiting ?? 0) + (connection?.parked ?? 0) > 0;
  useAction('outbox', joined || left ? () => openDialog('outbox') : null, say('notNow.noServer'));
  useAction('conflicts', joined || left ? () => openDialog('conflicts') : null, say('notNow.noServer'));
  useAction('road', joined ? () => openDialog('road') : null, say('notNow.noServer'));
  useAction('scope', joined ? () => openScope() : null, say('notNow.noServer'));
  return null;
}

/** The actions any screen of the desk has, once somebody sits at it. */
export function useDeskActions(): void {
  useOwnQueue();
  const forbidden = useForbidden();
  const noRecord = forbidden('record');
  // On a shared log the dialog itself says why nothing is imported there.
  const isShared = useIsShared();
  const noImport = isShared ? null : forbidden('importHistory');
  useAction('newIncident', noRecord === null ? () => openDialog('newIncident') : null, noRecord ?? undefined);
  useAction('importIncidents', noImport === null ? () => openDialog('import') : null, noImport ?? undefined);
  useAction('keyboard', () => openDialog('keyboard'));
  useAction('alerts', () => openDialog('alerts'));
  useAction('switchPerson', () => openDialog('switchPerson'));
  useAction('settings', () => navigate({ name: 'settings' }));
  useAction('directory', () => navigate({ name: 'directory' }));
  useAction('back', () => window.history.back());
  useAction('forward', () => window.history.forward());
  useQueueKey('queue1', 0);
  useQueueKey('queue2', 1);
  useQueueKey('queue3', 2);
  useQueueKey('queue4', 3);
  useQueueKey('queue5', 4);
  useQueueKey('queue6', 5);
  useQueueKey('queue7', 6);
  useQueueKey('queue8', 7);
  useQueueKey('queue9', 8);
}

function answer(request: DeskRequest): void {
  switch (request.type) {
    case 'navigate':
      navigate(request.route);
      break;
    case 'settingsChanged':
      adoptSettings(request.settings);
      break;
    case 'action':
      if (request.action === 'commands') openDialog('commands');
      else perform(request.action);
  }
}

/** What main asks of this window: menu items, tray, deep links, a clicked notification. */
export function useDeskRequests(): void {
  const host = useHost();
  useEffect(() => host.onRequest(answer), [host]);
}
