import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineStatus, ImportProgress } from '#contracts/engine/protocol.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { selectAlso, useGridState } from '#renderer/features/queue/grid-state.ts';
import { createFakeEngine, type FakeEngine } from '#renderer/platform/fake-engine.ts';
import { adoptSettings, usualSettings } from '#renderer/platform/settings-store.ts';
import { statusOf } from '#renderer/ui/agreement.suite.ts';
import { followHistory, navigate, useNavigation } from '#renderer/ui/navigation.ts';
import { ada } from '#renderer/ui/render-screen.tsx';
import { expectSample, exploreSample } from '#renderer/ui/sample-store.ts';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { described, openDesk } from './desk.suite.ts';
import { closeDialog } from './dialogs.ts';

const counts = Object.fromEntries(QUEUE_IDS.map((queue, index) => [queue, index * 1000])) as Record<
  QueueId,
  number | null
>;
const status = statusOf('alone', { incidents: 24_918 });

const open = (changes: Partial<EngineStatus> = {}, engine: FakeEngine = createFakeEngine()) =>
  openDesk({ engine, status: { ...status, ...changes }, boot: { person: ada }, counts: { ...counts, atRisk: null } });

beforeEach(() => {
  adoptSettings(usualSettings);
  navigate({ name: 'queue', queue: 'myWork' }, 'replace');
});
afterEach(() => {
  cleanup();
  closeDialog();
});

describe('the desk', () => {
  it('does not offer the next person what the one before did to take back, or chose to do something to', async () => {
    const { engine } = open();
    await screen.findByRole('navigation', { name: 'Queues' });
    act(() => useUndoStore.getState().offer({ sentence: 'INC0000007 assigned to you.', commandIds: ['c-1'] }));
    expect((await screen.findByRole('region', { name: 'Undo' })).textContent).toContain('INC0000007');
    const { queueRow } = await import('#renderer/features/queue/queue-row.suite.ts');
    act(() => selectAlso([queueRow()]));
    expect(await screen.findByRole('toolbar', { name: 'Bulk actions' })).toBeDefined();
    const bo = { ...ada, id: 'p-bo', name: 'Bo Diddley' };
    act(() => engine.set('session', { personId: bo.id, person: bo, deskName: 'Harbour desk' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Undo' })).toBeNull());
    expect(screen.queryByRole('toolbar', { name: 'Bulk actions' })).toBeNull();
  });

  it('has every queue as a link whose exact count is its description, in plain digits', async () => {
    open();
    const navigation = await screen.findByRole('navigation', { name: 'Queues' });
    const names = within(navigation)
      .getAllByRole('link')
      .map((link) => link.textContent);
    expect(names).toEqual([
      'My work',
      'Unassigned',
      'My team',
      'At risk',
      'Breached',
      'On hold',
      'Major incidents',
      'Resolved',
      'All open',
      'All incidents',
      'Triage',
    ]);
    await waitFor(() =>
      expect(described(within(navigation).getByRole('link', { name: 'All incidents' }))).toBe('9000'),
    );
    expect(described(within(navigation).getByRole('link', { name: 'At risk' }))).toContain('not kept yet');
    expect(within(navigation).getByRole('link', { name: 'My work' }).getAttribute('aria-current')).toBe('page');
  });

  it('has its contract names in the top bar and in the status bar', async () => {
    open();
    expect(await screen.findByRole('searchbox', { name: 'Search incidents' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'New incident' })).toBeDefined();
    await waitFor(() => expect(described(screen.getByRole('button', { name: 'Alerts' }))).toBe('2 not acknowledged'));
    expect(screen.getByRole('status', { name: 'Sync' }).textContent).toBe('Saved on this device');
  });

  it('goes to a queue by its digit and back by the window’s history', async () => {
    const stop = followHistory({ name: 'queue', queue: 'myWork' });
    const { user } = open();
    await screen.findByRole('navigation', { name: 'Queues' });
    await user.keyboard('2');
    expect(useNavigation.getState().route).toEqual({ name: 'queue', queue: 'unassigned' });
    expect(screen.getByRole('heading', { level: 1, name: 'Unassigned' })).toBeDefined();
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    await waitFor(() => expect(useNavigation.getState().route).toEqual({ name: 'queue', queue: 'myWork' }));
    stop();
  });

  it('shows its keys with ? and every action with Ctrl+K', async () => {
    const { user } = open();
    await screen.findByRole('navigation', { name: 'Queues' });
    await user.keyboard('?');
    expect(await screen.findByRole('dialog', { name: 'Keyboard' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    await user.keyboard('{Control>}k{/Control}');
    const palette = await screen.findByRole('dialog', { name: 'Commands' });
    await user.type(within(palette).getByRole('combobox', { name: 'Command' }), 'go to triage{Enter}');
    await waitFor(() => expect(useNavigation.getState().route).toEqual({ name: 'queue', queue: 'triage' }));
  });

  it('leaves single keys alone once they are switched off', async () => {
    const { user } = open();
    await screen.findByRole('navigation', { name: 'Queues' });
    act(() => adoptSettings({ ...usualSettings, singleKeys: false }));
    await user.keyboard('2');
    expect(useNavigation.getState().route).toEqual({ name: 'queue', queue: 'myWork' });
  });

  it('follows what main asks of it', async () => {
    const { host } = open();
    await screen.findByRole('navigation', { name: 'Queues' });
    act(() => host.request({ type: 'navigate', route: { name: 'queue', queue: 'onHold' } }));
    expect(screen.getByRole('heading', { level: 1, name: 'On hold' })).toBeDefined();
    act(() => host.request({ type: 'action', action: 'keyboard' }));
    expect(await screen.findByRole('dialog', { name: 'Keyboard' })).toBeDefined();
  });

  it('suggests incidents as one types, politely counts them, and opens the chosen one', async () => {
    const engine = createFakeEngine();
    const { queueRow } = await import('#renderer/features/queue/queue-row.suite.ts');
    engine.set('search', {
      total: 1,
      hits: [{ ...queueRow({ number: 'INC0000042' }), matched: 'text' }],
      reading: null,
    });
    engine.set('incident', null as never);
    const { user } = open({}, engine);
    const box = await screen.findByRole('searchbox');
    await user.type(box, 'outlook');
    expect(await screen.findByRole('listbox', { name: 'Search suggestions' })).toBeDefined();
    expect(screen.getByText('1 incident matches')).toBeDefined();
    await user.keyboard('{ArrowDown}');
    expect(box.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id);
    await user.keyboard('{Enter}');
    expect(useNavigation.getState().route).toEqual({ name: 'incident', idOrNumber: 'INC0000042' });
  });
});

describe('the search box', () => {
  const nothing = { total: 0, hits: [] };

  it('says how much it has read instead of that nothing was found', async () => {
    const engine = createFakeEngine();
    engine.set('search', { ...nothing, reading: { done: 1_200, total: 24_918 } });
    const { user } = open({}, engine);
    await user.type(await screen.findByRole('searchbox'), 'outlook');
    expect(await screen.findByText('Nothing found yet: still reading texts, 1,200 of 24,918 incidents.')).toBeDefined();
    expect(screen.queryByText('No incident matches')).toBeNull();
    act(() => engine.set('search', { ...nothing, reading: null }));
    expect(screen.getAllByText('No incident matches').length).toBeGreaterThan(0);
  });

  it('keeps its text while its results are shown and is empty anywhere else', async () => {
    const engine = createFakeEngine();
    engine.set('search', { ...nothing, reading: null });
    const { user } = open({}, engine);
    const box = await screen.findByRole('searchbox');
    await user.type(box, 'outlook{Enter}');
    expect(useNavigation.getState().route).toEqual({ name: 'queue', queue: 'allIncidents' });
    expect(box).toHaveProperty('value', 'outlook');
    act(() => navigate({ name: 'settings' }));
    expect(box).toHaveProperty('value', '');
    await user.type(box, 'half a thou');
    act(() => navigate({ name: 'queue', queue: 'myWork' }));
    expect(box).toHaveProperty('value', '');
    act(() => navigate({ name: 'queue', queue: 'allIncidents' }));
    expect(box).toHaveProperty('value', 'outlook');
    await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(box).toHaveProperty('value', '');
  });
});

describe('keys that lead to a queue', () => {
  const grid = () => screen.getByRole('grid');

  it('give the grid the focus: a digit, and a search that is listed', async () => {
    const engine = createFakeEngine();
    engine.set('search', { total: 0, hits: [], reading: null });
    const { user } = open({}, engine);
    await screen.findByRole('navigation', { name: 'Queues' });
    await user.keyboard('2');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid', { name: 'Unassigned' })));
    await user.type(screen.getByRole('searchbox'), 'outlook{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid', { name: 'All incidents' })));
    expect(grid()).toBeDefined();
  });

  it('begin a new search at its first row', async () => {
    const engine = createFakeEngine();
    const { queueRow } = await import('#renderer/features/queue/queue-row.suite.ts');
    const rows = [1, 2, 3].map((n) => queueRow({ id: `i-${n}`, number: `INC000000${n}` }));
    const { user } = open({}, engine);
    engine.set('search', { total: 3, hits: [], reading: null });
    engine.set('list', { total: 3, from: 0, rows });
    act(() => navigate({ name: 'queue', queue: 'allIncidents' }));
    await waitFor(() => expect(useGridState.getState().id).toBe('i-1'));
    act(() => grid().focus());
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(useGridState.getState().index).toBe(2);
    await user.type(screen.getByRole('searchbox'), 'printer{Enter}');
    await waitFor(() => expect(useGridState.getState()).toMatchObject({ index: 0, id: 'i-1' }));
  });
});

describe('an import in the background', () => {
  const running: ImportProgress = {
    importId: 'import-1',
    name: 'log.csv',
    dryRun: false,
    phase: 'reading',
    bytesRead: 34,
    bytesTotal: 100,
    rowsRead: 9,
    incidents: 3,
    report: null,
    error: null,
  };

  it('is told at the foot of the desk with the way back to it, and its end with the way to the report', async () => {
    const engine = createFakeEngine();
    const { user } = open({}, engine);
    act(() => engine.set('importProgress', running));
    await user.click(await screen.findByRole('button', { name: 'Importing log.csv: 34 %' }));
    const dialog = await screen.findByRole('dialog', { name: 'Import incidents' });
    expect(within(dialog).getByRole('button', { name: 'Stop' })).toBeDefined();
    await user.click(within(dialog).getByRole('button', { name: 'Go on in the background' }));
    await screen.findByRole('button', { name: 'Importing log.csv: 34 %' });
    const end = { phase: 'failed', error: { code: 'importTruncated' } } as const;
    act(() => engine.set('importProgress', { ...running, ...end }));
    const foot = screen.getByRole('status', { name: 'Import in the background' });
    await waitFor(() => expect(foot.textContent).toBe('The import of log.csv failed. Nothing of it was kept.'));
    await user.click(screen.getByRole('button', { name: 'Report' }));
    expect((await screen.findByRole('dialog', { name: 'Import incidents' })).textContent).toContain(
      'ends in the middle',
    );
    expect(foot.textContent).toBe('');
  });

  it('says nothing of one that ended before this window saw it', async () => {
    const engine = createFakeEngine();
    open({}, engine);
    act(() => engine.set('importProgress', { ...running, phase: 'stopped' }));
    const foot = await screen.findByRole('status', { name: 'Import in the background' });
    expect(foot.textContent).toBe('');
  });
});

describe('a desk that is being filled with sample data', () => {
  it('says how many incidents are made, in the rows’ place, and never that nothing is there', async () => {
    const engine = createFakeEngine();
    open({ sample: { done: 120, total: 600 } }, engine);
    expect(await screen.findByText('Making sample data… 120 of 600 incidents')).toBeDefined();
    expect(screen.getByRole('progressbar', { name: 'Making sample data…' })).toHaveProperty('value', 120);
    expect(screen.queryByText(/Nothing assigned to you/)).toBeNull();
    act(() => engine.set('status', status));
    expect(screen.queryByText(/Nothing assigned to you/)).toBeNull();
    expect(await screen.findByText(/Nothing assigned to you/, {}, { timeout: 3_000 })).toBeDefined();
  });

  it('knows it from the moment it was asked for, and says what went wrong', async () => {
    const engine = createFakeEngine();
    open({}, engine);
    act(() => expectSample(true));
    expect(await screen.findByText('Making sample data… 0 of 600 incidents')).toBeDefined();
    engine.answer('loadSample', () => ({ ok: false, error: { code: 'diskFull' } }));
    await act(() => exploreSample(engine));
    expect((await screen.findByRole('alert')).textContent).toContain('No sample data was made. The disk is full');
    act(() => expectSample(false));
  });
});

describe('a desk in trouble', () => {
  const troubles = [
    'newerDatabase',
    'newerJournal',
    'databaseBlocked',
    'diskFull',
    'journalFailed',
    'otherEngine',
  ] as const;

  it.each(troubles)('has a screen of its own for %s, with a way to try again', async (trouble) => {
    const { engine, user } = open({ phase: 'blocked', trouble });
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByRole('heading', { level: 1 })).toBeDefined();
    expect(within(alert).getAllByText(/./, { selector: 'p' })).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(engine.calls.map((call) => call.name)).toContain('retry');
    expect(screen.getByRole('status', { name: 'Sync' }).textContent).not.toBe('Saved on this device');
  });

  it('says above the queues what happened while it can still show them', async () => {
    open({ phase: 'ready', trouble: 'diskFull' });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Free some space');
    expect(within(alert).getByRole('button', { name: 'Retry' })).toBeDefined();
    expect(screen.getByRole('navigation', { name: 'Queues' })).toBeDefined();
  });

  it('says how far it has come while it rebuilds', async () => {
    open({ phase: 'reconciling', progress: { done: 1200, total: 24_918 } });
    await waitFor(() =>
      expect(screen.getByRole('status', { name: 'Sync' }).textContent).toBe('Rebuilding 1,200 of 24,918'),
    );
  });
});
