import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Queries } from '#contracts/engine/protocol.ts';
import type { Scope } from '#contracts/sync/scope.ts';
import type { CommandArgs } from '#domain/command/command.ts';
import { err, ok } from '#domain/result.ts';
import { conflict } from '#renderer/features/conflicts/conflict.suite.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { joined, statusOf } from '#renderer/ui/agreement.suite.ts';
import { livingEngine } from '#renderer/ui/incident-fields/living-engine.suite.ts';
import { useNavigation } from '#renderer/ui/navigation.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { IncidentScreen } from './incident-screen.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

async function open(
  args: Partial<CommandArgs['incident.record']> = {},
  prepare?: (living: ReturnType<typeof livingEngine>, id: string) => void,
) {
  const living = livingEngine();
  const id = living.desk.opened(
    { shortDescription: 'Printer is on fire', callerId: 'p-meier', assignmentGroupId: 't-1', ...args },
    { actor: 'p-ben', at: Date.now() - 3_600_000 },
  );
  prepare?.(living, id);
  living.refresh();
  const shown = renderScreen(<IncidentScreen idOrNumber="inc1" />, { engine: living.engine });
  await screen.findByRole('feed', { name: 'Timeline' });
  return { ...living, ...shown, id, now: () => living.desk.at(id) };
}
const button = (name: string) => screen.getByRole('button', { name });
const noButton = (name: string) => expect(screen.queryByRole('button', { name })).toBeNull();
const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }));
const send = (living: ReturnType<typeof livingEngine>, name: 'incident.start' | 'incident.resume', id: string) =>
  living.desk.send(name, { incidentId: id }, { actor: ada.id, at: Date.now() });

describe('Incident screen', () => {
  it('is found by number, and says what it is and who called', async () => {
    await open();
    const region = within(screen.getByRole('region', { name: 'Incident' }));
    region.getByRole('heading', { name: 'INC0000001 Printer is on fire' });
    within(region.getByRole('region', { name: 'Caller' })).getByText('Call the mobile first.');
    for (const name of [
      'Caller',
      'Category',
      'Service',
      'Configuration item',
      'Impact',
      'Urgency',
      'Assignment group',
      'Assigned to',
      'Channel',
    ]) {
      region.getByRole('combobox', { name });
    }
    expect(region.getByRole('combobox', { name: 'Category' })).toHaveProperty('placeholder', 'Add a category');
  });

  it('says at a shared desk what waits to be sent, which entries were not sent, and that it needs the person', async () => {
    const { engine, id } = await open();
    const unsent = { incident: screen.queryByText('Waiting to be sent'), entry: screen.queryByText('not sent yet') };
    expect(unsent).toEqual({ incident: null, entry: null });
    engine.set('status', statusOf('shared'));
    engine.set('conflicts', { items: [conflict({ incidentId: id })], names: {}, decided: null });
    expect(await screen.findByText('Needs you')).toBeDefined();
    const view = await new Promise<NonNullable<Queries['incident']['value']>>((resolve) => {
      const value = (told: Queries['incident']['value']) => told && resolve(told);
      engine.watch('incident', { idOrNumber: id }, { value });
    });
    const timeline = view.timeline.map((activity) => ({ ...activity, seq: null }));
    engine.set('incident', { ...view, timeline, row: { ...view.row, pending: true } });
    expect(await screen.findByText('Waiting to be sent')).toBeDefined();
    const article = await screen.findByRole('article', { name: /^Change, Ben Okri/ });
    expect(within(article).getByText('not sent yet')).toBeDefined();
  });

  it('offers exactly what the state allows, and takes work up', async () => {
    const { user, now } = await open();
    for (const name of ['Start work', 'Put on hold', 'Resolve', 'Transfer', 'Assign to me', 'Cancel incident'])
      button(name);
    for (const name of ['Resume', 'Close', 'Reopen']) noButton(name);
    await user.click(button('Start work'));
    await waitFor(() => noButton('Start work'));
    expect(now()).toMatchObject({ state: 'inProgress', assignedToId: ada.id });
    noButton('Assign to me');
    await screen.findByText('Saved');
    await screen.findByRole('article', { name: /^Change, Ada Lovelace, / });
  });

  it('shows what the role may not do as disabled, with the reason', async () => {
    const { user, engine } = await open({}, ({ desk, engine }) => {
      const viewer = { ...ada, role: 'viewer' as const };
      desk.has('person', viewer);
      queueMicrotask(() => engine.set('session', { personId: ada.id, person: viewer, deskName: 'Harbour desk' }));
    });
    const start = await screen.findByRole('button', { name: 'Start work' });
    await waitFor(() => expect(button('Start work').getAttribute('aria-disabled')).toBe('true'));
    expect(button('Start work').title).toContain('Viewer may not do this');
    await user.click(start);
    expect(engine.submitted()).toEqual([]);
  });

  it('refuses to wait for the caller without telling them, and keeps what was typed over leaving', async () => {
    const { user, now } = await open();
    await user.click(button('Put on hold'));
    let small = await dialog('Put on hold');
    await user.click(small.getByRole('button', { name: 'Put on hold' }));
    expect(small.getByRole('alert').textContent).toContain('A hold needs a reason');
    await user.click(small.getByRole('combobox', { name: 'Hold reason' }));
    await user.click(await screen.findByRole('option', { name: 'Awaiting Caller' }));
    expect(small.getByLabelText('Until')).toHaveProperty('value', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/));
    await user.click(small.getByRole('button', { name: 'Put on hold' }));
    expect((await small.findByRole('alert')).textContent).toContain('needs a reply to the caller');
    await user.type(small.getByRole('textbox', { name: 'Reply to caller' }), 'Which printer is it?');
    await user.click(small.getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(button('Put on hold'));
    small = await dialog('Put on hold');
    await waitFor(() =>
      expect(small.getByRole('textbox', { name: 'Reply to caller' })).toHaveProperty('value', 'Which printer is it?'),
    );
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(now().state).toBe('onHold'));
    expect(now().hold?.reason).toBe('awaitingCaller');
    await screen.findByRole('article', { name: /^Reply to caller, Ada Lovelace, / });
  });

  it('asks for the vendor and the approver when the reason needs one', async () => {
    const { user, now } = await open();
    await user.click(button('Put on hold'));
    const small = await dialog('Put on hold');
    await user.click(small.getByRole('combobox', { name: 'Hold reason' }));
    await user.click(await screen.findByRole('option', { name: 'Awaiting Vendor' }));
    await user.click(small.getByRole('button', { name: 'Put on hold' }));
    expect((await small.findByRole('alert')).textContent).toContain('vendor');
    await user.type(small.getByRole('textbox', { name: 'Vendor' }), 'Acme');
    await user.click(small.getByRole('button', { name: 'Put on hold' }));
    await waitFor(() => expect(now().hold?.vendor).toEqual({ name: 'Acme', reference: null }));
    await user.click(await screen.findByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(now().state).toBe('new'));
  });

  it('resolves with code and notes, reopens with a reason, closes for good', async () => {
    const { user, now } = await open({}, (living, id) => void send(living, 'incident.start', id));
    await user.click(button('Resolve'));
    const small = await dialog('Resolve incident');
    await user.click(small.getByRole('combobox', { name: 'Resolution code' }));
    await user.click(await screen.findByRole('option', { name: 'Solution provided' }));
    await user.type(small.getByRole('textbox', { name: 'Resolution notes' }), 'Extinguished');
    await user.click(small.getByRole('checkbox', { name: 'Caller confirmed' }));
    await user.click(small.getByRole('button', { name: 'Resolve' }));
    await waitFor(() => expect(now().state).toBe('resolved'));
    expect(now().resolution?.confirmedBy).toBe('Anna Meier');

    await user.click(await screen.findByRole('button', { name: 'Reopen' }));
    const again = await dialog('Reopen incident');
    await user.click(again.getByRole('button', { name: 'Reopen' }));
    expect(again.getByRole('alert').textContent).toContain('A reason is needed');
    await user.type(again.getByRole('textbox', { name: 'Reason' }), 'Burns again');
    await user.click(again.getByRole('button', { name: 'Reopen' }));
    await waitFor(() => expect(now().state).toBe('inProgress'));

    await user.keyboard('{Escape}');
    await user.click(await screen.findByRole('button', { name: 'Resolve' }));
    const last = await dialog('Resolve incident');
    await user.click(last.getByRole('combobox', { name: 'Resolution code' }));
    await user.click(await screen.findByRole('option', { name: 'Workaround provided' }));
    await user.type(last.getByRole('textbox', { name: 'Resolution notes' }), 'Bucket');
    await user.click(last.getByRole('button', { name: 'Resolve' }));
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(now().state).toBe('closed'));
    expect(screen.getByRole('textbox', { name: 'Short description' })).toHaveProperty('disabled', true);
    expect(screen.queryByRole('tab', { name: 'Reply to caller' })).toBeNull();
    screen.getByRole('button', { name: 'Add note' });
  });

  it('resolves a duplicate with a link to its original, found by number', async () => {
    const { user, now } = await open(
      {},
      ({ desk }) => void desk.opened({ shortDescription: 'Whole floor burns' }, { actor: 'p-ben' }),
    );
    await user.click(button('Resolve'));
    const small = await dialog('Resolve incident');
    await user.click(small.getByRole('combobox', { name: 'Resolution code' }));
    await user.click(await screen.findByRole('option', { name: 'Duplicate' }));
    await user.type(small.getByRole('textbox', { name: 'Resolution notes' }), 'Same fire');
    await user.click(small.getByRole('button', { name: 'Resolve' }));
    expect((await small.findByRole('alert')).textContent).toContain('A duplicate needs the incident it repeats');
    await user.type(small.getByRole('combobox', { name: 'Duplicate of' }), 'INC0000002');
    await user.click(await screen.findByRole('option', { name: /INC0000002/ }));
    await user.click(small.getByRole('button', { name: 'Resolve' }));
    await waitFor(() => expect(now().duplicateOfId).toBe('incident 2'));
  });

  it('cancels only after a reason, and "Keep incident" leaves everything as it was', async () => {
    const { user, now } = await open();
    await user.click(button('Cancel incident'));
    const small = await dialog('Cancel incident');
    await user.click(small.getByRole('button', { name: 'Confirm cancellation' }));
    expect(small.getByRole('alert').textContent).toContain('A reason is needed');
    await user.click(small.getByRole('button', { name: 'Keep incident' }));
    expect(now().state).toBe('new');
    await user.click(button('Cancel incident'));
    const again = await dialog('Cancel incident');
    await user.click(again.getByRole('combobox', { name: 'Reason' }));
    await user.click(await screen.findByRole('option', { name: 'Spam' }));
    await user.click(again.getByRole('button', { name: 'Confirm cancellation' }));
    await waitFor(() => expect(now().state).toBe('canceled'));
  });

  it('transfers with a hand-over note once work began, and sends back', async () => {
    const { user, now } = await open({}, (living, id) => void send(living, 'incident.start', id));
    await user.click(button('Transfer'));
    const small = await dialog('Transfer');
    await user.click(small.getByRole('combobox', { name: 'Assignment group' }));
    await user.click(await screen.findByRole('option', { name: 'Mail' }));
    await user.click(small.getByRole('button', { name: 'Transfer' }));
    expect((await small.findByRole('alert')).textContent).toContain('a hand-over note is needed');
    await user.type(small.getByRole('textbox', { name: 'Hand-over note' }), 'It is the mail server');
    await user.click(small.getByRole('button', { name: 'Transfer' }));
    await waitFor(() => expect(now().assignmentGroupId).toBe('t-2'));
    await screen.findAllByText(/Waiting for pick-up/);

    await user.click(button('Transfer'));
    const back = await dialog('Transfer');
    await user.type(back.getByRole('textbox', { name: 'Hand-over note' }), 'No, it is not');
    await user.click(back.getByRole('button', { name: 'Send back' }));
    await waitFor(() => expect(now().assignmentGroupId).toBe('t-1'));
  });

  it('overrides the priority with a reason that stays visible', async () => {
    const { user, now } = await open();
    await user.click(button('Override priority'));
    const small = await dialog('Override priority');
    await user.click(small.getByRole('combobox', { name: 'Priority' }));
    await user.keyboard('2');
    await user.type(small.getByRole('textbox', { name: 'Reason' }), 'The board meets there');
    await user.click(small.getByRole('button', { name: 'Override' }));
    await waitFor(() => expect(now().priority).toBe(2));
    expect((await screen.findAllByText('P2 (matrix says P4)')).length).toBeGreaterThan(0);
    await user.click(await screen.findByRole('button', { name: 'Undo last change' }));
    await waitFor(() => expect(now().override).toBeNull());
  });

  it('saves a text on Enter, restores it on Esc, and says so', async () => {
    const { user, now } = await open();
    const title = screen.getByRole('textbox', { name: 'Short description' });
    await user.clear(title);
    await user.type(title, 'Printer smokes{Enter}');
    await waitFor(() => expect(now().shortDescription).toBe('Printer smokes'));
    await screen.findByText('Saved');
    await user.type(title, ' a bit{Escape}');
    expect(title).toHaveProperty('value', 'Printer smokes');
    await user.clear(title);
    await user.tab();
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
    expect(now().shortDescription).toBe('Printer smokes');
  });

  it('saves a chosen field at once and folds runs of such changes to one line', async () => {
    const { user, now } = await open();
    await user.click(screen.getByRole('combobox', { name: 'Impact' }));
    await user.keyboard('1');
    await waitFor(() => expect(now().impact).toBe(1));
    await user.click(screen.getByRole('combobox', { name: 'Category' }));
    await user.click(await screen.findByRole('option', { name: 'Hardware' }));
    await waitFor(() => expect(now().categoryId).toBe('c-1'));
    await user.click(screen.getByRole('combobox', { name: 'Service' }));
    await user.click(await screen.findByRole('option', { name: 'E-mail' }));
    const fold = await screen.findByRole('button', { name: '3 changes' });
    expect(screen.queryByText('Category: Hardware')).toBeNull();
    await user.click(fold);
    await screen.findByText('Impact: One person to A site or a service');
    await screen.findByText('Category: Hardware');
  });
});

describe('Timeline and composer', () => {
  it('adds a work note with Ctrl+Enter, named by kind, author and time', async () => {
    const { user, drafts, now } = await open();
    await user.type(screen.getByRole('textbox', { name: 'Work note' }), 'Looked at it');
    await waitFor(() => expect(drafts.size).toBe(1));
    await user.keyboard('{Control>}{Enter}{/Control}');
    const article = await screen.findByRole('article', { name: /^Work note, internal, Ada Lovelace, \d\d:\d\d$/ });
    within(article).getByText('Internal');
    within(article).getByText('Looked at it');
    expect(now().counts.notes).toBe(1);
    await waitFor(() => expect(drafts.size).toBe(0));
    expect(screen.getByRole('textbox', { name: 'Work note' })).toHaveProperty('value', '');
  });

  it('sends a reply with Ctrl+Shift+Enter and no other key, and takes it back within its 15 seconds', async () => {
    const { user, now } = await open();
    await user.click(screen.getByRole('tab', { name: 'Reply to caller' }));
    const text = screen.getByRole('textbox', { name: 'Reply to caller' });
    await user.type(text, 'We are on it');
    await user.keyboard('{Enter}{Control>}{Enter}{/Control}');
    expect(now().counts.replies).toBe(0);
    await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    const article = await screen.findByRole('article', { name: /^Reply to caller, Ada Lovelace, / });
    within(article).getByText(/Can be undone for \d+ s/);
    await user.click(within(article).getByRole('button', { name: 'Undo' }));
    await within(article).findByText('Withdrawn before it went out');
    expect(now().counts.replies).toBe(0);
  });

  it('says of a reply whose time is over that it was recorded and not delivered, with its text to copy', async () => {
    const { user, host } = await open({}, ({ desk }, id) => {
      const old = { actor: ada.id, at: Date.now() - 60_000 };
      const args = { incidentId: id, entryId: 'e-1', body: 'We are on it', releaseAt: Date.now() - 45_000 };
      desk.send('incident.reply', args, old);
    });
    const article = within(screen.getByRole('article', { name: /^Reply to caller/ }));
    article.getByText('Recorded here; not delivered');
    await user.click(article.getByRole('button', { name: 'Copy' }));
    expect(host.copied).toEqual(['We are on it']);
  });

  it('asks why an entry comes late, and shows when it happened and when it was entered', async () => {
    const { user, engine } = await open();
    const box = screen.getByRole('textbox', { name: 'Work note' });
    await user.type(box, 'Was on site');
    const then = new Date(Date.now() - 40 * 60_000).toISOString().slice(0, 16);
    await user.clear(screen.getByLabelText('Happened at'));
    await user.type(screen.getByLabelText('Happened at'), then);
    await user.click(button('Add note'));
    expect((await screen.findByRole('alert')).textContent).toContain('say why it is entered late');
    await user.type(screen.getByRole('textbox', { name: 'Reason for the late entry' }), 'No network there');
    await user.click(button('Add note'));
    await screen.findByRole('article', { name: /^Work note, internal, Ada Lovelace, .*, entered \d\d:\d\d$/ });
    expect(engine.submitted().at(-1)).toMatchObject({ lateReason: 'No network there' });
  });

  it('keeps a draft for each tab, and brings both back after a kill', async () => {
    const first = await open();
    await first.user.type(screen.getByRole('textbox', { name: 'Work note' }), 'half a note');
    await first.user.click(screen.getByRole('tab', { name: 'Reply to caller' }));
    await first.user.type(screen.getByRole('textbox', { name: 'Reply to caller' }), 'half a reply');
    await waitFor(() => expect(first.drafts.size).toBe(2));
    first.unmount();
    const { user } = renderScreen(<IncidentScreen idOrNumber={first.id} />, { engine: first.engine });
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: 'Work note' })).toHaveProperty('value', 'half a note'),
    );
    await user.click(screen.getByRole('tab', { name: 'Reply to caller' }));
    expect(screen.getByRole('textbox', { name: 'Reply to caller' })).toHaveProperty('value', 'half a reply');
  });

  it('moves from entry to entry with Page Up and Page Down, and filters', async () => {
    const { user } = await open({}, ({ desk }, id) => {
      for (const entryId of ['e-1', 'e-2'])
        desk.send('incident.note', { incidentId: id, entryId, body: entryId }, { actor: 'p-ben', at: Date.now() });
    });
    const articles = screen.getAllByRole('article');
    expect(articles).toHaveLength(3);
    articles[0]?.focus();
    await user.keyboard('{PageDown}');
    expect(document.activeElement).toBe(articles[1]);
    await user.keyboard('{PageDown}{PageUp}');
    expect(document.activeElement).toBe(articles[1]);
    await user.click(button('Notes'));
    expect(screen.getAllByRole('article')).toHaveLength(2);
    await user.click(button('Conversation'));
    screen.getByText('Nothing of this kind yet.');
  });

  it('marks what is new since this person looked', async () => {
    const first = await open();
    first.unmount();
    first.desk.send(
      'incident.note',
      { incidentId: first.id, entryId: 'e-9', body: 'News' },
      { actor: 'p-ben', at: Date.now() },
    );
    first.refresh();
    renderScreen(<IncidentScreen idOrNumber={first.id} />, { engine: first.engine });
    await screen.findByText('New since you looked');
  });
});

describe('an incident that is not on this device', () => {
  const openMissing = (scope: Scope | undefined, idOrNumber = 'INC0012345') => {
    const engine = createFakeEngine({ connection: joined({ scope }), incident: (() => null) as never });
    return renderScreen(<IncidentScreen idOrNumber={idOrNumber} />, { engine });
  };
  const part: Scope = { teamIds: ['t-1'], siteIds: [], closedFor: 90 };

  it('is not there, where everything is kept', async () => {
    openMissing(undefined);
    expect(await screen.findByText(/There is no incident with that number or alias here for you/)).toBeDefined();
    noButton('Ask the server for INC0012345');
  });

  it('can be asked for where only a part is kept, and is then shown in its place', async () => {
    const { engine, user } = openMissing(part, 'CS0048123');
    engine.answer('bringHere', () => ok({ incidentId: 'i-9' }));
    expect(await screen.findByRole('heading', { name: 'CS0048123 is not on this device' })).toBeDefined();
    expect(screen.getByText(/on this device, which keeps only a part/)).toBeDefined();
    await user.click(button('Ask the server for CS0048123'));
    await waitFor(() => expect(useNavigation.getState().route).toEqual({ name: 'incident', idOrNumber: 'i-9' }));
    expect(engine.calls).toEqual([{ name: 'bringHere', args: { personId: ada.id, number: 'CS0048123' } }]);
  });

  it('says where the server knows none either, and why it could not be asked', async () => {
    const { engine, user } = openMissing(part);
    engine.answer('bringHere', () => ok({ incidentId: null }));
    const ask = await screen.findByRole('button', { name: 'Ask the server for INC0012345' });
    await user.click(ask);
    const words = 'The server knows no INC0012345, or it is not for you.';
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe(words));
    engine.answer('bringHere', () => err({ code: 'network', network: 'timedOut' }));
    await user.click(ask);
    expect((await screen.findByRole('alert')).textContent).toContain('did not answer in time');
    expect(screen.queryByText(words)).toBeNull();
  });

  it('is not called by an id that nobody reads out', async () => {
    const { container, engine, user } = openMissing(part, '0b6f9c1e-6a54-4a5e-9b1e-3c2f7b9a1d20');
    engine.answer('bringHere', () => ok({ incidentId: null }));
    await user.click(await screen.findByRole('button', { name: 'Ask the server for it' }));
    expect(
      await screen.findByText('The server did not find it, or it is not for you. Ask for it by its number.'),
    ).toBeDefined();
    expect(container.textContent).not.toContain('0b6f9c1e');
    expect(engine.calls).toEqual([
      { name: 'bringHere', args: { personId: ada.id, number: '0b6f9c1e-6a54-4a5e-9b1e-3c2f7b9a1d20' } },
    ]);
  });
});
