import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import { QUEUE_IDS, type QueueId } from '#domain/queue/queues.ts';
import { conflict } from '#renderer/features/conflicts/conflict.suite.ts';
import { createFakeEngine, type FakeEngine, refusedWith } from '#renderer/platform/fake-engine.ts';
import { statusOf } from '#renderer/ui/agreement.suite.ts';
import { performOffered } from '#renderer/ui/keys/perform-offered.suite.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { clearSelection, useGridState } from './grid-state.ts';
import { queueRow } from './queue-row.suite.ts';
import { QueueScreen } from './queue-screen.tsx';
import { changeView, clearFilters } from './view-store.ts';

const counts = Object.fromEntries(QUEUE_IDS.map((queue) => [queue, 3])) as Record<QueueId, number>;
const three = [
  queueRow({ id: 'i-1', number: 'INC0000001', shortDescription: 'Outlook does not open' }),
  queueRow({
    id: 'i-2',
    number: 'INC0000002',
    shortDescription: 'VPN drops',
    state: 'inProgress',
    ownerId: ada.id,
    ownerName: ada.name,
  }),
  queueRow({
    id: 'i-3',
    number: 'INC0000003',
    shortDescription: 'No network',
    priority: 1,
    state: 'onHold',
    holdReason: 'awaitingVendor',
  }),
];
const listOf = (rows: readonly QueueRow[], total = rows.length) => ({ total, from: 0, rows });

function open(rows: readonly QueueRow[] = three, queue: QueueId = 'allOpen', engine: FakeEngine = createFakeEngine()) {
  engine.set('list', listOf(rows));
  engine.set('drafts', []);
  engine.set('chosen', {
    total: rows.length,
    rows: rows.map((row) => ({ ...row, begun: row.state === 'inProgress' })),
  });
  return renderScreen(
    <QueueScreen
      queue={queue}
      counts={{ ...counts, atRisk: null as unknown as number }}
      firstPage={null}
      onSample={() => undefined}
    />,
    { engine },
  );
}
const rowsShown = () => screen.getAllByRole('row').slice(1);
const ready = () => screen.findByRole('row', { name: /INC0000001/ });

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 1060 });
  useGridState.setState({ queue: null, index: 0, id: null, column: null, peeking: false });
  clearSelection();
  clearFilters('allOpen');
});
afterEach(cleanup);

describe('the queue grid', () => {
  it('marks at a shared desk what waits to be sent and what needs the person, and nothing at a desk alone', async () => {
    const engine = createFakeEngine({
      status: statusOf('alone'),
      conflicts: { items: [conflict({ incidentId: 'i-2' })], names: {}, decided: null },
    });
    const [first = queueRow(), ...others] = three;
    open([{ ...first, pending: true }, ...others], 'allOpen', engine);
    await ready();
    expect(screen.queryByRole('img', { name: 'Waiting to be sent' })).toBeNull();
    act(() => engine.set('status', statusOf('shared')));
    const row = (name: RegExp) => within(screen.getByRole('row', { name }));
    expect(await row(/INC0000001/).findByRole('img', { name: 'Waiting to be sent' })).toBeDefined();
    expect(await row(/INC0000002/).findByRole('img', { name: 'Needs you' })).toBeDefined();
    expect(row(/INC0000002/).queryByRole('img', { name: 'Waiting to be sent' })).toBeNull();
    expect(row(/INC0000003/).queryByRole('img', { name: /Needs|Waiting/ })).toBeNull();
  });

  it('is named as its queue, counts its incidents and numbers its rows from 1', async () => {
    open();
    await ready();
    const grid = screen.getByRole('grid', { name: 'All open' });
    expect(grid.getAttribute('aria-rowcount')).toBe('3');
    const [header] = screen.getAllByRole('row');
    expect(header?.hasAttribute('aria-rowindex')).toBe(false);
    expect(rowsShown().map((row) => row.getAttribute('aria-rowindex'))).toEqual(['1', '2', '3']);
    expect(within(rowsShown()[0] as HTMLElement).getAllByRole('gridcell')[0]?.textContent).toBe('INC0000001');
  });

  it('says state, priority and owner in words', async () => {
    open();
    await ready();
    const [, second, third] = rowsShown() as HTMLElement[];
    expect(within(third as HTMLElement).getByRole('img', { name: 'P1 Critical' })).toBeDefined();
    expect(third?.textContent).toContain('On Hold, Awaiting Vendor');
    expect(second?.textContent).toContain('Me');
  });

  it('moves with arrows and names the row it is on', async () => {
    const { user } = open();
    await ready();
    const grid = screen.getByRole('grid');
    act(() => grid.focus());
    await user.keyboard('{ArrowDown}');
    expect(grid.getAttribute('aria-activedescendant')).toBe(rowsShown()[1]?.id);
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(grid.getAttribute('aria-activedescendant')).toBe(`${rowsShown()[1]?.id}-priority`);
  });

  it('opens the peek with Space and follows the keyboard', async () => {
    const { user } = open();
    await ready();
    act(() => screen.getByRole('grid').focus());
    await user.keyboard(' ');
    expect(
      within(screen.getByRole('region', { name: 'Peek' })).getByRole('heading', { name: 'Outlook does not open' }),
    ).toBeDefined();
    await performOffered('nextRow');
    expect(
      within(screen.getByRole('region', { name: 'Peek' })).getByRole('heading', { name: 'VPN drops' }),
    ).toBeDefined();
  });
});

describe('bulk actions', () => {
  it('stand as a toolbar while rows are selected and act on each of them', async () => {
    const { engine, user } = open();
    await ready();
    await performOffered('select');
    await performOffered('nextRow');
    await performOffered('select');
    expect(rowsShown().map((row) => row.getAttribute('aria-selected'))).toEqual(['true', 'true', 'false']);
    const bar = screen.getByRole('toolbar', { name: 'Bulk actions' });
    await user.click(within(bar).getByRole('button', { name: 'Assign to me' }));
    await waitFor(() => expect(engine.submitted()).toHaveLength(2));
    expect(engine.submitted().map(({ name, args }) => [name, args])).toEqual([
      ['incident.assign', { incidentId: 'i-1', assignedToId: ada.id, from: null }],
      ['incident.assign', { incidentId: 'i-2', assignedToId: ada.id, from: ada.id }],
    ]);
    await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull());
    expect(useUndoStore.getState().deed?.commandIds).toHaveLength(2);
  });

  it('tell for each refused row what happened and leave it selected', async () => {
    const engine = createFakeEngine();
    engine.answer('submit', (command) =>
      JSON.stringify(command.args).includes('i-2')
        ? refusedWith({ code: 'wrongState' })
        : { ok: true, value: { lsn: 1, number: null } },
    );
    const { user } = open(three, 'allOpen', engine);
    await ready();
    await performOffered('select');
    await performOffered('nextRow');
    await performOffered('select');
    await user.click(screen.getByRole('button', { name: 'Start work' }));
    const dialog = await screen.findByRole('dialog', { name: 'What happened' });
    expect(within(dialog).getByRole('alert').textContent).toContain('1 was changed, 1 was refused');
    expect(within(dialog).getByRole('listitem').textContent).toContain('INC0000002');
  });

  it('resolve with the same dialog as a single incident, which says what is missing at its field', async () => {
    const { engine, user } = open();
    await ready();
    await performOffered('resolve');
    const dialog = await screen.findByRole('dialog', { name: 'Resolve incident' });
    const fields = ['Resolution code', 'Resolution notes'].map((name) => within(dialog).getByLabelText(name));
    expect(fields.map((field) => field.getAttribute('aria-required'))).toEqual(['true', 'true']);
    expect(within(dialog).queryByText('*')).toBeNull();
    expect(within(dialog).getByText(/^For INC0000001\./)).toBeDefined();
    const confirm = within(dialog).getByRole('button', { name: 'Resolve' });
    await user.click(confirm);
    expect(within(dialog).getByRole('alert').textContent).toContain('A resolution code is needed');
    await user.click(within(dialog).getByRole('combobox', { name: 'Resolution code' }));
    await user.click(screen.getByRole('option', { name: 'Solution provided' }));
    await user.click(confirm);
    expect(within(dialog).getByRole('alert').textContent).toContain('Resolution notes are needed');
    await user.type(within(dialog).getByRole('textbox', { name: 'Resolution notes' }), ' Restarted ');
    await user.click(confirm);
    await waitFor(() => expect(engine.submitted()).toHaveLength(1));
    expect(engine.submitted()[0]?.args).toEqual({
      incidentId: 'i-1',
      resolutionCode: 'solutionProvided',
      resolutionNotes: 'Restarted',
    });
  });

  it('ask for a group and a note before a transfer', async () => {
    const engine = createFakeEngine();
    engine.set('directory', ({ kind }) =>
      kind === 'team' ? [{ id: 't-2', name: 'Network', active: true, source: null }] : [],
    );
    engine.set('people', []);
    const { user } = open(three, 'allOpen', engine);
    await ready();
    await performOffered('transfer');
    const dialog = await screen.findByRole('dialog', { name: 'Transfer' });
    await user.click(within(dialog).getByRole('combobox', { name: 'Assignment group' }));
    await user.keyboard('net');
    await screen.findByRole('option', { name: 'Network' });
    await user.keyboard('{Enter}');
    await user.type(within(dialog).getByRole('textbox', { name: 'Hand-over note' }), 'Needs the firewall log');
    await user.click(within(dialog).getByRole('button', { name: 'Transfer' }));
    await waitFor(() => expect(engine.submitted()).toHaveLength(1));
    expect(engine.submitted()[0]?.args).toEqual({
      incidentId: 'i-1',
      assignmentGroupId: 't-2',
      note: 'Needs the firewall log',
    });
  });
});

describe('a live queue', () => {
  const four = [queueRow({ id: 'i-0', number: 'INC0000009' }), ...three];

  it('shows what others changed at once while nobody has a hand on it', async () => {
    const { engine } = open();
    await ready();
    act(() => engine.set('list', listOf(four)));
    expect(rowsShown()[0]?.textContent).toContain('INC0000009');
  });

  it('holds its rows under the pointer, says how many changes wait, and shows them on demand', async () => {
    const { engine, user } = open();
    await ready();
    await user.hover(screen.getByRole('row', { name: /INC0000001/ }));
    act(() => engine.set('list', listOf(four)));
    expect(rowsShown()[0]?.textContent).toContain('INC0000001');
    await user.click(screen.getByRole('button', { name: '1 change, show' }));
    expect(rowsShown()[0]?.textContent).toContain('INC0000009');
  });

  it('shows held changes as soon as the pointer leaves', async () => {
    const { engine, user } = open();
    await ready();
    await user.hover(screen.getByRole('row', { name: /INC0000001/ }));
    act(() => engine.set('list', listOf(four)));
    await user.unhover(screen.getByRole('grid'));
    await user.hover(screen.getByRole('heading', { name: 'All open' }));
    await waitFor(() => expect(rowsShown()[0]?.textContent).toContain('INC0000009'));
  });
});

describe('filters', () => {
  it('come from a cell, stand as chips and can be taken away', async () => {
    const { engine, user } = open();
    await ready();
    await user.pointer({
      keys: '[MouseRight]',
      target: within(rowsShown()[2] as HTMLElement).getByText('On Hold', { exact: false }),
    });
    await user.click(await screen.findByRole('menuitem', { name: 'Filter out “On Hold”' }));
    expect(screen.getByRole('list', { name: 'Filters' }).textContent).toContain('not State: On Hold');
    engine.set('list', ({ spec }) => listOf(spec.filters.length > 0 ? three.slice(0, 2) : three));
    await waitFor(() => expect(rowsShown()).toHaveLength(2));
    await user.click(screen.getByRole('button', { name: 'Remove filter not State: On Hold' }));
    await waitFor(() => expect(rowsShown()).toHaveLength(3));
  });

  it('say so when nothing matches, and offer to clear them', async () => {
    const { engine, user } = open();
    await ready();
    engine.set('list', ({ spec }) => listOf(spec.text === '' ? three : []));
    act(() => changeView('allOpen', { text: 'zebra' }));
    expect(await screen.findByText('0 of 3 match.')).toBeDefined();
    const [clear] = screen.getAllByRole('button', { name: 'Clear filters' });
    await user.click(clear as HTMLElement);
    await waitFor(() => expect(rowsShown()).toHaveLength(3));
  });
});

describe('an empty queue', () => {
  it('explains a queue whose content is not kept yet instead of counting 0', async () => {
    open([], 'atRisk');
    expect(await screen.findByText(/once this desk keeps service levels/)).toBeDefined();
    expect(screen.getByText('Not kept yet')).toBeDefined();
  });
});
