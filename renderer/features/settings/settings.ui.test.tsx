import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '#contracts/host/engine-host.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { ok } from '#domain/result.ts';
import { createFakeEngine, type FakeEngine } from '#renderer/platform/fake-engine.ts';
import { adoptSettings, usualSettings } from '#renderer/platform/settings-store.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { SettingsScreen } from './settings-screen.tsx';

/** Settings over an engine that keeps drafts; the one of a former window, where there was one. */
function open(engine = createFakeEngine(), drafts = new Map<string, Draft>()) {
  engine.set('matrix', DEFAULT_MATRIX);
  const tell = () => {
    engine.set('drafts', ({ personId }) => [...drafts.values()].filter(({ person }) => person === personId));
    return ok(null);
  };
  engine.answer('saveDraft', ({ draft }) => {
    drafts.set(draft.id, draft);
    return tell();
  });
  engine.answer('removeDraft', ({ draftId }) => {
    drafts.delete(draftId);
    return tell();
  });
  tell();
  return { drafts, ...shown(engine) };
}
function shown(engine: FakeEngine) {
  return renderScreen(<SettingsScreen status={undefined} version="0.1.0" server={null} />, { engine });
}

beforeEach(() => adoptSettings(usualSettings));
afterEach(cleanup);

describe('settings', () => {
  it('keep a choice as soon as it is made', async () => {
    const { host, user } = open();
    await user.click(screen.getByRole('combobox', { name: 'Theme' }));
    await user.click(screen.getByRole('option', { name: 'Dark' }));
    await user.click(screen.getByRole('switch', { name: 'Single keys' }));
    expect(host.written).toEqual([{ theme: 'dark' }, { singleKeys: false }]);
  });

  it('give an action another key and take it from the action that had it', async () => {
    const { host, user } = open();
    await user.click(screen.getByRole('button', { name: 'Change key for Resolve' }));
    await user.keyboard('n');
    expect(host.written).toEqual([{ keys: { newIncident: '', resolve: 'n' } }]);
    expect(screen.getByText(/was the key of “New incident”/)).toBeDefined();
  });

  it('refuse a matrix in which a higher urgency lowers the priority, at the cell that was changed', async () => {
    const { engine, user } = open();
    const changed = await screen.findByRole('combobox', { name: 'Impact 1, urgency 1' });
    await user.selectOptions(changed, '5');
    const invalid = () =>
      screen.getAllByRole('combobox').filter((field) => field.getAttribute('aria-invalid') === 'true');
    expect(invalid()).toEqual([changed]);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(
      'Impact 1, urgency 1 is P5 Planning, but impact 1, urgency 2 is P2 High: a higher urgency would lower the priority.',
    );
    expect(changed.getAttribute('aria-describedby')).toBe(alert.id);
    const later = screen.getByRole('combobox', { name: 'Impact 2, urgency 1' });
    await user.selectOptions(later, '4');
    expect(invalid()).toContain(later);
    expect(screen.getByRole('button', { name: 'Save matrix' })).toHaveProperty('disabled', true);
    expect(engine.submitted()).toEqual([]);
  });

  it('save a matrix that holds', async () => {
    const { engine, user } = open();
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Impact 3, urgency 3' }), '4');
    await user.click(screen.getByRole('button', { name: 'Save matrix' }));
    await waitFor(() => expect(engine.submitted()).toHaveLength(1));
    expect(engine.submitted()[0]).toMatchObject({
      name: 'configuration.setMatrix',
      args: {
        matrix: [
          [1, 2, 3],
          [2, 3, 4],
          [3, 4, 4],
        ],
      },
    });
  });

  it('keep a matrix that was changed and not saved, say so, and take it back on "Undo changes"', async () => {
    const first = open();
    const cell = () => screen.findByRole('combobox', { name: 'Impact 3, urgency 3' });
    await first.user.selectOptions(await cell(), '4');
    await waitFor(() => expect(first.drafts.size).toBe(1));
    first.unmount();
    const again = open(first.engine, first.drafts);
    expect(await cell()).toHaveProperty('value', '4');
    screen.getByText(/^What was changed here at .* is kept and not saved yet\.$/);
    expect(again.engine.submitted()).toEqual([]);
    await again.user.click(screen.getByRole('button', { name: 'Undo changes' }));
    expect(await cell()).toHaveProperty('value', '5');
    await waitFor(() => expect(first.drafts.size).toBe(0));
    expect(screen.queryByText(/is kept and not saved/)).toBeNull();
  });

  it('give what one person has half-changed in the matrix to nobody else', async () => {
    const { engine, user, drafts } = open();
    const cell = () => screen.findByRole('combobox', { name: 'Impact 3, urgency 3' });
    await user.selectOptions(await cell(), '4');
    await waitFor(() => expect(drafts.size).toBe(1));
    const ben = { ...ada, id: 'p-ben', name: 'Ben Okri' };
    act(() => engine.set('session', { personId: ben.id, person: ben, deskName: 'Harbour desk' }));
    await waitFor(async () => expect(await cell()).toHaveProperty('value', '5'));
  });

  it('use up what was kept of a matrix once it is saved', async () => {
    const { engine, user, drafts } = open();
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Impact 3, urgency 3' }), '4');
    await waitFor(() => expect(drafts.size).toBe(1));
    await user.click(screen.getByRole('button', { name: 'Save matrix' }));
    await waitFor(() => expect(engine.submitted()).toMatchObject([{ draftId: [...drafts.keys()][0] }]));
  });

  it('send a test notification and say what came of it', async () => {
    const { engine, user } = open();
    engine.answer('testNotification', () => ({ ok: true, value: { shown: false, reason: 'noDaemon' } }));
    await user.click(screen.getByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText(/nothing on this system shows notifications/)).toBeDefined();
  });
});
