import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeEngine, refusedWith } from '#renderer/platform/fake-engine.ts';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { UndoRegion } from '#renderer/ui/undo-region.tsx';
import { useUndoStore } from '#renderer/ui/undo-store.ts';
import { useUndo } from './use-undo.ts';

afterEach(() => {
  cleanup();
  useUndoStore.setState({ deed: null, undone: [] });
});

const Foot = () => <UndoRegion onUndo={useUndo()} />;
const offer = (...commandIds: string[]) =>
  act(() => useUndoStore.getState().offer({ sentence: 'Put on hold.', commandIds }));

describe('Undo at the foot of the desk', () => {
  it('says that there is nothing to undo, without taking an offer away', async () => {
    renderScreen(<Foot />);
    act(() => void perform('undo'));
    expect(screen.getByRole('status').textContent).toBe('Nothing to undo.');
    expect(screen.queryByRole('region', { name: 'Undo' })).toBeNull();
  });

  it('names the command that leads back from a deed that cannot be undone', async () => {
    renderScreen(<Foot />);
    act(() =>
      useUndoStore.getState().offer({ sentence: 'INC0000001 resolved.', commandIds: [], proper: 'incident.reopen' }),
    );
    act(() => void perform('undo'));
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('use “Reopen” instead'));
    expect(screen.getByRole('region', { name: 'Undo' }).textContent).toBe('INC0000001 resolved.');
  });

  it('tells which commands were taken back, so that what was written with them can return', async () => {
    const engine = createFakeEngine();
    engine.answer('submit', ({ args }) =>
      'commandId' in args && args.commandId === 'c-2'
        ? refusedWith({ code: 'undoReplySent' })
        : { ok: true, value: { lsn: 1, number: null } },
    );
    const { user } = renderScreen(<Foot />, { engine });
    offer('c-1', 'c-2');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(useUndoStore.getState().undone).toEqual(['c-1']));
    await screen.findByText(/The reply has left the desk/);
  });
});
