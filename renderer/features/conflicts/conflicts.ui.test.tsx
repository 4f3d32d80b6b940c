import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AgreementQueries, Conflict, Connection } from '#contracts/engine/agreement.ts';
import type { Draft } from '#contracts/host/engine-host.ts';
import { err, ok } from '#domain/result.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { joined } from '#renderer/ui/agreement.suite.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { useNavigation } from '#renderer/ui/navigation.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { conflict, refusedRecording } from './conflict.suite.ts';
import { ConflictsDialog } from './conflicts-dialog.tsx';

type Inbox = AgreementQueries['conflicts']['value'];

interface Opening extends Partial<Omit<Inbox, 'items'>> {
  readonly connection?: Partial<Connection>;
  readonly drafts?: readonly Draft[];
}

/** The dialog at a desk that can open the form of a new incident. */
function Desk({ onClose, onForm }: { readonly onClose: () => void; readonly onForm: () => void }) {
  useAction('newIncident', onForm);
  return <ConflictsDialog opened onClose={onClose} />;
}

function open(items: readonly Conflict[], { connection, drafts = [], ...rest }: Opening = {}) {
  const inbox: Inbox = { items, names: {}, decided: null, ...rest };
  const engine = createFakeEngine({
    connection: joined({ parked: items.length, ...connection }),
    conflicts: inbox,
    drafts,
  });
  const onClose = vi.fn();
  const onForm = vi.fn();
  const view = renderScreen(<Desk onClose={onClose} onForm={onForm} />, { engine });
  const tell = (changes: Partial<Inbox>) => act(() => engine.set('conflicts', { ...inbox, ...changes }));
  return { ...view, onClose, onForm, tell };
}

const three = [
  conflict(),
  conflict({ commandId: 'c-2', number: 'INC0000043', shortDescription: 'VPN drops' }),
  conflict({ commandId: 'c-3', number: 'INC0000044', shortDescription: 'Door locked', alike: 'other' }),
];
const chosen = () => screen.getByRole('option', { selected: true }).textContent;

afterEach(cleanup);

describe('the conflicts', () => {
  it('say what was wanted, why it was refused, who changed it and when', async () => {
    open([conflict({ name: 'incident.resolve', refusal: { code: 'closedIsFinal' } })]);
    const detail = await screen.findByRole('region', { name: 'Conflict' });
    expect(within(detail).getByRole('heading', { name: 'Resolve INC0000042 Printer offline' })).toBeDefined();
    expect(detail.textContent).toContain('The incident is closed by now');
    expect(detail.textContent).toContain('Recorded 1 h ago');
    expect(detail.textContent).toContain('Changed last by Grace Hopper, 5 min ago');
  });

  it('set values side by side, in words and with names', async () => {
    open(
      [
        conflict({
          fields: [
            { field: 'assignedToId', base: null, theirs: 'p-grace', mine: ada.id },
            { field: 'urgency', base: 3, theirs: 1, mine: 2 },
            { field: 'tags', base: ['a'], theirs: [], mine: ['a', 'b'] },
          ],
        }),
      ],
      { names: { 'p-grace': 'Grace Hopper', [ada.id]: ada.name } },
    );
    const table = await screen.findByRole('table', { name: 'Before, there now, and mine' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['Field', 'Before', 'There now', 'Mine']);
    const cells = (name: string) =>
      within(within(table).getByRole('row', { name: new RegExp(`^${name}`) }))
        .getAllByRole('cell')
        .map((cell) => cell.textContent);
    expect(cells('Assigned to')).toEqual(['Nothing', 'Grace Hopper', 'Ada Lovelace']);
    expect(cells('Urgency')).toEqual(['Can wait', 'Cannot work, no way round', 'Hindered']);
    expect(cells('Tags')).toEqual(['a', 'Nothing', 'a, b']);
  });

  it('show no “Before” where nobody knows what was there before', async () => {
    open([conflict({ name: 'incident.start', fields: [{ field: 'state', theirs: 'resolved', mine: 'inProgress' }] })]);
    const row = await screen.findByRole('row', { name: /^State/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['Resolved', 'In Progress']);
    expect(screen.queryByRole('columnheader', { name: 'Before' })).toBeNull();
    expect(screen.getByRole('table', { name: 'There now, and mine' })).toBeDefined();
  });

  it('show long texts whole, with what was added and taken out marked', async () => {
    const base = 'The printer on the third floor is offline since Monday morning.';
    const mine = 'The printer on the third floor is offline since Monday morning. Power cycled twice.';
    const theirs = 'The printer on the second floor is offline since Monday morning.';
    open([conflict({ fields: [{ field: 'description', base, theirs, mine }] })]);
    const row = await screen.findByRole('row', { name: /^Description/ });
    const [before, now, my] = within(row).getAllByRole('cell');
    expect(before?.textContent).toBe(base);
    expect(now?.querySelector('del')?.textContent).toBe('third');
    expect(now?.querySelector('ins')?.textContent).toBe('second');
    expect(my?.textContent).toBe(mine);
    expect(my?.querySelector('ins')?.textContent).toContain('Power cycled twice.');
  });

  it('show a text that was written anew as it is, without marking every word', async () => {
    const base = 'The printer on the third floor is offline since Monday morning.';
    const theirs = 'Toner ordered; expected on Thursday, Jonas will put it in himself then.';
    open([conflict({ fields: [{ field: 'description', base, theirs, mine: base }] })]);
    const row = await screen.findByRole('row', { name: /^Description/ });
    expect(within(row).getAllByRole('cell')[1]?.textContent).toBe(theirs);
    expect(row.querySelector('ins')).toBeNull();
  });

  it('show a text once where there is nothing to compare it with', async () => {
    const text = 'The dial tone is gone since this morning.';
    open([conflict({ fields: [{ field: 'description', base: null, theirs: null, mine: text }], text })]);
    expect(await screen.findAllByText(text)).toHaveLength(1);
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.getByRole('region', { name: 'What you typed' })).toBeDefined();
  });

  it('keep what was typed in full, to be copied', async () => {
    const text = `First line\n\n${'word '.repeat(800)}end`;
    const { host, user } = open([conflict({ name: 'incident.reply', text })]);
    const typed = await screen.findByRole('region', { name: 'What you typed' });
    expect(typed.querySelector('p')?.textContent).toBe(text);
    await user.click(within(typed).getByRole('button', { name: 'Copy' }));
    expect(host.copied).toEqual([text]);
    expect(await within(typed).findByText('Copied.')).toBeDefined();
  });

  it.each([
    ['Keep mine', 'mine'],
    ['Keep theirs', 'theirs'],
    ['Add mine as a note', 'note'],
  ] as const)('are decided by “%s”, and the next one has the keys', async (name, decision) => {
    const { engine, user, tell } = open(three);
    engine.answer('decideConflicts', () => ok({ decided: 1, refused: [] }));
    await user.click(await screen.findByRole('button', { name }));
    expect(engine.calls).toEqual([
      { name: 'decideConflicts', args: { personId: ada.id, commandIds: ['c-1'], decision } },
    ]);
    await waitFor(() => expect(chosen()).toContain('INC0000043'));
    tell({ items: three.slice(1) });
    expect(chosen()).toContain('INC0000043');
    expect(document.activeElement).toBe(screen.getByRole('listbox', { name: 'Conflicts' }));
  });

  it('offer only what can be decided, each button with what it does', async () => {
    open([conflict({ decisions: ['theirs'] })]);
    const button = await screen.findByRole('button', { name: 'Keep theirs' });
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'Leaves what stands there now',
    );
    expect(screen.queryByRole('button', { name: 'Keep mine' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Open as a form' })).toBeNull();
  });

  it('are decided together with all like them', async () => {
    const { engine, user } = open(three);
    engine.answer('decideConflicts', () => ok({ decided: 2, refused: [] }));
    await user.click(await screen.findByRole('checkbox', { name: 'Apply to all 2 like it' }));
    await user.click(screen.getByRole('button', { name: 'Keep theirs' }));
    expect(engine.calls[0]?.args).toMatchObject({ commandIds: ['c-1', 'c-2'], decision: 'theirs' });
    await waitFor(() => expect(chosen()).toContain('INC0000044'));
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('forget “all like it” when another one is looked at', async () => {
    const { user } = open(three);
    await user.click(await screen.findByRole('checkbox'));
    await user.click(screen.getByRole('option', { name: /INC0000043/ }));
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false);
  });

  it('say one by one which could not be decided, and keep those', async () => {
    const { engine, user } = open(three);
    const refusal = { code: 'closedIsFinal' };
    engine.answer('decideConflicts', () => ok({ decided: 1, refused: [{ commandId: 'c-2', refusal }] }));
    await user.click(await screen.findByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Keep mine' }));
    const told = await screen.findByRole('alert');
    expect(
      within(told)
        .getAllByRole('listitem')
        .map((line) => line.textContent),
    ).toEqual([expect.stringMatching(/^INC0000043 VPN drops: The incident is closed/)]);
    expect(chosen()).toContain('INC0000043');
  });

  it('say what kept a decision from being made at all', async () => {
    const { engine, user } = open(three);
    engine.answer('decideConflicts', () => err({ code: 'diskFull' }));
    await user.click(await screen.findByRole('button', { name: 'Keep mine' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
    expect(chosen()).toContain('INC0000042');
  });

  it('offer the last decision’s undo, also when the dialog is opened again', async () => {
    const decided = { commandIds: ['c-1', 'c-2', 'c-3'], decision: 'theirs', at: Date.now() } as const;
    const { engine, user, tell } = open([], { decided });
    const strip = await screen.findByRole('region', { name: 'Last decision' });
    expect(strip.textContent).toContain('Kept theirs in 3 conflicts.');
    engine.answer('undoDecision', () => ok(null));
    await user.click(within(strip).getByRole('button', { name: 'Undo' }));
    expect(engine.calls).toEqual([
      { name: 'undoDecision', args: { personId: ada.id, commandIds: ['c-1', 'c-2', 'c-3'] } },
    ]);
    tell({ items: three, decided: null });
    expect(await screen.findByText('Taken back. The conflicts are here again.')).toBeDefined();
    expect(chosen()).toContain('INC0000042');
    expect(document.activeElement).toBe(screen.getByRole('listbox'));
  });

  it('show what hangs on a refused recording beneath it, and not as a conflict of its own', async () => {
    open(refusedRecording());
    expect(await screen.findAllByRole('option')).toHaveLength(1);
    const hanging = screen.getByRole('region', { name: '2 more hang on this recording and go with it' });
    expect(hanging.textContent).toContain('Add a work note to No dial tone');
    expect(hanging.textContent).toContain('Checked the patch panel.');
    expect(screen.getByText('1 change was refused.', { exact: false })).toBeDefined();
  });

  it('open a refused recording as a form that holds everything typed', async () => {
    const { engine, user, onForm } = open(refusedRecording());
    await user.click(await screen.findByRole('button', { name: 'Open as a form' }));
    expect(onForm).toHaveBeenCalledOnce();
    expect(engine.calls.map(({ name }) => name)).toEqual(['saveDraft']);
    expect(engine.calls[0]?.args).toMatchObject({
      draft: {
        kind: 'newIncident',
        person: ada.id,
        content: {
          decides: 'c-rec',
          shortDescription: 'No dial tone',
          description: 'Line dead since this morning.\n\nChecked the patch panel.',
          channel: 'walkIn',
          impact: 2,
          urgency: 1,
          assumed: false,
          callerId: 'p-2',
          configurationItemId: 'ci-1',
          assignmentGroupId: 't-1',
          resolutionCode: 'solutionProvided',
          resolutionNotes: 'Cable replaced.',
        },
      },
    });
  });

  it('go on with the form where it was opened before and not recorded', async () => {
    const content = { decides: 'c-rec', shortDescription: 'No dial tone at all' };
    const begun: Draft = { id: 'd-1', person: ada.id, kind: 'newIncident', incidentId: null, content, updatedAt: 5 };
    const { engine, user } = open(refusedRecording(), { drafts: [begun] });
    await user.click(await screen.findByRole('button', { name: 'Open as a form' }));
    expect(engine.calls[0]?.args).toMatchObject({ draft: { id: 'd-1', content } });
  });

  it('are walked through by the keyboard alone', async () => {
    const { user } = open(three);
    const list = await screen.findByRole('listbox', { name: 'Conflicts' });
    await waitFor(() => expect(document.activeElement).toBe(list));
    await user.keyboard('j{ArrowDown}');
    expect(chosen()).toContain('INC0000044');
    await user.keyboard('k');
    expect(chosen()).toContain('INC0000043');
    await user.keyboard('{Home}');
    expect(chosen()).toContain('INC0000042');
    await user.keyboard('{End}{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep mine' }));
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep theirs' }));
  });

  it('open their incident', async () => {
    const { user, onClose } = open([conflict()]);
    await user.click(await screen.findByRole('button', { name: 'Open INC0000042' }));
    expect(onClose).toHaveBeenCalled();
    expect(useNavigation.getState().route).toEqual({ name: 'incident', idOrNumber: 'i-42' });
  });

  it('say how many belong to others at this desk', async () => {
    open([conflict()], { connection: { parked: 4 } });
    expect(await screen.findByText(/^3 more belong to others at this desk/)).toBeDefined();
  });

  it('say what would come here when there is nothing', async () => {
    open([]);
    expect(await screen.findByText(/^No conflicts\./)).toBeDefined();
  });
});
