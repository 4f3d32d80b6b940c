import { useEffect } from 'react';
import type { DeskRequest } from '#contracts/host/desk-host.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { wantGridFocus } from '#renderer/features/queue/grid-focus.ts';
import { useConnection, useEngine, useHost, usePersonId } from '#renderer/platform/hooks.ts';
import { adoptSettings } from '#renderer/platform/settings-store.ts';
import { perform, useAction } from '#renderer/ui/keys/action-store.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { useWords } from '#renderer/words/words.ts';
import { openDialog, openSignIn } from './dialogs.ts';

const goTo = (at: number) => () => {
  const queue: QueueId | undefined = QUEUE_IDS[at];
  if (!queue) return;
  navigate({ name: 'queue', queue });
  wantGridFocus();
};

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
  return null;
}

/** The actions any screen of the desk has, once somebody sits at it. */
export function useDeskActions(): void {
  useAction('newIncident', () => openDialog('newIncident'));
  useAction('importIncidents', () => openDialog('import'));
  useAction('keyboard', () => openDialog('keyboard'));
  useAction('alerts', () => openDialog('alerts'));
  useAction('switchPerson', () => openDialog('switchPerson'));
  useAction('settings', () => navigate({ name: 'settings' }));
  useAction('directory', () => navigate({ name: 'directory' }));
  useAction('back', () => window.history.back());
  useAction('forward', () => window.history.forward());
  useAction('queue1', goTo(0));
  useAction('queue2', goTo(1));
  useAction('queue3', goTo(2));
  useAction('queue4', goTo(3));
  useAction('queue5', goTo(4));
  useAction('queue6', goTo(5));
  useAction('queue7', goTo(6));
  useAction('queue8', goTo(7));
  useAction('queue9', goTo(8));
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
