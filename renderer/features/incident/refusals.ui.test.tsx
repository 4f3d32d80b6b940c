import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusedWith } from '#renderer/platform/fake-engine.ts';
import { livingEngine } from '#renderer/ui/incident-fields/living-engine.suite.ts';
import { forgetNotNow, perform } from '#renderer/ui/keys/action-store.ts';
import type { ActionId } from '#renderer/ui/keys/actions.ts';
import { NotNowStatus } from '#renderer/ui/keys/not-now.tsx';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { IncidentScreen } from './incident-screen.tsx';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  forgetNotNow();
  useUndoStore.setState({ deed: null, undone: [] });
});

type Living = ReturnType<typeof livingEngine>;

async function open(prepare?: (living: Living, id: string) => void) {
  const living = livingEngine();
  const id = living.desk.opened(
    { shortDescription: 'Printer is on fire', callerId: 'p-meier', assignmentGroupId: 't-1' },
    { actor: 'p-ben', at: Date.now() - 3_600_000 },
  );
  prepare?.(living, id);
  living.refresh();
  const screenOf = (
    <>
      <IncidentScreen idOrNumber={id} />
      <NotNowStatus />
    </>
  );
  const shown = renderScreen(screenOf, { engine: living.engine });
  await screen.findByRole('feed', { name: 'Timeline' });
  return { ...living, ...shown, id, now: () => living.desk.at(id) };
}
const begun = ({ desk }: Living, incidentId: string) =>
  void desk.send('incident.start', { incidentId }, { actor: ada.id, at: Date.now() });
const resolved = (living: Living, incidentId: string) => {
  begun(living, incidentId);
  const resolution = { incidentId, resolutionCode: 'solutionProvided', resolutionNotes: 'Water' } as const;
  living.desk.send('incident.resolve', resolution, { actor: ada.id, at: Date.now() });
};
const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }));

function describedBy(field: HTMLElement): string {
  const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent).join(' ');
}

/** The field has the keys, is marked, and is described by the sentence. */
async function isRefused(field: HTMLElement, sentence: string): Promise<void> {
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(describedBy(field)).toContain(sentence);
}

describe('A refusal leads to its field', () => {
  it('in "Put on hold", one missing thing after the other', async () => {
    const { user, now } = await open();
    await user.click(screen.getByRole('button', { name: 'Put on hold' }));
    const small = await dialog('Put on hold');
    const confirm = () => user.click(small.getByRole('button', { name: 'Put on hold' }));
    const reason = small.getByRole('combobox', { name: 'Hold reason' });
    await confirm();
    await isRefused(reason, 'A hold needs a reason. Nothing was changed yet');
    await user.click(reason);
    await user.click(await screen.findByRole('option', { name: 'Awaiting Caller' }));
    expect(reason.getAttribute('aria-invalid')).not.toBe('true');
    await confirm();
    await isRefused(small.getByRole('textbox', { name: 'Reply to caller' }), 'needs a reply to the caller');
    await user.click(reason);
    await user.click(await screen.findByRole('option', { name: 'Awaiting Vendor' }));
    await confirm();
    await isRefused(small.getByRole('textbox', { name: 'Vendor' }), 'needs the vendor’s name');
    await user.click(reason);
    await user.click(await screen.findByRole('option', { name: 'Awaiting Approval' }));
    await confirm();
    await isRefused(small.getByRole('textbox', { name: 'Approver' }), 'needs the approver’s name');
    await user.keyboard('Grace');
    const until = small.getByLabelText('Until');
    fireEvent.change(until, { target: { value: '2020-01-01T10:00' } });
    small.getByText(/1 Jan 2020, 10:00/);
    await confirm();
    await isRefused(until, 'The hold must end in the future');
    expect(now().state).toBe('new');
  });

  it('in "Resolve incident"', async () => {
    const { user } = await open(begun);
    await user.click(screen.getByRole('button', { name: 'Resolve' }));
    const small = await dialog('Resolve incident');
    const confirm = () => user.click(small.getByRole('button', { name: 'Resolve' }));
    const code = small.getByRole('combobox', { name: 'Resolution code' });
    await confirm();
    await isRefused(code, 'A resolution code is needed');
    await user.click(code);
    await user.click(await screen.findByRole('option', { name: 'Duplicate' }));
    await confirm();
    await isRefused(small.getByRole('textbox', { name: 'Resolution notes' }), 'Resolution notes are needed');
    await user.keyboard('Same fire');
    await confirm();
    await isRefused(small.getByRole('combobox', { name: 'Duplicate of' }), 'A duplicate needs the incident');
  });

  it('in "Transfer", "Cancel incident" and "Override priority"', async () => {
    const { user } = await open(begun);
    await user.click(screen.getByRole('button', { name: 'Transfer' }));
    const transfer = await dialog('Transfer');
    const group = transfer.getByRole('combobox', { name: 'Assignment group' });
    await user.click(transfer.getByRole('button', { name: 'Transfer' }));
    await isRefused(group, 'An assignment group is needed');
    await user.click(group);
    await user.click(await screen.findByRole('option', { name: 'Mail' }));
    await user.click(transfer.getByRole('button', { name: 'Transfer' }));
    await isRefused(transfer.getByRole('textbox', { name: 'Hand-over note' }), 'a hand-over note is needed');
    await user.click(transfer.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    await user.click(screen.getByRole('button', { name: 'Cancel incident' }));
    const cancel = await dialog('Cancel incident');
    await user.click(cancel.getByRole('button', { name: 'Confirm cancellation' }));
    await isRefused(cancel.getByRole('combobox', { name: 'Reason' }), 'A reason is needed');
    await user.click(cancel.getByRole('button', { name: 'Keep incident' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    await user.click(screen.getByRole('button', { name: 'Override priority' }));
    const override = await dialog('Override priority');
    await user.click(override.getByRole('button', { name: 'Override' }));
    await isRefused(override.getByRole('textbox', { name: 'Reason' }), 'A reason is needed');
  });

  it('in "Reopen incident"', async () => {
    const { user } = await open(resolved);
    await user.click(screen.getByRole('button', { name: 'Reopen' }));
    const small = await dialog('Reopen incident');
    await user.click(small.getByRole('button', { name: 'Reopen' }));
    await isRefused(small.getByRole('textbox', { name: 'Reason' }), 'A reason is needed');
  });

  it('in the composer: the time, written again in the desk’s own way, or the missing reason', async () => {
    const { user } = await open();
    const at = screen.getByLabelText('Happened at');
    screen.getByText('Empty means now');
    await user.type(screen.getByRole('textbox', { name: 'Work note' }), 'Was on site');
    await user.type(at, '2020-01-01T10:00');
    screen.getByText('1 Jan 2020, 10:00');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    await isRefused(at, 'lies before the incident was opened');
    await user.clear(at);
    await user.type(at, new Date(Date.now() - 40 * 60_000).toISOString().slice(0, 16));
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    await isRefused(screen.getByRole('textbox', { name: 'Reason for the late entry' }), 'more than 15 minutes ago');
  });
});

describe('Half a date', () => {
  /** As a browser tells of a field that reads as '' and is not empty. */
  const halfFilled = (field: HTMLElement) => Object.defineProperty(field, 'validity', { value: { badInput: true } });

  it('is not sent as "now" with a note', async () => {
    const { user, engine } = await open();
    const at = screen.getByLabelText('Happened at');
    await user.type(screen.getByRole('textbox', { name: 'Work note' }), 'Was on site');
    halfFilled(at);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await isRefused(at, 'no whole date and time');
    expect(describedBy(at)).not.toContain('Empty means now');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    expect(engine.submitted()).toEqual([]);
  });

  it('is not taken for the usual end of a hold', async () => {
    const { user, engine } = await open();
    await user.click(screen.getByRole('button', { name: 'Put on hold' }));
    const small = await dialog('Put on hold');
    await user.click(small.getByRole('combobox', { name: 'Hold reason' }));
    await user.click(await screen.findByRole('option', { name: 'Awaiting Parts' }));
    halfFilled(small.getByLabelText('Until'));
    await user.click(small.getByRole('button', { name: 'Put on hold' }));
    await isRefused(small.getByLabelText('Until'), 'no whole date and time');
    expect(engine.submitted()).toEqual([]);
  });
});

describe('A refusal of an edit in place', () => {
  it('stands below its field, which is marked and described by it, while the keys stay where they went', async () => {
    const { user, engine } = await open();
    const title = screen.getByRole('textbox', { name: 'Short description' });
    await user.clear(title);
    await user.tab();
    await waitFor(() => expect(title.getAttribute('aria-invalid')).toBe('true'));
    expect(describedBy(title)).toContain('A short description is needed');
    expect(document.activeElement).not.toBe(title);

    engine.answer('submit', () => refusedWith({ code: 'fieldChangedMeanwhile', details: { field: 'impact' } }));
    const impact = screen.getByRole('combobox', { name: 'Impact' });
    await user.click(impact);
    await user.keyboard('1');
    await waitFor(() => expect(impact.getAttribute('aria-invalid')).toBe('true'));
    expect(describedBy(impact)).toContain('Somebody changed this field meanwhile');
  });
});

describe('A key in vain on an incident', () => {
  it('says why: the state, that it is so already, or which command leads back', async () => {
    await open((living, id) => {
      living.desk.send('incident.assign', { incidentId: id, assignedToId: ada.id }, { actor: ada.id, at: Date.now() });
      resolved(living, id);
    });
    const sentences: readonly (readonly [ActionId, string])[] = [
      ['start', 'Start work: not while the incident is Resolved.'],
      ['hold', 'Put on hold: not while the incident is Resolved.'],
      ['assignToMe', 'It is assigned to you already.'],
      ['undo', 'This cannot be taken back. Nothing was changed; use “Reopen” instead.'],
    ];
    for (const [action, sentence] of sentences) {
      act(() => void perform(action));
      await screen.findByText(sentence);
    }
  });
});

describe('What was written with an undone command', () => {
  const reply = (living: Living, incidentId: string) =>
    void living.desk.send(
      'incident.reply',
      { incidentId, entryId: 'e-1', body: 'We are on it', releaseAt: Date.now() + 15_000 },
      { actor: ada.id, at: Date.now() },
    );
  const undo = () => act(() => void perform('undo'));
  const field = () => screen.findByRole('textbox', { name: 'Reply to caller' });

  it('is back in the field it was written in, and kept as a draft', async () => {
    const { drafts, now } = await open(reply);
    undo();
    await waitFor(() => expect(now().counts.replies).toBe(0));
    await waitFor(async () => expect(await field()).toHaveProperty('value', 'We are on it'));
    screen.getByText('Undone. Its text is back in the field.');
    await waitFor(() => expect([...drafts.values()][0]?.content).toMatchObject({ body: 'We are on it' }));
  });

  it('waits beside a field that holds something else, and can be put below it', async () => {
    const { user, now } = await open(reply);
    await user.click(screen.getByRole('tab', { name: 'Reply to caller' }));
    await user.type(await field(), 'Another thing');
    undo();
    await waitFor(() => expect(now().counts.replies).toBe(0));
    const add = await screen.findByRole('button', { name: 'Add it below' });
    expect(await field()).toHaveProperty('value', 'Another thing');
    await user.click(add);
    expect(await field()).toHaveProperty('value', 'Another thing\n\nWe are on it');
    expect(screen.queryByRole('button', { name: 'Add it below' })).toBeNull();
  });

  it('comes back also when the undo was given elsewhere, and only once', async () => {
    const first = await open(reply);
    const commandId = first.desk.timeline(first.id).at(-1)?.cause?.commandId ?? '';
    act(() => useUndoStore.getState().tellUndone([commandId]));
    await waitFor(async () => expect(await field()).toHaveProperty('value', 'We are on it'));
    await first.user.clear(await field());
    first.unmount();
    renderScreen(<IncidentScreen idOrNumber={first.id} />, { engine: first.engine });
    await screen.findByRole('feed', { name: 'Timeline' });
    await first.user.click(screen.getByRole('tab', { name: 'Reply to caller' }));
    expect(await field()).toHaveProperty('value', '');
  });
});
