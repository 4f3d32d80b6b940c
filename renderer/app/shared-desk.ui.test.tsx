import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, Readiness } from '#contracts/engine/agreement.ts';
import type { Role } from '#domain/directory/directory.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { ok } from '#domain/result.ts';
import { directoryOf, joined } from '#renderer/features/connection/connection.suite.ts';
import { clearFilters, showText } from '#renderer/features/queue/view-store.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { adoptSettings, usualSettings } from '#renderer/platform/settings-store.ts';
import { alone, seatedAda } from '#renderer/ui/agreement.suite.ts';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { navigate, useNavigation } from '#renderer/ui/navigation.ts';
import { ada } from '#renderer/ui/render-screen.tsx';
import { described, openDesk, syncStatus } from './desk.suite.ts';
import { closeDialog, openDialog } from './dialogs.ts';

const ready: Readiness = {
  incidents: 1_240,
  wanted: 42,
  held: 42,
  missing: [],
  fetching: null,
  syncedAt: null,
  loading: null,
  bytesFree: null,
  score: 100,
  ready: true,
};

const open = (connection: Connection) => openDesk({ connection });

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
    expect(syncStatus().textContent).toContain('Loading 1,200 of 24,918');
  });
});

describe('a desk that shares its incidents', () => {
  it('says so at its foot, with the ways to what waits and to what was refused', async () => {
    const { engine } = open(joined);
    await waitFor(() => expect(syncStatus().textContent).toBe('Synchronised 10:42'));
    expect(described(screen.getByRole('button', { name: 'Outbox' }))).toBe('nothing is waiting');
    act(() => {
      engine.set('conflicts', { items: [{}, {}] as never, names: {}, decided: null });
      engine.set('connection', { ...joined, waiting: 3, parked: 2, states: [{ kind: 'offline', since: 0 }] });
    });
    await waitFor(() => expect(syncStatus().textContent).toBe('Offline, 3 changes waitingSaved on this device'));
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
      return ok(seatedAda);
    });
    await screen.findByRole('navigation', { name: 'Queues' });
    act(() =>
      engine.set('connection', {
        ...joined,
        people: [{ ...seatedAda, open: false }],
        waiting: 3,
        states: [{ kind: 'signInNeeded', waiting: 3 }],
      }),
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.click(await within(syncStatus()).findByRole('button', { name: 'Sign in to send 3 changes' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign in' });
    expect(within(dialog).getByRole('textbox', { name: 'E-mail' })).toHaveProperty('value', 'ada@example.org');
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByLabelText('Password')));
    await user.keyboard('secret{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(syncStatus().textContent).toBe('Synchronised 10:42');
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
      expect.arrayContaining(['Sign in', 'Outbox', 'Conflicts', 'Prepare for the road', 'What this device keeps']),
    );
  });
});

describe('a desk that keeps only a part', () => {
  const part: Connection = { ...joined, scope: { teamIds: ['t-1'], siteIds: [], closedFor: 90 } };
  const openPart = (counts: Partial<Record<'allIncidents', number>> = {}) => {
    const engine = createFakeEngine({ directory: directoryOf });
    engine.answer('sizeOfScope', () => ok({ incidents: 1_240, bytes: 6_000_000 }));
    const none = Object.fromEntries(QUEUE_IDS.map((queue) => [queue, 0])) as Record<QueueId, number>;
    return openDesk({ engine, connection: part, counts: { ...none, ...counts } });
  };
  const MORE = /This device keeps only a part of the server’s incidents; the server may have more/;
  const scopeDialog = () => screen.findByRole('dialog', { name: 'What this device keeps' });

  it('says so where a queue is empty, and not where everything is kept', async () => {
    act(() => navigate({ name: 'queue', queue: 'unassigned' }, 'replace'));
    const { engine } = openPart({ allIncidents: 340 });
    expect(await screen.findByText('Nothing waits for an owner.')).toBeDefined();
    expect(screen.getByText(MORE)).toBeDefined();
    act(() => engine.set('connection', joined));
    await waitFor(() => expect(screen.queryByText(MORE)).toBeNull());
  });

  it('says so where a filter finds nothing', async () => {
    openPart({ allIncidents: 340 });
    act(() => showText('allIncidents', 'outlook'));
    expect(await screen.findByText('0 of 340 match.')).toBeDefined();
    expect(screen.getByText(MORE)).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Ask the server/ })).toBeNull();
    act(() => clearFilters('allIncidents'));
  });

  it('offers to ask for a number that a list was to be made of', async () => {
    const { engine, user } = openPart({ allIncidents: 340 });
    engine.answer('bringHere', () => ok({ incidentId: 'i-9' }));
    act(() => showText('allIncidents', 'inc12345'));
    await user.click(await screen.findByRole('button', { name: 'Ask the server for INC0012345' }));
    await waitFor(() => expect(useNavigation.getState().route).toEqual({ name: 'incident', idOrNumber: 'INC0012345' }));
    act(() => clearFilters('allIncidents'));
  });

  it('does not call itself a desk without incidents, and leads to what it keeps', async () => {
    const { user } = openPart();
    expect(await screen.findByText(/and at present there is none in it/)).toBeDefined();
    expect(screen.queryByText(/No incident is shared with this desk yet/)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Change what this device keeps' }));
    await scopeDialog();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('is changed from the settings and from the palette', async () => {
    const { engine, user } = openPart();
    act(() => navigate({ name: 'settings' }));
    const change = await screen.findByRole('button', { name: 'Change what this device keeps' });
    await user.click(change);
    await user.click(within(await scopeDialog()).getByRole('radio', { name: 'Everything' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(engine.calls).toContainEqual({ name: 'keepScope', args: { scope: null } });
    await waitFor(() => expect(document.activeElement).toBe(change));
    act(() => void perform('scope'));
    expect(await scopeDialog()).toBeDefined();
  });

  it('is changed on the way to the road, and goes on there', async () => {
    const { engine, user } = openPart();
    engine.set('readiness', ready);
    await screen.findByRole('navigation', { name: 'Queues' });
    await waitFor(() => expect(perform('road')).toBe(true));
    const road = await screen.findByRole('dialog', { name: 'Prepare for the road' });
    await user.click(await within(road).findByRole('button', { name: 'Change what this device keeps' }));
    await scopeDialog();
    expect(screen.queryByRole('dialog', { name: 'Prepare for the road' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('dialog', { name: 'Prepare for the road' })).toBeDefined();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('is made one while the first load goes on, with a part to begin with', async () => {
    const { engine, user } = openPart();
    const loading: Connection = { ...joined, states: [{ kind: 'loading', done: 1_200, total: 24_918 }] };
    act(() => engine.set('connection', loading));
    act(() => openDialog('connect'));
    await user.click(await screen.findByRole('button', { name: 'Keep only a part on this device' }));
    expect(within(await scopeDialog()).getByRole('radio', { name: 'A part of it' })).toHaveProperty('checked', true);
    await user.keyboard('{Escape}');
    expect(await screen.findByRole('progressbar', { name: 'Loading' })).toBeDefined();
  });
});

describe('a desk at which somebody sits who only looks on', () => {
  const as = (role: Role) => {
    const view = open(joined);
    act(() => view.engine.set('session', { personId: ada.id, person: { ...ada, role }, deskName: 'Harbour desk' }));
    return view;
  };
  const queues = () =>
    within(screen.getByRole('navigation', { name: 'Queues' }))
      .getAllByRole('link')
      .map((link) => link.textContent);

  it('says to a viewer why they record nothing, at the button, its key and in the palette', async () => {
    const { user } = as('viewer');
    const button = await screen.findByRole('button', { name: 'New incident' });
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
    expect(button.title).toBe('Viewer may not do this. An agent, a technician or a supervisor can.');
    await user.click(button);
    await user.keyboard('n');
    expect(await screen.findByText(/Viewer may not do this/)).toBeDefined();
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.keyboard('{Control>}k{/Control}');
    const palette = await screen.findByRole('dialog', { name: 'Commands' });
    expect(within(palette).queryByRole('option', { name: /^New incident/ })).toBeNull();
  });

  it('has a viewer’s queues without one of their own, and a requester’s without those of the staff', async () => {
    const { engine } = as('viewer');
    await screen.findByRole('navigation', { name: 'Queues' });
    await waitFor(() => expect(queues()).not.toContain('My work'));
    expect(queues()).toContain('Unassigned');
    act(() =>
      engine.set('session', { personId: ada.id, person: { ...ada, role: 'requester' }, deskName: 'Harbour desk' }),
    );
    await waitFor(() => expect(queues()).toEqual(['On hold', 'Resolved', 'All open', 'All incidents']));
    const [create] = screen.getAllByRole('button', { name: 'New incident' });
    expect(create?.getAttribute('aria-disabled')).toBeNull();
  });

  it('leads whoever comes to a queue that is not theirs to one that is', async () => {
    act(() => navigate({ name: 'queue', queue: 'unassigned' }, 'replace'));
    const { user } = as('requester');
    await waitFor(() => expect(useNavigation.getState().route).toEqual({ name: 'queue', queue: 'allOpen' }));
    await user.keyboard('1');
    expect(await screen.findByText('This queue is for those who work on incidents.')).toBeDefined();
  });
});
