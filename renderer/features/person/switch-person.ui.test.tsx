import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '#contracts/engine/agreement.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { SwitchPersonDialog } from './switch-person-dialog.tsx';

const grace = { ...ada, id: 'p-grace', name: 'Grace Hopper', siteName: null };

function open() {
  const engine = createFakeEngine();
  engine.set('people', [{ ...ada, siteName: null }, grace]);
  return renderScreen(<SwitchPersonDialog opened onClose={() => undefined} onSignIn={() => undefined} />, { engine });
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

describe('switching person at a desk with a server', () => {
  const seated = { personId: ada.id, name: ada.name, email: 'ada@example.org', role: 'agent', open: true } as const;
  const seatedGrace = { ...seated, personId: 'p-grace', name: 'Grace Hopper', email: 'grace@example.org' };
  const connection: Connection = {
    mode: 'joined',
    address: 'https://desk.example.org',
    people: [
      seatedGrace,
      { ...seatedGrace, personId: 'p-lin', name: 'Lin Wei', email: 'lin@example.org', open: false },
      seated,
    ],
    tokens: 'kept',
    states: [{ kind: 'upToDate' }],
    syncedAt: null,
    nextTryAt: null,
    handingOver: null,
    waiting: 0,
    parked: 0,
  };

  async function openJoined() {
    const engine = createFakeEngine();
    engine.set('connection', connection);
    const onSignIn = vi.fn();
    const result = renderScreen(<SwitchPersonDialog opened onClose={() => undefined} onSignIn={onSignIn} />, {
      engine,
    });
    const people = await screen.findByRole('list', { name: 'Signed in at this desk' });
    return { ...result, onSignIn, people };
  }

  it('lists who signed in here, marks whose session ended, and introduces nobody by name', async () => {
    const { engine, user, people, onSignIn } = await openJoined();
    const lines = within(people).getAllByRole('listitem');
    expect(lines.map((line) => line.textContent)).toEqual([
      expect.stringContaining('Grace Hopper'),
      expect.stringContaining('Not signed in; what was recorded and not sent waits here.Sign in again'),
      expect.stringContaining('At the desk now.'),
    ]);
    expect(screen.queryByRole('combobox', { name: 'Person' })).toBeNull();
    await user.click(within(people).getByRole('button', { name: 'Switch' }));
    expect(engine.calls).toEqual([{ name: 'switchPerson', args: { personId: 'p-grace' } }]);
    await user.click(within(people).getByRole('button', { name: 'Sign in again' }));
    expect(onSignIn).toHaveBeenLastCalledWith('lin@example.org');
    await user.click(screen.getByRole('button', { name: 'Sign in as somebody else' }));
    expect(onSignIn).toHaveBeenLastCalledWith('');
  });
});
