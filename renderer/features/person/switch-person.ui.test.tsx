import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { SwitchPersonDialog } from './switch-person-dialog.tsx';

const grace = { ...ada, id: 'p-grace', name: 'Grace Hopper', siteName: null };

function open() {
  const engine = createFakeEngine();
  engine.set('people', [{ ...ada, siteName: null }, grace]);
  return renderScreen(<SwitchPersonDialog opened onClose={() => undefined} />, { engine });
}

afterEach(cleanup);

describe('switching person', () => {
  it('offers the desk’s own people but not whoever sits there already', async () => {
    const { engine, user } = open();
    const dialog = await screen.findByRole('dialog', { name: 'Switch person' });
    await user.click(within(dialog).getByRole('combobox', { name: 'Person' }));
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      'Grace HopperAgent',
      'Somebody new',
    ]);
    await user.click(screen.getByRole('option', { name: /Grace/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Switch' }));
    expect(engine.calls).toEqual([{ name: 'switchPerson', args: { personId: 'p-grace' } }]);
  });

  it('introduces somebody new', async () => {
    const { engine, user } = open();
    const dialog = await screen.findByRole('dialog', { name: 'Switch person' });
    await user.click(within(dialog).getByRole('combobox', { name: 'Person' }));
    await user.click(screen.getByRole('option', { name: 'Somebody new' }));
    await user.type(within(dialog).getByRole('textbox', { name: 'New person’s name' }), 'Lin Wei');
    await user.type(within(dialog).getByRole('textbox', { name: 'Team' }), 'Network');
    await user.click(within(dialog).getByRole('button', { name: 'Introduce and switch' }));
    await waitFor(() => expect(engine.calls).toHaveLength(1));
    expect(engine.calls[0]?.args).toEqual({ name: 'Lin Wei', teamName: 'Network', role: 'agent' });
  });
});
