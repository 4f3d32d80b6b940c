import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { Boot } from '#contracts/host/desk-host.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { ok } from '#domain/result.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { adoptSettings, usualSettings } from '#renderer/platform/settings-store.ts';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { navigate } from '#renderer/ui/navigation.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { DeskShell } from './desk-shell.tsx';
import { closeDialog } from './dialogs.ts';

const status: EngineStatus = {
  phase: 'ready',
  trouble: null,
  rebuilt: null,
  progress: null,
  sample: null,
  lastLsn: 9,
  appliedLsn: 9,
  savedAt: null,
  quarantined: 0,
  keptIn: 'device',
  incidents: 0,
  mode: 'alone',
};
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
const seated: SeatedPerson = {
  personId: ada.id,
  name: ada.name,
  email: 'ada@example.org',
  role: 'agent',
  open: true,
};
const alone: Connection = {
  mode: 'alone',
  address: null,
  people: [],
  tokens: null,
  states: [],
  syncedAt: null,
  nextTryAt: null,
  handingOver: null,
  waiting: 0,
  parked: 0,
};
const joined: Connection = {
  ...alone,
  mode: 'joined',
  address: 'https://desk.example.org',
  people: [seated],
  tokens: 'kept',
  states: [{ kind: 'upToDate' }],
  syncedAt: new Date().setUTCHours(10, 42, 0, 0),
};
const described = (element: HTMLElement) =>
  document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent;
const sync = () => screen.getByRole('status', { name: 'Sync' });

function open(connection: Connection) {
  const engine = createFakeEngine();
  engine.set('status', { ...status, mode: connection.mode === 'joined' ? 'shared' : 'alone' });
  engine.set('connection', connection);
  engine.set('counts', Object.fromEntries(QUEUE_IDS.map((queue) => [queue, 0])) as Record<QueueId, number>);
  engine.set('list', { total: 0, from: 0, rows: [] });
  engine.set('alerts', { unacknowledged: 0, entries: [] });
  return renderScreen(<DeskShell boot={boot} />, { engine });
}

beforeEach(() => {
  adoptSettings(usualSettings);
  navigate({ name: 'queue', queue: 'allIncidents' }, 'replace');
});
afterEach(() => {
  cleanup();
  closeDialog();
});

describe('a first run that joins a server', () => {
  it('has the dialog over it, and over the desk that begins with joining', async () => {
    const { engine, user } = open(alone);
    act(() => engine.set('session', { personId: null, person: null, deskName: '' }));
    await user.click(await screen.findByRole('button', { name: 'Connect to a server' }));
    const dialog = await screen.findByRole('dialog', { name: 'Connect to a server' });
    expect(await within(dialog).findByRole('textbox', { name: 'Address' })).toBeDefined();
    act(() => {
      engine.set('connection', { ...joined, states: [{ kind: 'loading', done: 1_200, total: 24_918 }] });
      engine.set('session', { personId: ada.id, person: ada, deskName: 'Harbour desk' });
    });
    expect(await screen.findByRole('progressbar', { name: 'Loading' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Go on in the background' }));
    expect(await screen.findByRole('navigation', { name: 'Queues' })).toBeDefined();
    expect(sync().textContent).toContain('Loading 1,200 of 24,918');
  });
});

describe('a desk that shares its incidents', () => {
  it('says so at its foot, with the ways to what waits and to what was refused', async () => {
    const { engine } = open(joined);
    await waitFor(() => expect(sync().textContent).toBe('Synchronised 10:42'));
    expect(described(screen.getByRole('button', { name: 'Outbox' }))).toBe('nothing is waiting');
    act(() => {
      engine.set('conflicts', { items: [{}, {}] as never, names: {}, decided: null });
      engine.set('connection', { ...joined, waiting: 3, parked: 2, states: [{ kind: 'offline', since: 0 }] });
    });
    await waitFor(() => expect(sync().textContent).toBe('Offline, 3 changes waitingSaved on this device'));
    expect(described(screen.getByRole('button', { name: 'Outbox' }))).toBe('3 changes are waiting');
    await waitFor(() => expect(described(screen.getByRole('button', { name: 'Conflicts' }))).toBe('2 need you'));
  });

  it('opens what waits and what was refused from its foot', async () => {
    const { engine, user } = open({ ...joined, waiting: 1, parked: 1, states: [{ kind: 'parked', count: 1 }] });
    act(() => {
      engine.set('outbox', { total: 0, items: [] });
      engine.set('conflicts', { items: [], names: {}, decided: null });
    });
    for (const name of ['Outbox', 'Conflicts']) {
      await user.click(await screen.findByRole('button', { name }));
      expect(await screen.findByRole('dialog', { name })).toBeDefined();
      await user.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    }
  });

  it('shows no such ways at a desk that works alone', async () => {
    open(alone);
    await screen.findByRole('navigation', { name: 'Queues' });
    expect(screen.queryByRole('button', { name: 'Outbox' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Conflicts' })).toBeNull();
  });

  it('lets work go on when a session ends, and leads to signing in again with the e-mail filled in', async () => {
    const { engine, user } = open(joined);
    engine.answer('signIn', () => {
      engine.set('connection', joined);
      return ok(seated);
    });
    await screen.findByRole('navigation', { name: 'Queues' });
    act(() =>
      engine.set('connection', {
        ...joined,
        people: [{ ...seated, open: false }],
        waiting: 3,
        states: [{ kind: 'signInNeeded', waiting: 3 }],
      }),
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.click(await within(sync()).findByRole('button', { name: 'Sign in to send 3 changes' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign in' });
    expect(within(dialog).getByRole('textbox', { name: 'E-mail' })).toHaveProperty('value', 'ada@example.org');
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByLabelText('Password')));
    await user.keyboard('secret{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sync().textContent).toBe('Synchronised 10:42');
  });

  it('says why nothing is imported, and offers no sample data', async () => {
    open(joined);
    expect(await screen.findByText(/Importing and sample data are off here/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Load sample data' })).toBeNull();
    act(() => void perform('importIncidents'));
    const dialog = await screen.findByRole('dialog', { name: 'Import incidents' });
    expect(dialog.textContent).toContain('so no file is imported here. Nothing was changed.');
    expect(within(dialog).queryByRole('button', { name: 'Import' })).toBeNull();
  });

  it('offers in the palette what can be done about the server, each where it makes sense', async () => {
    const { engine, user } = open(alone);
    const offered = async () => {
      await user.keyboard('{Control>}k{/Control}');
      const palette = await screen.findByRole('dialog', { name: 'Commands' });
      const names = within(palette)
        .getAllByRole('option')
        .map((option) => option.textContent);
      await user.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      return names;
    };
    await screen.findByRole('navigation', { name: 'Queues' });
    const before = await offered();
    expect(before).toContain('Connect to a server');
    expect(before).not.toContain('Synchronise now');
    act(() => engine.set('connection', joined));
    const after = await offered();
    expect(after).not.toContain('Connect to a server');
    expect(after).toEqual(
      expect.arrayContaining(['Sign in', 'Synchronise now', 'Outbox', 'Conflicts', 'Prepare for the road']),
    );
  });
});
