import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '#contracts/engine/agreement.ts';
import { err, ok } from '#domain/result.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { ADDRESS, alone, seatedAda, statusOf } from '#renderer/ui/agreement.suite.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { directoryOf, found, joined, seatedGrace } from './connection.suite.ts';
import { ServerSection } from './server-section.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';

afterEach(cleanup);

const button = (name: string) => screen.getByRole('button', { name });

function open(connection: Connection) {
  const engine = createFakeEngine();
  engine.set('connection', connection);
  const onConnect = vi.fn();
  const onSignIn = vi.fn();
  const onScope = vi.fn();
  const section = <ServerSection onConnect={onConnect} onSignIn={onSignIn} onScope={onScope} />;
  return { ...renderScreen(section, { engine }), onConnect, onSignIn, onScope };
}

describe('the server among the settings', () => {
  it('leads a desk that works alone to one', async () => {
    const { user, onConnect } = open(alone);
    await user.click(await screen.findByRole('button', { name: 'Connect to a server' }));
    expect(onConnect).toHaveBeenCalledOnce();
  });

  it('forgets one that was only found', async () => {
    const { engine, user } = open(found);
    expect(await screen.findByText(/has not joined it/)).toBeDefined();
    await user.click(button('Forget this server'));
    expect(engine.calls).toEqual([{ name: 'leave', args: {} }]);
  });

  it('offers nothing where there is no way to a server', async () => {
    open({ ...alone, mode: 'notSupported' });
    expect(await screen.findByText(/A browser has no way to a server/)).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says where it is, how it stands, when it is tried again and who is signed in', async () => {
    const over = { ...seatedGrace, open: false };
    const { user, engine, onSignIn } = open({
      ...joined,
      people: [over, seatedAda],
      states: [{ kind: 'offline', since: 0 }],
      waiting: 3,
      nextTryAt: new Date().setUTCHours(10, 44, 0, 0),
    });
    act(() => engine.set('status', statusOf('shared')));
    expect(await screen.findByText(ADDRESS)).toBeDefined();
    expect(
      await screen.findByText('Offline, 3 changes waiting. Saved on this device. Next try at 10:44'),
    ).toBeDefined();
    const people = screen.getByRole('list', { name: 'Signed in at this desk' });
    const [grace] = within(people).getAllByRole('listitem');
    expect(grace?.textContent).toContain('Not signed in; what was recorded and not sent waits here.');
    await user.click(button('Sign in again'));
    expect(onSignIn).toHaveBeenLastCalledWith('grace@example.org');
    await user.click(button('Sign in as somebody else'));
    expect(onSignIn).toHaveBeenLastCalledWith('');
    await user.click(within(people).getByRole('button', { name: 'Sign out' }));
    await user.click(button('Synchronise now'));
    expect(engine.calls).toEqual([
      { name: 'signOut', args: { personId: 'p-ada' } },
      { name: 'syncNow', args: {} },
    ]);
  });

  it('says in words what this device keeps, and leads to changing it', async () => {
    const { engine, user, onScope } = open(joined);
    expect(await screen.findByText('Keeps: everything you may see')).toBeDefined();
    engine.set('directory', directoryOf);
    act(() =>
      engine.set('connection', { ...joined, scope: { teamIds: ['t-net'], siteIds: ['s-ber'], closedFor: 90 } }),
    );
    const words = await screen.findByText('Keeps: Netzwerk; at Berlin; open, or changed within 90 days');
    const change = button('Change what this device keeps');
    expect(change.getAttribute('aria-describedby')).toBe(words.id);
    await user.click(change);
    expect(onScope).toHaveBeenCalledOnce();
  });

  it('says when who is signed in does not outlive this run', async () => {
    const { engine } = open({ ...joined, tokens: 'noEncryption' });
    expect(await screen.findByText(/is forgotten when Deskbell quits. Everything recorded is kept/)).toBeDefined();
    act(() => engine.set('connection', { ...joined, tokens: 'notWritten' }));
    expect(await screen.findByText(/The disk did not take who is signed in/)).toBeDefined();
  });

  it('says before disconnecting that what a device does not keep stays on the server only', async () => {
    const { user } = open({ ...joined, scope: { teamIds: ['t-1'], siteIds: [], closedFor: 90 } });
    await user.click(await screen.findByRole('button', { name: 'Disconnect…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Disconnect from the server' });
    expect(within(dialog).getByText(/What it does not keep stays on the server only/)).toBeDefined();
    expect(within(dialog).queryByText(/all incidents/)).toBeNull();
  });

  it('says before disconnecting what stays and what stops, and where it fails', async () => {
    const { engine, user } = open({ ...joined, waiting: 3, parked: 1, handingOver: { done: 300, total: 24_918 } });
    engine.answer('leave', () => err({ code: 'diskFull' }));
    await user.click(await screen.findByRole('button', { name: 'Disconnect…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Disconnect from the server' });
    for (const sentence of [
      /all incidents, lists and drafts stay on this device/,
      /3 changes that were not sent stay here/,
      /1 change that the server refused stays here/,
      /Nothing is sent to https:\/\/desk.example.org any more/,
      /The hand-over ends at 300 of 24,918/,
    ]) {
      expect(within(dialog).getByText(sentence)).toBeDefined();
    }
    await user.click(within(dialog).getByRole('button', { name: 'Disconnect' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('The disk is full');
    engine.answer('leave', () => ok(null));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('signing in again', () => {
  it('has the e-mail filled in and needs only the password', async () => {
    const engine = createFakeEngine();
    engine.set('connection', { ...joined, people: [{ ...seatedAda, open: false }], waiting: 3 });
    engine.answer('signIn', () => ok(seatedAda));
    const onClose = vi.fn();
    const { user } = renderScreen(<SignInDialog email="ada@example.org" onClose={onClose} />, { engine });
    const dialog = await screen.findByRole('dialog', { name: 'Sign in' });
    expect(within(dialog).getByRole('textbox', { name: 'E-mail' })).toHaveProperty('value', 'ada@example.org');
    expect(await within(dialog).findByText(/3 changes wait to be sent; they are saved on this device/)).toBeDefined();
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByLabelText('Password')));
    await user.keyboard('secret{Enter}');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(engine.calls).toEqual([{ name: 'signIn', args: { email: 'ada@example.org', password: 'secret' } }]);
  });
});
