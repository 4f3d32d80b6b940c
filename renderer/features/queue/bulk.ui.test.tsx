import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Choice, ChosenRow, QueueRow } from '#contracts/engine/protocol.ts';
import type { Draft } from '#contracts/host/engine-host.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { createFakeEngine, refusedWith } from '#renderer/platform/fake-engine.ts';
import { performOffered } from '#renderer/ui/keys/perform-offered.suite.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { forgetShared } from './bulk-dialog.tsx';
import { clearSelection, selectAlso, useGridState } from './grid-state.ts';
import { queueRow } from './queue-row.suite.ts';
import { QueueScreen } from './queue-screen.tsx';
import { changeView, clearFilters } from './view-store.ts';

const LOADED = 60;
const numbered = (place: number, changes: Partial<QueueRow> = {}) =>
  queueRow({ id: `i-${place}`, number: `INC${String(place).padStart(7, '0')}`, ...changes });
const chosenRow = (row: QueueRow): ChosenRow => ({ ...row, begun: row.state === 'inProgress' });

/** A queue of `total` incidents, of which a window only ever holds a stretch; every second one is being worked on. */
function open(total: number) {
  const engine = createFakeEngine();
  const all = Array.from({ length: total }, (_, place) =>
    numbered(place, place % 2 === 1 ? { state: 'inProgress' } : {}),
  );
  const asked: Choice[] = [];
  const visible = (text: string) => (text === '' ? all : all.filter((row) => row.number.endsWith(text)));
  engine.set('list', ({ spec, from }) => {
    const rows = visible(spec.text);
    return { total: rows.length, from, rows: rows.slice(from, from + LOADED) };
  });
  engine.set('chosen', ({ of }) => {
    asked.push(of);
    const within = 'ids' in of ? of.within : of.list;
    const listed = visible(within?.text ?? '');
    const meant = 'ids' in of ? listed.filter((row) => of.ids.includes(row.id)) : listed;
    const ends = 'list' in of && of.between ? of.between.map((id) => meant.findIndex((row) => row.id === id)) : null;
    const rows = ends ? meant.slice(Math.min(...ends), Math.max(...ends) + 1) : meant;
    return { total: rows.length, rows: rows.slice(0, 5_000).map(chosenRow) };
  });
  engine.set('drafts', []);
  engine.set('directory', ({ kind }) =>
    kind === 'team' ? [{ id: 't-2', name: 'Network', active: true, source: null }] : [],
  );
  engine.set('people', []);
  const counts = Object.fromEntries(QUEUE_IDS.map((queue) => [queue, total])) as Record<QueueId, number>;
  const shown = renderScreen(
    <QueueScreen queue="allIncidents" counts={counts} firstPage={null} onSample={() => undefined} />,
    { engine },
  );
  return { ...shown, engine, asked, all };
}
const ready = () => screen.findByRole('row', { name: /INC0000000/ });
const grid = () => screen.getByRole('grid');
const said = () => within(screen.getByRole('toolbar', { name: 'Bulk actions' })).getByRole('status').textContent;
const dialogOf = (name: string) => screen.findByRole('dialog', { name });

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 1060 });
  useGridState.setState({ queue: null, index: 0, id: null, column: null, peeking: false });
  clearSelection();
  clearFilters('allIncidents');
  forgetShared();
  useUndoStore.setState({ deed: null });
});
afterEach(cleanup);

describe('a selection beyond what is in sight', () => {
  it('holds every row of the list when all are selected, as it is filtered now', async () => {
    const { user } = open(500);
    await ready();
    act(() => grid().focus());
    await user.keyboard('{Control>}a{/Control}');
    await waitFor(() => expect(said()).toBe('500 selected'));
    await user.keyboard('{Escape}');
    act(() => changeView('allIncidents', { text: '7' }));
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('50'));
    act(() => grid().focus());
    await user.keyboard('{Control>}a{/Control}');
    await waitFor(() => expect(said()).toBe('50 selected'));
  });

  it('says how many there are when it cannot hold them all', async () => {
    const { user } = open(7_000);
    await ready();
    act(() => grid().focus());
    await user.keyboard('{Control>}a{/Control}');
    await waitFor(() => expect(said()).toContain('The first 5,000 of 7,000 selected'));
  });

  it('holds a whole range, however much of it was ever in sight', async () => {
    const { user, all } = open(500);
    await ready();
    act(() => useGridState.setState({ index: 450, id: all[450]?.id ?? null }));
    // jsdom never scrolls: the row at the other end is the one still drawn.
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('row', { name: /INC0000002/ }));
    await user.keyboard('{/Shift}');
    await waitFor(() => expect(said()).toBe('449 selected'));
  });

  it('loses what a filter hides, and the filters stay in sight beside it', async () => {
    open(40);
    await ready();
    await performOffered('select');
    await performOffered('nextRow');
    await performOffered('select');
    expect(said()).toBe('2 selected');
    act(() => changeView('allIncidents', { text: '1' }));
    await waitFor(() => expect(said()).toBe('1 selected'));
    expect(screen.getByRole('list', { name: 'Filters' }).textContent).toContain('Text: 1');
    expect(screen.getByRole('button', { name: 'Clear filters' })).toBeDefined();
  });
});

describe('a deed on several', () => {
  const select = (rows: readonly QueueRow[]) => act(() => selectAlso(rows));

  it('asks for the hand-over note before anything moves when work has begun on some', async () => {
    const { user, engine, all } = open(4);
    await ready();
    select(all);
    await user.click(screen.getByRole('button', { name: 'Transfer' }));
    const dialog = await dialogOf('Transfer');
    await within(dialog).findByText('Work has begun on 2 of them, so a hand-over note is needed.');
    await user.click(within(dialog).getByRole('combobox', { name: 'Assignment group' }));
    await user.keyboard('net{Enter}');
    await user.click(within(dialog).getByRole('button', { name: 'Transfer' }));
    expect(within(dialog).getByRole('alert').textContent).toContain('a hand-over note is needed');
    expect(engine.submitted()).toEqual([]);
    await user.type(within(dialog).getByRole('textbox', { name: 'Hand-over note' }), 'Both need the log');
    await user.click(within(dialog).getByRole('button', { name: 'Transfer' }));
    await waitFor(() => expect(engine.submitted()).toHaveLength(4));
  });

  it('knows of a hold and a resolution beforehand what some would be refused for', async () => {
    const { user, engine, all } = open(4);
    await ready();
    select([...all, numbered(9, { state: 'closed' })]);
    engine.set('chosen', {
      total: 5,
      rows: [...all, numbered(9, { state: 'closed' })].map(chosenRow),
    });
    await user.click(screen.getByRole('button', { name: 'Put on hold' }));
    const dialog = await dialogOf('Put on hold');
    await within(dialog).findByText(/1 of them is in a state that does not allow this; it stays as it is\./);
    await user.click(within(dialog).getByRole('combobox', { name: 'Hold reason' }));
    await user.click(screen.getByRole('option', { name: 'Awaiting Caller' }));
    await user.click(within(dialog).getByRole('button', { name: 'Put on hold' }));
    expect(within(dialog).getByRole('alert').textContent).toContain('needs a reply to the caller');
    expect(engine.submitted()).toEqual([]);
  });

  it('does not hold for the usual time where half a date is typed', async () => {
    const { user, engine, all } = open(4);
    await ready();
    select(all);
    await user.click(screen.getByRole('button', { name: 'Put on hold' }));
    const dialog = await dialogOf('Put on hold');
    await user.click(within(dialog).getByRole('combobox', { name: 'Hold reason' }));
    await user.click(screen.getByRole('option', { name: 'Awaiting Parts' }));
    const until = within(dialog).getByLabelText('Until');
    // As a browser tells of a field that reads as '' and is not empty.
    Object.defineProperty(until, 'validity', { value: { badInput: true } });
    await user.click(within(dialog).getByRole('button', { name: 'Put on hold' }));
    expect(within(dialog).getByRole('alert').textContent).toContain('no whole date and time');
    expect(document.activeElement).toBe(until);
    expect(engine.submitted()).toEqual([]);
  });

  it('leaves selected only what was refused, says what was so already, and gives the grid the keys', async () => {
    const { user, engine, all } = open(4);
    await ready();
    engine.answer('submit', ({ args }) => {
      const text = JSON.stringify(args);
      if (text.includes('i-1')) return refusedWith({ code: 'nothingChanged' });
      if (text.includes('i-2')) return refusedWith({ code: 'closedIsFinal' });
      return { ok: true, value: { lsn: 1, number: null } };
    });
    select(all);
    act(() => grid().focus());
    await performOffered('assignToMe');
    const results = await dialogOf('What happened');
    expect(within(results).getByRole('alert').textContent).toBe('2 were changed, 1 was refused. 1 was so already. ');
    expect(within(results).getAllByRole('listitem')).toHaveLength(1);
    expect([...useGridState.getState().selected.keys()]).toEqual(['i-2']);
    await user.click(within(results).getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(document.activeElement).toBe(grid()));
  });

  it('says once why several were refused, with their numbers', async () => {
    const { engine, all } = open(4);
    await ready();
    engine.answer('submit', ({ args }) =>
      refusedWith({ code: JSON.stringify(args).includes('i-1') ? 'closedIsFinal' : 'wrongState' }),
    );
    select(all);
    await performOffered('assignToMe');
    const reasons = within(await dialogOf('What happened')).getAllByRole('listitem');
    expect(reasons).toHaveLength(2);
    const [some, one] = [...reasons].sort((a, b) => (b.textContent?.length ?? 0) - (a.textContent?.length ?? 0));
    expect([some, one].map((reason) => reason?.textContent?.match(/INC\d+/g)?.length)).toEqual([3, 1]);
  });

  it('is no failure when all of it was so already', async () => {
    const { user, engine, all } = open(2);
    await ready();
    engine.answer('submit', () => refusedWith({ code: 'nothingChanged' }));
    select(all);
    await user.click(screen.getByRole('button', { name: 'Assign to me' }));
    await waitFor(() => expect(useUndoStore.getState().deed?.sentence).toBe('2 were so already.'));
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(grid()));
  });

  it('names the command that leads back from what cannot be undone', async () => {
    const { user, all } = open(2);
    await ready();
    select(all.slice(0, 1));
    await user.click(screen.getByRole('button', { name: 'Start work' }));
    await waitFor(() =>
      expect(useUndoStore.getState().deed).toMatchObject({ proper: 'incident.hold', commandIds: [] }),
    );
  });
});

describe('what was typed in a dialog over the queue', () => {
  const note = async () => within(await dialogOf('Transfer')).getByRole('textbox', { name: 'Hand-over note' });
  const saved = (engine: ReturnType<typeof open>['engine']) =>
    engine.calls.findLast(({ name }) => name === 'saveDraft')?.args as { draft: Draft } | undefined;

  it('is the draft the incident’s own dialog goes on with, and is consumed by the command', async () => {
    const { user, engine } = open(4);
    await ready();
    await performOffered('transfer');
    await user.type(await note(), 'Half a thought');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(saved(engine)?.draft).toMatchObject({ kind: 'dialog', incidentId: 'i-0' }));
    const draft = saved(engine)?.draft;
    expect(draft?.content).toMatchObject({ slot: 'transfer', note: 'Half a thought' });
    await performOffered('transfer');
    expect(await note()).toHaveProperty('value', 'Half a thought');
    await user.click(screen.getByRole('combobox', { name: 'Assignment group' }));
    await user.keyboard('net{Enter}');
    await user.click(within(await dialogOf('Transfer')).getByRole('button', { name: 'Transfer' }));
    await waitFor(() => expect(engine.submitted()[0]).toMatchObject({ draftId: draft?.id, personId: ada.id }));
  });

  it('is kept for several until the deed is done', async () => {
    const { user, engine, all } = open(4);
    await ready();
    act(() => selectAlso(all));
    await performOffered('transfer');
    await user.type(await note(), 'For all of them');
    await user.keyboard('{Escape}');
    await performOffered('transfer');
    expect(await note()).toHaveProperty('value', 'For all of them');
    await user.click(screen.getByRole('combobox', { name: 'Assignment group' }));
    await user.keyboard('net{Enter}');
    await user.click(within(await dialogOf('Transfer')).getByRole('button', { name: 'Transfer' }));
    await waitFor(() => expect(engine.submitted()).toHaveLength(4));
    await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull());
    expect(saved(engine)).toBeUndefined();
    act(() => selectAlso(all));
    await performOffered('transfer');
    expect(await note()).toHaveProperty('value', '');
  });
});

describe('the head of a column', () => {
  const head = (name: string) => screen.getByRole('columnheader', { name });

  it('sorts by it, turns the order round when pressed again, and leaves columns without an order plain', async () => {
    const { user, engine } = open(4);
    await ready();
    engine.set('list', ({ spec }) => {
      const rows = [numbered(0), numbered(1)];
      return { total: 2, from: 0, rows: spec.order.descending ? rows.toReversed() : rows };
    });
    expect(head('Number').getAttribute('aria-sort')).toBeNull();
    await user.click(within(head('Number')).getByRole('button'));
    expect(head('Number').getAttribute('aria-sort')).toBe('ascending');
    await user.click(within(head('Number')).getByRole('button'));
    expect(head('Number').getAttribute('aria-sort')).toBe('descending');
    await waitFor(() => expect(screen.getAllByRole('row')[1]?.textContent).toContain('INC0000001'));
    await user.click(within(head('Updated')).getByRole('button'));
    expect(head('Updated').getAttribute('aria-sort')).toBe('descending');
    expect(head('Number').getAttribute('aria-sort')).toBeNull();
    expect(within(head('Short description')).queryByRole('button')).toBeNull();
    expect(document.activeElement).toBe(grid());
    changeView('allIncidents', { order: { key: 'queue', descending: false } });
  });
});
