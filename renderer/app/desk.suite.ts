import { screen } from '@testing-library/react';
import { createElement } from 'react';
import type { Connection } from '#contracts/engine/agreement.ts';
import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { Boot } from '#contracts/host/desk-host.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { createFakeEngine, type FakeEngine } from '#renderer/platform/fake-engine.ts';
import { usualSettings } from '#renderer/platform/settings-store.ts';
import { statusOf } from '#renderer/ui/agreement.suite.ts';
import { renderScreen, type Screen } from '#renderer/ui/render-screen.tsx';
import { DeskShell } from './desk-shell.tsx';

const boot: Boot = {
  platform: 'electron',
  version: '0.1.0',
  windowId: 'w-1',
  route: { name: 'queue', queue: 'myWork' },
  settings: usualSettings,
  person: null,
  firstPage: null,
  language: 'en-GB',
  zone: 'UTC',
};

export interface DeskOptions {
  readonly engine?: FakeEngine;
  readonly status?: Partial<EngineStatus>;
  /** Absent: nothing is known of a server. */
  readonly connection?: Connection;
  /** What the first paint knows. */
  readonly boot?: Partial<Boot>;
  readonly counts?: Readonly<Record<QueueId, number | null>>;
}

/** A whole desk window over a fake engine, Ada at it, with empty queues unless told otherwise. */
export function openDesk(options: DeskOptions = {}): Screen {
  const { engine = createFakeEngine(), connection } = options;
  const none = Object.fromEntries(QUEUE_IDS.map((queue) => [queue, 0])) as Record<QueueId, number>;
  engine.set('status', statusOf(connection?.mode === 'joined' ? 'shared' : 'alone', options.status));
  if (connection) engine.set('connection', connection);
  engine.set('counts', options.counts ?? none);
  engine.set('list', { total: 0, from: 0, rows: [] });
  engine.set('alerts', { unacknowledged: 2, entries: [] });
  return renderScreen(createElement(DeskShell, { boot: { ...boot, ...options.boot } }), { engine });
}

/** What the description of an element says. */
export const described = (element: HTMLElement): string | null | undefined =>
  document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent;

export const syncStatus = (): HTMLElement => screen.getByRole('status', { name: 'Sync' });
