import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FakeEngine } from '#renderer/platform/fake-engine.ts';
import { livingEngine } from '#renderer/ui/incident-fields/living-engine.suite.ts';
import { useRecordedStore } from '#renderer/ui/recorded-store.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { emptyForm } from './form-content.ts';
import { NewIncidentDialog } from './new-incident-dialog.tsx';

function open(living = livingEngine()) {
  const onClose = vi.fn();
  const shown = renderScreen(<NewIncidentDialog opened onClose={onClose} />, { engine: living.engine });
  return { ...living, ...shown, onClose };
}
const combo = (name: string) => screen.findByRole('combobox', { name });
const text = (name: string) => screen.findByRole('textbox', { name });
const recorded = (living: ReturnType<typeof open>) => [...living.desk.incidents.values()];

/** A desk that finds nobody until its answers are let through. */
function slowPeople() {
  const living = livingEngine();
  const held: (() => void)[] = [];
  const engine: FakeEngine = {
    ...living.engine,
    watch: (name, args, listener) => {
      if (name !== 'people') return living.engine.watch(name, args, listener);
      held.push(() => void living.engine.watch(name, args, listener));
      return { rewatch: () => undefined, stop: () => undefined };
    },
  };
  const answer = () =>
    act(async () => {
      for (const look of held) look();
    });
  return { living: { ...living, engine }, answer };
}

afterEach(() => {
  cleanup();
  useRecordedStore.getState().dismiss();
});

describe('a form filled from a refused recording', () => {
  const draft = {
    person: ada.id,
    kind: 'newIncident',
    incidentId: null,
    content: { ...emptyForm(), shortDescription: 'No dial tone', decides: 'c-rec' },
    updatedAt: Date.now(),
  } as const;
  const begun = (id: string) => {
    const living = livingEngine();
    living.drafts.set(id, { ...draft, id });
    living.refresh();
    return open(living);
  };
  const decisions = ({ engine }: ReturnType<typeof open>) =>
    engine.calls.filter(({ name }) => name === 'decideConflicts').map(({ args }) => args);

  it('says so, and decides the conflict once the incident is created', async () => {
    const living = begun('d-recorded');
    await waitFor(async () => expect(await text('Short description')).toHaveProperty('value', 'No dial tone'));
    expect(screen.getByText(/^Filled from a refused recording/)).toBeDefined();
    await living.user.click(screen.getByRole('button', { name: 'Create incident' }));
    await waitFor(() => expect(recorded(living)).toMatchObject([{ shortDescription: 'No dial tone' }]));
    expect(decisions(living)).toEqual([{ personId: ada.id, commandIds: ['c-rec'], decision: 'form' }]);
  });

  it('keeps the conflict when it is left, and goes on with it later', async () => {
    const living = begun('d-left');
    await waitFor(async () => expect(await text('Short description')).toHaveProperty('value', 'No dial tone'));
    await living.user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(living.onClose).toHaveBeenCalled();
    expect(decisions(living)).toEqual([]);
    expect([...living.drafts.values()]).toMatchObject([{ content: { decides: 'c-rec' } }]);
  });
});

describe('a caller typed into a new incident', () => {
  it('leads by Tab to the telephone of somebody new, with the name kept', async () => {
    const { user } = open();
    await user.type(await combo('Caller'), 'Zoe Quist');
    await screen.findByRole('option', { name: "New person 'Zoe Quist'" });
    await user.tab();
    expect(document.activeElement).toBe(await text("New person's telephone"));
    expect(await text("New person's name")).toHaveProperty('value', 'Zoe Quist');
    await user.keyboard('0151 99');
    expect(await text("New person's telephone")).toHaveProperty('value', '0151 99');
  });

  it('is recorded with Ctrl+Enter although the list still stood open', async () => {
    const living = open();
    const { user } = living;
    await user.type(await text('Short description'), 'Outlook hangs');
    await user.type(await combo('Caller'), 'meie');
    await screen.findByRole('option', { name: /Anna Meier/ });
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(recorded(living)).toMatchObject([{ callerId: 'p-meier' }]));
  });

  it('holds the recording back while it could mean several, and leads to the field', async () => {
    const living = open();
    const { user } = living;
    await user.type(await text('Short description'), 'Outlook hangs');
    await user.type(await combo('Caller'), 'mey');
    await user.clear(await combo('Caller'));
    await user.type(await combo('Caller'), 'me');
    await screen.findByRole('option', { name: /Jonas Meyer/ });
    await user.click(screen.getByRole('button', { name: 'Create incident' }));
    expect(recorded(living)).toEqual([]);
    expect(document.activeElement).toBe(await combo('Caller'));
    expect(screen.getByRole('alert').textContent).toContain('“me” is typed but not chosen');
    await user.keyboard('{ArrowDown}{Enter}{Control>}{Enter}{/Control}');
    await waitFor(() => expect(recorded(living)).toMatchObject([{ callerId: 'p-meier' }]));
  });

  it('holds back what stands in any other list too', async () => {
    const living = open();
    const { user } = living;
    await user.type(await text('Short description'), 'Outlook hangs');
    await user.type(await combo('Assignment group'), 'Nowhere');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(recorded(living)).toEqual([]);
    expect(document.activeElement).toBe(await combo('Assignment group'));
    expect(screen.getByRole('alert').textContent).toContain('Nothing matches “Nowhere”');
    // An empty list would cover the sentence.
    expect((await combo('Assignment group')).getAttribute('aria-expanded')).toBe('false');
  });

  it('is named in "Same as this" although they were only typed', async () => {
    const living = livingEngine();
    const id = living.desk.opened({ shortDescription: 'Outlook hangs' }, { actor: 'p-ben' });
    living.refresh();
    const { user, desk } = open(living);
    await user.type(await text('Short description'), 'outlook');
    await screen.findByRole('button', { name: 'Same as this: INC0000001' });
    await user.type(await combo('Caller'), 'meie');
    await screen.findByRole('option', { name: /Anna Meier/ });
    await user.keyboard('{Control>}1{/Control}');
    await screen.findByText('Added to INC0000001');
    expect(desk.at(id).watcherIds).toEqual(['p-meier']);
    expect(desk.timeline(id).some((activity) => JSON.stringify(activity.payload).includes('Anna Meier'))).toBe(true);
  });

  it('stays when Tab is quicker than the answer, and is taken once that is there', async () => {
    const { living, answer } = slowPeople();
    const { user } = open(living);
    await user.type(await combo('Caller'), 'meie');
    await user.tab();
    expect(document.activeElement).toBe(await text('Short description'));
    expect(await combo('Caller')).toHaveProperty('value', 'meie');
    await answer();
    await waitFor(async () => expect(await combo('Caller')).toHaveProperty('value', 'Anna Meier'));
    expect(document.activeElement).toBe(await text('Short description'));
  });

  it('wants a choice when the late answer knows nobody, and is not lost', async () => {
    const { living, answer } = slowPeople();
    const { user } = open(living);
    await user.type(await combo('Caller'), 'Zoe Quist');
    await user.tab();
    await answer();
    expect((await screen.findByRole('alert')).textContent).toContain('“Zoe Quist” is typed but not chosen');
    expect(await combo('Caller')).toHaveProperty('value', 'Zoe Quist');
    expect(document.activeElement).toBe(await text('Short description'));
  });

  it('taken back with Esc is in no draft any more', async () => {
    const { user, drafts } = open();
    await user.type(await text('Short description'), 'x');
    await user.type(await combo('Caller'), 'Zoe');
    await waitFor(() => expect([...drafts.values()][0]?.content).toMatchObject({ callerText: 'Zoe' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect([...drafts.values()][0]?.content).toMatchObject({ callerText: '' }));
  });
});

describe('the draft of a new incident in two windows', () => {
  /** What another window does with the draft reaches this one by way of the engine. */
  const shared = async () => {
    const living = livingEngine();
    const content = { ...emptyForm(), shortDescription: 'Half' };
    const draft = { id: 'd-1', person: ada.id, kind: 'newIncident', incidentId: null, content, updatedAt: 1 } as const;
    living.drafts.set(draft.id, draft);
    living.refresh();
    const shown = open(living);
    await waitFor(async () => expect(await text('Short description')).toHaveProperty('value', 'Half'));
    const typedElsewhere = (changes: object) =>
      act(() => {
        living.drafts.set(draft.id, { ...draft, content: { ...content, ...changes }, updatedAt: Date.now() + 1 });
        living.refresh();
      });
    const endedElsewhere = () =>
      act(() => {
        living.drafts.delete(draft.id);
        living.refresh();
      });
    return { ...shown, typedElsewhere, endedElsewhere };
  };

  it('shows what is typed in the other window, so that neither overwrites the other', async () => {
    const { user, drafts, typedElsewhere } = await shared();
    typedElsewhere({ shortDescription: 'Half a call', callerText: 'mei' });
    expect(await text('Short description')).toHaveProperty('value', 'Half a call');
    expect(await combo('Caller')).toHaveProperty('value', 'mei');
    await user.type(await text('Description'), 'more');
    await waitFor(() =>
      expect([...drafts.values()].map((draft) => draft.content)).toMatchObject([
        { shortDescription: 'Half a call', callerText: 'mei', description: 'more' },
      ]),
    );
  });

  it('begins anew and says so once the other window recorded it, so that nobody records it twice', async () => {
    const { user, drafts, endedElsewhere } = await shared();
    endedElsewhere();
    await screen.findByText('This draft was recorded or discarded in another window');
    expect(await text('Short description')).toHaveProperty('value', '');
    expect(drafts.size).toBe(0);
    await user.click(screen.getByRole('button', { name: 'Bring it back' }));
    expect(await text('Short description')).toHaveProperty('value', 'Half');
  });

  it('is not taken for ended while its letters are still on their way', async () => {
    const living = open();
    const { user, drafts } = living;
    await user.type(await text('Short description'), 'a');
    await waitFor(() => expect(drafts.size).toBe(1));
    await user.keyboard('{Backspace}');
    await waitFor(() => expect(drafts.size).toBe(0));
    await user.keyboard('b');
    act(() => living.refresh());
    expect(await text('Short description')).toHaveProperty('value', 'b');
    expect(screen.queryByText(/in another window/)).toBeNull();
  });
});
