import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusedWith } from '#renderer/platform/fake-engine.ts';
import { adoptSettings, usualSettings } from '#renderer/platform/settings-store.ts';
import { type LivingEngine, livingEngine } from '#renderer/ui/incident-fields/living-engine.suite.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { IncidentScreen } from './incident-screen.tsx';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  adoptSettings(usualSettings);
});

/** A window of its own on the incident, at the same engine. */
async function windowOn({ engine }: LivingEngine, id: string) {
  const shown = renderScreen(<IncidentScreen idOrNumber={id} />, { engine: { ...engine } });
  const here = within(shown.container);
  await here.findByRole('feed', { name: 'Timeline' });
  const box = (name: string) => here.getByRole<HTMLTextAreaElement>('textbox', { name });
  return { ...shown, here, box };
}
async function open(prepare?: (living: LivingEngine, id: string) => void) {
  const living = livingEngine();
  const id = living.desk.opened(
    { shortDescription: 'Printer is on fire', description: 'Third floor', callerId: 'p-meier' },
    { actor: 'p-ben', at: Date.now() - 3_600_000 },
  );
  prepare?.(living, id);
  living.refresh();
  return { ...living, id, living, now: () => living.desk.at(id), first: await windowOn(living, id) };
}
const resolved = ({ desk }: LivingEngine, incidentId: string) => {
  const by = { actor: ada.id, at: Date.now() };
  desk.send('incident.start', { incidentId }, by);
  const resolution = { incidentId, resolutionCode: 'solutionProvided', resolutionNotes: 'Water' } as const;
  desk.send('incident.resolve', resolution, by);
};

describe('A note half-written in two windows', () => {
  it('is one text: each goes on where the other stopped', async () => {
    const { living, id, drafts, first } = await open();
    const second = await windowOn(living, id);
    await first.user.type(first.box('Work note'), 'Looked');
    await waitFor(() => expect(second.box('Work note').value).toBe('Looked'));
    await second.user.type(second.box('Work note'), ' at it');
    await waitFor(() => expect(first.box('Work note').value).toBe('Looked at it'));
    await first.user.type(first.box('Work note'), ' twice');
    await waitFor(() => expect(second.box('Work note').value).toBe('Looked at it twice'));
    expect([...drafts.values()]).toMatchObject([{ kind: 'note', content: { body: 'Looked at it twice' } }]);
  });

  it('is gone in both once one has sent it', async () => {
    const { living, id, drafts, now, first } = await open();
    const second = await windowOn(living, id);
    await first.user.type(first.box('Work note'), 'Looked at it');
    await waitFor(() => expect(second.box('Work note').value).toBe('Looked at it'));
    await first.user.click(first.here.getByRole('button', { name: 'Add note' }));
    await waitFor(() => expect(second.box('Work note').value).toBe(''));
    await waitFor(() => expect(first.box('Work note').value).toBe(''));
    await second.user.click(second.here.getByRole('button', { name: 'Add note' }));
    expect(now().counts.notes).toBe(1);
    expect(drafts.size).toBe(0);
  });

  it('is recorded once though both send it in the same moment', async () => {
    const { living, id, now, first } = await open();
    const second = await windowOn(living, id);
    await first.user.type(first.box('Work note'), 'Looked at it');
    await waitFor(() => expect(second.box('Work note').value).toBe('Looked at it'));
    act(() => {
      for (const { here } of [first, second]) here.getByRole('button', { name: 'Add note' }).click();
    });
    await second.here.findByText(/Nothing was recorded twice/);
    await waitFor(() => expect(second.box('Work note').value).toBe(''));
    expect(now().counts.notes).toBe(1);
  });

  it('that was kept under two names comes back whole: the second text after the first was sent', async () => {
    const kept = (id: string, incidentId: string, body: string, updatedAt: number) =>
      ({ id, person: ada.id, kind: 'note', incidentId, content: { body }, updatedAt }) as const;
    const { now, first } = await open(({ drafts }, id) => {
      drafts.set('d-1', kept('d-1', id, 'older', 1));
      drafts.set('d-2', kept('d-2', id, 'newer', 2));
    });
    await waitFor(() => expect(first.box('Work note').value).toBe('newer'));
    await first.user.click(first.here.getByRole('button', { name: 'Add note' }));
    await waitFor(() => expect(first.box('Work note').value).toBe('older'));
    expect(now().counts.notes).toBe(1);
  });
});

describe('A field half-edited', () => {
  it.each(['Short description', 'Description', 'Room', 'Tags', 'Vendor'])(
    'keeps the text of %s over leaving without a word, and says that it is not saved',
    async (name) => {
      const { living, id, drafts, now, first } = await open();
      await first.user.type(first.box(name), ' and more');
      await waitFor(() => expect(drafts.size).toBe(1));
      const typed = first.box(name).value;
      first.unmount();
      const again = await windowOn(living, id);
      await waitFor(() => expect(again.box(name).value).toBe(typed));
      again.here.getByText(/Typed here earlier and not saved/);
      const before = now();
      await again.user.click(again.box(name));
      await again.user.tab();
      expect(now()).toEqual(before);
      await again.user.click(again.box(name));
      await again.user.keyboard('{Control>}{Enter}{/Control}');
      await waitFor(() => expect(now()).not.toEqual(before));
      await waitFor(() => expect(drafts.size).toBe(0));
      expect(again.here.queryByText(/Typed here earlier/)).toBeNull();
    },
  );

  it('is as recorded after Escape, in the next window too', async () => {
    const { living, id, drafts, first } = await open();
    await first.user.type(first.box('Description'), ' burns');
    await waitFor(() => expect(drafts.size).toBe(1));
    first.unmount();
    const again = await windowOn(living, id);
    await waitFor(() => expect(again.box('Description').value).toBe('Third floor burns'));
    await again.user.type(again.box('Description'), '{Escape}');
    expect(again.box('Description').value).toBe('Third floor');
    await waitFor(() => expect(drafts.size).toBe(0));
    again.unmount();
    const last = await windowOn(living, id);
    expect(last.box('Description').value).toBe('Third floor');
  });

  it('keeps what was refused', async () => {
    const { living, id, engine, drafts, first } = await open();
    engine.answer('submit', () => refusedWith({ code: 'argumentsInvalid' }));
    await first.user.type(first.box('Description'), ' burns');
    await first.user.tab();
    await first.here.findByRole('alert');
    first.unmount();
    expect(drafts.size).toBe(1);
    const again = await windowOn(living, id);
    await waitFor(() => expect(again.box('Description').value).toBe('Third floor burns'));
  });

  it('shows beside a closed incident what was never saved, until it is thrown away', async () => {
    const { living, id, desk, drafts, first } = await open(resolved);
    await first.user.type(first.box('Description'), ' burns');
    await waitFor(() => expect(drafts.size).toBe(1));
    first.unmount();
    desk.send('incident.close', { incidentId: id }, { actor: ada.id, at: Date.now() });
    living.refresh();
    const again = await windowOn(living, id);
    await again.here.findByText('Typed here earlier and not saved: Third floor burns');
    expect(again.box('Description').value).toBe('Third floor');
    await again.user.click(again.here.getByRole('button', { name: 'Throw away' }));
    await waitFor(() => expect(drafts.size).toBe(0));
    expect(again.here.queryByText(/Typed here earlier/)).toBeNull();
  });
});

describe('A field half-edited when another window closes the incident', () => {
  it('gives its text to the line below it, and saves nothing', async () => {
    const { living, id, desk, drafts, first, now } = await open(resolved);
    await first.user.type(first.box('Description'), ' burns');
    desk.send('incident.close', { incidentId: id }, { actor: ada.id, at: Date.now() });
    act(living.refresh);
    await first.here.findByText('Typed here earlier and not saved: Third floor burns');
    fireEvent.blur(first.box('Description'));
    expect(now().description).toBe('Third floor');
    await waitFor(() => expect(drafts.size).toBe(1));
  });
});

describe('A reply half-written when the incident is closed', () => {
  const closing = async () => {
    adoptSettings({ ...usualSettings, afterSave: 'close' });
    const opened = await open(resolved);
    location.hash = '#here';
    const { user, here, box } = opened.first;
    await user.click(here.getByRole('tab', { name: 'Reply to caller' }));
    await user.type(box('Reply to caller'), 'We are on it');
    await user.click(here.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(opened.now().state).toBe('closed'));
    const unsent = within(await here.findByRole('region', { name: 'A half-written reply was not sent.' }));
    return { ...opened, unsent };
  };

  it('stays in sight with its reason, can become a work note, and nobody is led away from it', async () => {
    const { first, unsent, now, drafts } = await closing();
    unsent.getByText('We are on it');
    unsent.getByText(/not while the incident is Closed/);
    expect(location.hash).toBe('#here');
    await first.user.click(unsent.getByRole('button', { name: 'Add it to the work note' }));
    await waitFor(() => expect(first.box('Work note').value).toBe('We are on it'));
    await first.user.click(first.here.getByRole('button', { name: 'Add note' }));
    await waitFor(() => expect(now().counts.notes).toBe(1));
    await waitFor(() => expect(drafts.size).toBe(0));
  });

  it('is there when the incident is opened again, until it is thrown away', async () => {
    const { living, id, first, drafts } = await closing();
    first.unmount();
    const again = await windowOn(living, id);
    const unsent = within(await again.here.findByRole('region', { name: 'A half-written reply was not sent.' }));
    await again.user.click(unsent.getByRole('button', { name: 'Throw away' }));
    await waitFor(() => expect(drafts.size).toBe(0));
    expect(again.here.queryByText('We are on it')).toBeNull();
  });
});

describe('The keys that send', () => {
  it('are named by the button, and by a line where those of the other tab were pressed', async () => {
    const { now, first } = await open();
    const { user, here, box } = first;
    expect(here.getByRole('button', { name: 'Add note' }).title).toBe('Ctrl+Enter');
    await user.click(here.getByRole('tab', { name: 'Reply to caller' }));
    expect(here.getByRole('button', { name: 'Send reply' }).title).toBe('Ctrl+Shift+Enter');
    await user.type(box('Reply to caller'), 'We are on it{Control>}{Enter}{/Control}');
    here.getByText('Nothing was sent. A reply goes with Ctrl+Shift+Enter.');
    expect(now().counts.replies).toBe(0);
    await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    await waitFor(() => expect(now().counts.replies).toBe(1));
    expect(here.queryByText(/Nothing was sent/)).toBeNull();
  });
});

describe('What "Put on hold" says of telling the caller', () => {
  const dialogFor = async (opened: Awaited<ReturnType<typeof open>>) => {
    const { user, here } = opened.first;
    await user.click(here.getByRole('button', { name: 'Put on hold' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Put on hold' }));
    await user.click(dialog.getByRole('combobox', { name: 'Hold reason' }));
    await user.click(await screen.findByRole('option', { name: 'Awaiting Caller' }));
    return dialog;
  };

  it('is what it needs: a reply, or what was said by telephone', async () => {
    const opened = await open();
    const dialog = await dialogFor(opened);
    dialog.getByText('Awaiting Caller needs this reply, or what was said if you asked by telephone.');
    await opened.first.user.click(dialog.getByRole('checkbox', { name: /telephone/ }));
    dialog.getByText('Awaiting Caller needs what was said, or a reply instead.');
  });

  it('is that none is needed where the caller is awaited already, and none is asked for', async () => {
    const opened = await open(({ desk }, incidentId) => {
      const reply = { entryId: 'e-1', body: 'Which printer?' };
      const by = { actor: ada.id, at: Date.now() - 60_000 };
      desk.send('incident.hold', { incidentId, reason: 'awaitingCaller', reply }, by);
    });
    const dialog = await dialogFor(opened);
    dialog.getByText('The caller is awaited already: no other reply is needed.');
    expect(dialog.queryByText(/needs/)).toBeNull();
  });
});
