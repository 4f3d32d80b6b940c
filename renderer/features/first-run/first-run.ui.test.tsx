import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { FirstRunScreen } from './first-run-screen.tsx';

const button = (name: string) => screen.getByRole('button', { name });

afterEach(cleanup);

describe('the first run', () => {
  it('asks who one is and begins a desk on this device', async () => {
    const { engine, user } = renderScreen(<FirstRunScreen onConnect={() => undefined} />);
    expect(screen.getByRole('heading', { name: 'Welcome to Deskbell' })).toBeDefined();
    await user.type(screen.getByRole('textbox', { name: 'Your name' }), 'Ada Lovelace');
    await user.type(screen.getByRole('textbox', { name: 'Team' }), 'Service Desk');
    await user.click(screen.getByRole('combobox', { name: 'Role' }));
    await user.click(screen.getByRole('option', { name: 'Supervisor' }));
    await user.click(button('Work on this device'));
    await waitFor(() => expect(engine.calls).toHaveLength(1));
    expect(engine.calls[0]).toEqual({
      name: 'introduce',
      args: { name: 'Ada Lovelace', teamName: 'Service Desk', role: 'supervisor' },
    });
  });

  it('says what is missing beside the field and calls nobody', async () => {
    const { engine, user } = renderScreen(<FirstRunScreen onConnect={() => undefined} />);
    await user.click(button('Work on this device'));
    expect(screen.getByText(/Your name is needed/)).toBeDefined();
    expect(engine.calls).toEqual([]);
  });

  it('takes no name of spaces and none of 300 characters, and says why', async () => {
    const { engine, user } = renderScreen(<FirstRunScreen onConnect={() => undefined} />);
    const name = screen.getByRole('textbox', { name: 'Your name' });
    await user.type(screen.getByRole('textbox', { name: 'Team' }), 'Service Desk');
    await user.type(name, '   {Enter}');
    expect(screen.getByText(/Your name is needed/)).toBeDefined();
    await user.clear(name);
    await user.click(name);
    await user.paste('n'.repeat(300));
    await user.keyboard('{Enter}');
    expect(screen.getByText(/has 300 characters and at most 200 can be kept/)).toBeDefined();
    expect(engine.calls).toEqual([]);
  });

  it('leads to a server', async () => {
    const onConnect = vi.fn();
    const { user } = renderScreen(<FirstRunScreen onConnect={onConnect} />);
    await user.click(button('Connect to a server'));
    expect(onConnect).toHaveBeenCalledOnce();
  });

  it('explores sample data without asking for a name', async () => {
    const { engine, user } = renderScreen(<FirstRunScreen onConnect={() => undefined} />);
    await user.click(button('Explore with sample data'));
    await waitFor(() => expect(engine.calls.map((call) => call.name)).toEqual(['introduce', 'loadSample']));
  });

  it('tells in an alert what went wrong', async () => {
    const engine = createFakeEngine();
    engine.answer('introduce', () => ({ ok: false, error: { code: 'diskFull' } }));
    const { user } = renderScreen(<FirstRunScreen onConnect={() => undefined} />, { engine });
    await user.click(button('Explore with sample data'));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
  });
});
