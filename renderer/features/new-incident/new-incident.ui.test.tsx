import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SubmitArgs } from '#contracts/engine/protocol.ts';
import { refusedWith } from '#renderer/platform/fake-engine.ts';
import { livingEngine } from '#renderer/ui/incident-fields/living-engine.suite.ts';
import { useNavigation } from '#renderer/ui/navigation.ts';
import { useRecordedStore } from '#renderer/ui/recorded-store.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { NewIncidentDialog } from './new-incident-dialog.tsx';
import { RecordedNotice } from './recorded-notice.tsx';

function open(living = livingEngine()) {
  const onClose = vi.fn();
  const shown = renderScreen(<Shown onClose={onClose} />, { engine: living.engine });
  return { ...living, ...shown, onClose };
}
/** The dialog as the desk shows it: gone once closed, with the notice beside it. */
function Shown({ onClose }: { readonly onClose: () => void }) {
  const [opened, setOpened] = useState(true);
  const close = () => {
    setOpened(false);
    onClose();
  };
  return (
    <>
      <RecordedNotice />
      {opened && <NewIncidentDialog opened onClose={close} />}
    </>
  );
}
const dialog = () => screen.findByRole('dialog', { name: 'New incident' });
/** What a screen reader says of a field after its name. */
const described = (field: HTMLElement) =>
  (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');
const combo = (name: string) => screen.getByRole('combobox', { name });
const text = (name: string) => screen.getByRole('textbox', { name });

afterEach(() => {
  cleanup();
  useRecordedStore.getState().dismiss();
});

describe('New incident', () => {
  it('has the fields, buttons, lists and status of the contract', async () => {
    open();
    const here = within(await dialog());
    for (const name of ['Short description', 'Description']) here.getByRole('textbox', { name });
    for (const name of [
      'Caller',
      'Channel',
      'Category',
      'Service',
      'Configuration item',
      'Impact',
      'Urgency',
      'Assignment group',
      'Assigned to',
      'Model',
    ])
      here.getByRole('combobox', { name });
    expect(here.getByRole('status', { name: 'Priority' }).textContent).toContain('P4 Low, one person, hindered');
    here.getByRole('button', { name: 'Create incident' });
    here.getByRole('button', { name: 'Create and resolve' });
    here.getByRole('list', { name: 'Similar incidents' });
    here.getByRole('list', { name: 'Known errors' });
  });

  it('goes through its fields by Tab in the order of the design', async () => {
    const { user } = open();
    await dialog();
    await waitFor(() => expect(document.activeElement).toBe(combo('Caller')));
    const order = [
      'Short description',
      'Impact',
      'Urgency',
      'Model',
      'Category',
      'Service',
      'Configuration item',
      'Assignment group',
      'Assigned to',
      'Description',
      'Channel',
    ];
    for (const name of order) {
      await user.tab();
      const field = screen.queryByRole('combobox', { name }) ?? text(name);
      expect(document.activeElement).toBe(field);
    }
  });

  it('records with the keyboard alone: four letters, Enter, text, digits, Ctrl+Enter', async () => {
    const { user, desk, drafts } = open();
    await dialog();
    await waitFor(() => expect(document.activeElement).toBe(combo('Caller')));
    await user.keyboard('meie');
    const options = within(await screen.findByRole('listbox', { name: 'Caller options' }));
    await options.findByRole('option', { name: /Anna Meier.*Hafen.*4711/ });
    await options.findByRole('option', { name: "New person 'meie'" });
    await user.keyboard('{Enter}{Tab}Outlook will not open{Tab}3{Tab}2');
    expect(screen.getByRole('status', { name: 'Priority' }).textContent).toContain('P4 Low, one person, hindered');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('INC0000001');
    const incident = [...desk.incidents.values()][0];
    expect(incident).toMatchObject({
      callerId: 'p-meier',
      shortDescription: 'Outlook will not open',
      impact: 3,
      urgency: 2,
      assumed: false,
      channel: 'phone',
    });
    expect(drafts.size).toBe(0);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open incident' })));
    await user.keyboard('{Enter}');
    expect(useNavigation.getState().route).toEqual({ name: 'incident', idOrNumber: incident?.id });
  });

  it('shows the caller beside the form, with site, room, number, VIP and handling notes', async () => {
    const { user } = open();
    await dialog();
    await user.type(combo('Caller'), 'meie');
    await user.click(await screen.findByRole('option', { name: /Anna Meier/ }));
    const card = within(await screen.findByRole('region', { name: 'Caller' }));
    for (const words of ['Anna Meier', 'VIP', 'Hafen', 'B 204', '+49 30 4711', 'Call the mobile first.']) {
      card.getByText(words);
    }
  });

  it('makes a caller who is not known yet together with the incident', async () => {
    const { user, desk } = open();
    await dialog();
    await user.type(combo('Caller'), 'Zoe Quist');
    await user.click(await screen.findByRole('option', { name: "New person 'Zoe Quist'" }));
    expect(text("New person's name")).toHaveProperty('value', 'Zoe Quist');
    await user.type(text("New person's telephone"), '0151 99');
    await user.type(text('Short description'), 'No network in the canteen');
    await user.click(screen.getByRole('button', { name: 'Create incident' }));
    await screen.findByText('INC0000001');
    const callerId = [...desk.incidents.values()][0]?.callerId ?? '';
    expect(desk.record('person', callerId)).toMatchObject({ name: 'Zoe Quist', phone: '0151 99' });
  });

  it('creates and resolves in one step with Ctrl+Shift+Enter, "Caller confirmed" ticked', async () => {
    const { user, desk } = open();
    await dialog();
    await user.type(text('Short description'), 'Password forgotten');
    await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    const small = within(await screen.findByRole('dialog', { name: 'Resolve incident' }));
    expect(small.getByRole('checkbox', { name: 'Caller confirmed' })).toHaveProperty('checked', true);
    await user.click(small.getByRole('button', { name: 'Resolve' }));
    expect((await small.findByRole('alert')).textContent).toContain('A resolution code is needed');
    await user.click(small.getByRole('combobox', { name: 'Resolution code' }));
    await user.click(await screen.findByRole('option', { name: 'Solution provided' }));
    await user.type(small.getByRole('textbox', { name: 'Resolution notes' }), 'Reset by telephone');
    await user.click(small.getByRole('button', { name: 'Resolve' }));
    await screen.findByText('INC0000001');
    expect([...desk.incidents.values()][0]).toMatchObject({
      state: 'resolved',
      resolution: { code: 'solutionProvided', notes: 'Reset by telephone', confirmedBy: 'the caller' },
    });
  });

  it('asks for nothing but the short description', async () => {
    const { user, engine } = open();
    await dialog();
    await user.click(screen.getByRole('button', { name: 'Create incident' }));
    expect((await screen.findByRole('alert')).textContent).toContain('A short description is needed');
    expect(screen.getByRole('alert').textContent).not.toContain('What you typed');
    expect(engine.submitted()).toEqual([]);
    expect(document.activeElement).toBe(text('Short description'));
    expect(text('Short description').getAttribute('aria-invalid')).toBe('true');
    expect(described(text('Short description'))).toContain('A short description is needed');
    await user.keyboard('x');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('asks for the short description before it asks how the call ended', async () => {
    const { user } = open();
    await dialog();
    await user.click(screen.getByRole('button', { name: 'Create and resolve' }));
    await screen.findByRole('alert');
    expect(screen.queryByRole('dialog', { name: 'Resolve incident' })).toBeNull();
    expect(document.activeElement).toBe(text('Short description'));
    await user.keyboard('Password forgotten');
    await user.click(screen.getByRole('button', { name: 'Create and resolve' }));
    const small = within(await screen.findByRole('dialog', { name: 'Resolve incident' }));
    await user.click(small.getByRole('button', { name: 'Resolve' }));
    expect(document.activeElement).toBe(small.getByRole('combobox', { name: 'Resolution code' }));
  });

  it('goes back to the form when a resolution is refused for what stands there', async () => {
    const living = livingEngine();
    const { user } = open(living);
    await dialog();
    await user.type(text('Short description'), 'Password forgotten');
    await user.click(screen.getByRole('button', { name: 'Create and resolve' }));
    const small = within(await screen.findByRole('dialog', { name: 'Resolve incident' }));
    await user.click(small.getByRole('combobox', { name: 'Resolution code' }));
    await user.click(await screen.findByRole('option', { name: 'Solution provided' }));
    await user.type(small.getByRole('textbox', { name: 'Resolution notes' }), 'Reset by telephone');
    living.engine.answer('submit', () => refusedWith({ code: 'ownerNotInGroup', details: { name: 'Ben Okri' } }));
    await user.click(small.getByRole('button', { name: 'Resolve' }));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Resolve incident' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(combo('Assigned to')));
    expect(described(combo('Assigned to'))).toContain('does not belong to that group');
  });

  it('reads out the number also when the answer came without it', async () => {
    const living = livingEngine();
    living.engine.answer('submit', (submitted) => {
      const judged = living.judge(submitted as SubmitArgs);
      return judged.ok ? { ok: true, value: { ...judged.value, number: null } } : judged;
    });
    const { user } = open(living);
    await dialog();
    await user.type(text('Short description'), 'Password forgotten');
    await user.click(screen.getByRole('button', { name: 'Create incident' }));
    const notice = await screen.findByRole('status', { name: 'Recorded' });
    await within(notice).findByText('INC0000001');
  });

  it('says after "Same as this" when the caller could not be made a watcher', async () => {
    const living = livingEngine();
    living.desk.opened({ shortDescription: 'Outlook hangs' }, { actor: 'p-ben' });
    living.refresh();
    const judged = living.judge;
    living.engine.answer('submit', (submitted) =>
      (submitted as SubmitArgs).name === 'incident.update'
        ? refusedWith({ code: 'notFound' })
        : judged(submitted as SubmitArgs),
    );
    const { user } = open(living);
    await dialog();
    await user.type(combo('Caller'), 'meie');
    await user.click(await screen.findByRole('option', { name: /Anna Meier/ }));
    await user.type(text('Short description'), 'outlook');
    await user.click(await screen.findByRole('button', { name: 'Same as this: INC0000001' }));
    await screen.findByText('Added to INC0000001');
    expect(screen.getByRole('alert').textContent).toContain('Anna Meier could not be made a watcher');
    expect(screen.queryByText(/is told with it now/)).toBeNull();
  });

  it('keeps every keystroke in a draft, continues it when opened again, and can start fresh or discard', async () => {
    const living = livingEngine();
    const first = open(living);
    await dialog();
    await first.user.type(text('Short description'), 'Half a sent');
    await waitFor(() =>
      expect([...living.drafts.values()][0]?.content).toMatchObject({ shortDescription: 'Half a sent' }),
    );
    first.unmount();

    const { user } = open(living);
    await waitFor(() => expect(text('Short description')).toHaveProperty('value', 'Half a sent'));
    await user.click(screen.getByRole('button', { name: 'Start fresh' }));
    expect(text('Short description')).toHaveProperty('value', '');
    await user.click(await screen.findByRole('button', { name: '1 other draft' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Continue “Half a sent”' }));
    await waitFor(() => expect(text('Short description')).toHaveProperty('value', 'Half a sent'));
    await user.click(screen.getByRole('button', { name: 'Discard draft' }));
    await waitFor(() => expect(living.drafts.size).toBe(0));
    await user.click(screen.getByRole('button', { name: 'Undo discard' }));
    await waitFor(() => expect(living.drafts.size).toBe(1));
    expect(text('Short description')).toHaveProperty('value', 'Half a sent');
  });

  it('adds the caller to an incident that is the same, discards the draft, and takes it back', async () => {
    const living = livingEngine();
    const id = living.desk.opened({ shortDescription: 'Outlook hangs' }, { actor: 'p-ben' });
    living.refresh();
    const { user, desk, drafts } = open(living);
    await dialog();
    await user.type(combo('Caller'), 'meie');
    await user.click(await screen.findByRole('option', { name: /Anna Meier/ }));
    await user.type(text('Short description'), 'outlook');
    await within(await screen.findByRole('list', { name: 'Similar incidents' })).findByText('Outlook hangs');
    expect(document.activeElement).toBe(text('Short description'));
    await user.keyboard('{Control>}1{/Control}');
    await screen.findByText('Added to INC0000001');
    expect(desk.at(id).watcherIds).toEqual(['p-meier']);
    expect(desk.timeline(id).at(-2)?.payload).toMatchObject({ body: expect.stringContaining('Anna Meier') });
    await waitFor(() => expect(drafts.size).toBe(0));
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(text('Short description')).toHaveProperty('value', 'outlook'));
    expect(desk.at(id).watcherIds).toEqual([]);
  });
});
