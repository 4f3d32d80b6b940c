import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '#contracts/engine/agreement.ts';
import { err, ok } from '#domain/result.ts';
import { ADDRESS, alone, seatedAda } from '#renderer/ui/agreement.suite.ts';
import { renderScreen } from '#renderer/ui/render-screen.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { forgetConnect } from './connect-store.ts';
import { engineWithServer, found, history, joined, preview, rowOf } from './connection.suite.ts';

const button = (name: string) => screen.getByRole('button', { name });
const named = (name: string) => screen.findByRole('button', { name });
const step = () => screen.getByRole('list', { name: 'Steps' }).querySelector('[aria-current="step"]')?.textContent;
const rowNamed = (name: RegExp) => screen.getByRole('row', { name });

afterEach(() => {
  cleanup();
  forgetConnect();
});

function open(
  engine = engineWithServer(),
  onClose: () => void = () => undefined,
  onScope: () => void = () => undefined,
) {
  return renderScreen(<ConnectDialog onClose={onClose} onScope={onScope} />, { engine });
}

async function openAtJoin(shown = history) {
  const engine = engineWithServer(shown, { ...found, people: [seatedAda], tokens: 'kept' });
  const result = open(engine);
  await screen.findByRole('heading', { name: /^Join/ });
  return result;
}

describe('connecting to a server', () => {
  it('takes a desk without a history in by keyboard alone: address, e-mail, password', async () => {
    const { engine, user } = open();
    const dialog = await screen.findByRole('dialog', { name: 'Connect to a server' });
    const address = await within(dialog).findByRole('textbox', { name: 'Address' });
    await waitFor(() => expect(document.activeElement).toBe(address));
    expect(step()).toBe('Address');
    await user.keyboard('desk.example.org{Enter}');
    const email = await screen.findByRole('textbox', { name: 'E-mail' });
    await waitFor(() => expect(document.activeElement).toBe(email));
    expect(step()).toBe('Sign in');
    expect(dialog.textContent).toContain(`A Deskbell server answers at ${ADDRESS}`);
    await user.keyboard('ada@example.org{Tab}secret{Enter}');
    await screen.findByRole('heading', { name: `This desk has joined ${ADDRESS}` });
    expect(engine.calls.map(({ name, args }) => [name, args])).toEqual([
      ['findServer', { address: 'desk.example.org' }],
      ['signIn', { email: 'ada@example.org', password: 'secret' }],
      ['previewJoin', { personId: 'p-ada' }],
      ['join', { personId: 'p-ada', mapping: [] }],
    ]);
  });

  it('says where an address leads nowhere, and keeps it', async () => {
    const engine = engineWithServer();
    engine.answer('findServer', () => err({ code: 'network', network: 'notOurServer' }));
    const { user } = open(engine);
    const address = await screen.findByRole('textbox', { name: 'Address' });
    await user.type(address, 'wlan.example.org{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('Something else answered than a Deskbell server');
    expect(address).toHaveProperty('value', 'wlan.example.org');
    expect(address.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(address);
  });

  it('promises nothing that a desk without a server does not do', async () => {
    const engine = engineWithServer();
    engine.answer('findServer', () => err({ code: 'network', network: 'offline' }));
    const { user } = open(engine);
    await user.type(await screen.findByRole('textbox', { name: 'Address' }), 'nobody.example.org{Enter}');
    const said = (await screen.findByRole('alert')).textContent;
    expect(said).toContain('Nothing was sent');
    expect(said).not.toContain('by itself');
  });

  it('keeps what was typed when it is closed, but no password', async () => {
    const { user, unmount } = open(engineWithServer(preview, found));
    await user.type(await screen.findByRole('textbox', { name: 'E-mail' }), 'ada@example.org');
    await user.type(screen.getByLabelText('Password'), 'secret');
    unmount();
    open(engineWithServer(preview, found));
    expect(await screen.findByRole('textbox', { name: 'E-mail' })).toHaveProperty('value', 'ada@example.org');
    expect(screen.getByLabelText('Password')).toHaveProperty('value', '');
  });

  it('says a wrong password and what is missing, and asks nobody for nothing', async () => {
    const engine = engineWithServer(preview, found);
    engine.answer('signIn', () => err({ code: 'network', network: 'credentialsWrong' }));
    const { user } = open(engine);
    await screen.findByRole('textbox', { name: 'E-mail' });
    await user.click(button('Sign in'));
    expect(screen.getByText(/Your e-mail is needed/)).toBeDefined();
    await user.keyboard('ada@example.org{Enter}');
    expect(screen.getByText(/Your password is needed/)).toBeDefined();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^Password/)));
    expect(engine.calls).toEqual([]);
    await user.keyboard('wrong{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('E-mail or password is not right');
    await user.click(button('Sign in'));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^Password/)));
  });

  it('offers the organisation’s own sign-in only where the server has it', async () => {
    const engine = engineWithServer(preview, found);
    engine.answer('signInByBrowser', () => {
      engine.set('connection', { ...found, people: [seatedAda], tokens: 'kept' });
      return ok(seatedAda);
    });
    const { user } = open(engine);
    await screen.findByRole('textbox', { name: 'E-mail' });
    expect(screen.queryByRole('button', { name: 'Sign in with your organisation' })).toBeNull();
    act(() => engine.set('connection', { ...found, offers: { password: false, browser: 'Example sign-in' } }));
    expect(await screen.findByText('Opens “Example sign-in” in the browser.')).toBeDefined();
    expect(screen.queryByRole('textbox', { name: 'E-mail' })).toBeNull();
    await user.click(await named('Sign in with your organisation'));
    await screen.findByRole('heading', { name: /This desk has joined/ });
  });

  it('goes back to another address', async () => {
    const { engine, user } = open(engineWithServer(preview, found));
    await user.click(await named('Another address'));
    expect(await screen.findByRole('textbox', { name: 'Address' })).toBeDefined();
    expect(engine.calls).toEqual([{ name: 'leave', args: {} }]);
  });

  it('says in a plain browser that there is no way to a server', async () => {
    open(engineWithServer(preview, { ...alone, mode: 'notSupported' }));
    expect(await screen.findByText(/A browser has no way to a server/)).toBeDefined();
  });
});

describe('the preview of joining', () => {
  it('says how much is handed over by whom, and what every record becomes', async () => {
    const { engine, user } = await openAtJoin();
    expect(screen.getByRole('heading', { name: `Join ${ADDRESS} as Ada Lovelace, Agent` })).toBe(
      document.activeElement,
    );
    expect(screen.getByText(/1,240 incidents of this desk are handed over by Ada Lovelace/)).toBeDefined();
    expect(screen.getByRole('table', { name: 'People (2)' })).toBeDefined();
    expect(screen.getByRole('combobox', { name: 'Ida Holm on the server' })).toHaveProperty('value', 'Ida Holm-Berg');
    expect(screen.getByRole('combobox', { name: 'Netzwerk on the server' })).toHaveProperty(
      'value',
      'Take along as new',
    );
    const team = screen.getByRole('combobox', { name: 'Netzwerk on the server' });
    await user.click(team);
    await user.keyboard('netw{Enter}');
    await user.click(button('Join and hand over'));
    await screen.findByRole('heading', { name: /This desk has joined/ });
    expect(engine.calls.at(-1)).toEqual({
      name: 'join',
      args: {
        personId: 'p-ada',
        mapping: [
          { kind: 'person', localId: 'l-ida', serverId: 's-ida' },
          { kind: 'person', localId: 'l-jon', serverId: null },
          { kind: 'team', localId: 'l-team', serverId: 's-net' },
        ],
      },
    });
  });

  it('takes along as new also what it seemed to know, if told so', async () => {
    const { engine, user } = await openAtJoin();
    await user.click(screen.getByRole('combobox', { name: 'Ida Holm on the server' }));
    await user.click(screen.getByRole('option', { name: 'Take along as new' }));
    await user.click(button('Join and hand over'));
    await screen.findByRole('heading', { name: /This desk has joined/ });
    expect(JSON.stringify(engine.calls.at(-1))).toContain('{"kind":"person","localId":"l-ida","serverId":null}');
  });

  it('shows only those without a match on demand', async () => {
    const { user } = await openAtJoin();
    expect(rowNamed(/Ida Holm/)).toBeDefined();
    await user.click(screen.getByRole('checkbox', { name: 'Only those without a match' }));
    expect(screen.queryByRole('row', { name: /Ida Holm/ })).toBeNull();
    expect(rowNamed(/Jon Ek/)).toBeDefined();
    expect(screen.getByText('2 of 3 without a match')).toBeDefined();
  });

  it('shows thousands of people a part at a time', async () => {
    const rows = Array.from({ length: 4_812 }, (_, n) => rowOf({ localId: `l-${n}`, name: `Person ${n}` }));
    const { user } = await openAtJoin({ ...history, rows });
    expect(screen.getAllByRole('combobox')).toHaveLength(50);
    await user.click(button('Show 50 more of 4,762'));
    expect(screen.getAllByRole('combobox')).toHaveLength(100);
  });

  it('says who can help when this person may not hand over, and joins not', async () => {
    const { user, engine } = await openAtJoin({ ...history, mayHandOver: false });
    expect(screen.getByText(/Ada Lovelace may not hand them over/).textContent).toContain(
      'they are all kept and the desk goes on alone. Ask an administrator to sign in here',
    );
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Join and hand over' })).toBeNull();
    await user.click(button('Sign in as somebody else'));
    expect(await screen.findByRole('textbox', { name: 'E-mail' })).toBeDefined();
    expect(engine.calls.map(({ name }) => name)).not.toContain('join');
  });

  it('wants a match for everything where no records may be added', async () => {
    const { user } = await openAtJoin({ ...history, mayAddRecords: false });
    expect(screen.getByText(/so 2 records still need a match/)).toBeDefined();
    expect(button('Join and hand over')).toHaveProperty('disabled', true);
    await user.click(screen.getByRole('combobox', { name: 'Jon Ek on the server' }));
    expect(screen.queryByRole('option', { name: 'Take along as new' })).toBeNull();
    await user.keyboard('jon{Enter}');
    await user.click(screen.getByRole('combobox', { name: 'Netzwerk on the server' }));
    await user.keyboard('netw{Enter}');
    expect(screen.getByText(/every one here has a match/)).toBeDefined();
    expect(button('Join and hand over')).toHaveProperty('disabled', false);
  });

  it('can be looked at again after it failed', async () => {
    const engine = engineWithServer(history, { ...found, people: [seatedAda], tokens: 'kept' });
    engine.answer('previewJoin', () => err({ code: 'network', network: 'offline' }));
    const { user } = open(engine);
    expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached');
    engine.answer('previewJoin', () => ok(history));
    await user.click(button('Retry'));
    expect(await screen.findByRole('heading', { name: /^Join https/ })).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a desk that has joined', () => {
  it('shows its hand-over also while it still works alone', async () => {
    open(engineWithServer(preview, { ...found, handingOver: { done: 300, total: 24_918 } }));
    expect(await screen.findByRole('heading', { name: `This desk is joining ${ADDRESS}` })).toBeDefined();
    expect(screen.getByRole('progressbar', { name: 'Handing over' })).toBeDefined();
  });

  it('shows how far it hands over and loads, and can be closed meanwhile', async () => {
    const onClose = vi.fn();
    const { engine, user } = open(
      engineWithServer(preview, { ...joined, handingOver: { done: 300, total: 24_918 } }),
      onClose,
    );
    const bar = await screen.findByRole('progressbar', { name: 'Handing over' });
    expect(bar.getAttribute('aria-valuetext')).toBe('Handing over 300 of 24,918');
    act(() => engine.set('connection', { ...joined, states: [{ kind: 'loading', done: 1_200, total: 24_918 }] }));
    expect((await screen.findByRole('progressbar', { name: 'Loading' })).getAttribute('aria-valuetext')).toBe(
      'Loading 1,200 of 24,918',
    );
    await user.click(button('Go on in the background'));
    expect(onClose).toHaveBeenCalledOnce();
    act(() => engine.set('connection', joined));
    expect(await screen.findByText(/hold the same now/)).toBeDefined();
    expect(button('Done')).toBeDefined();
  });

  it('leads to keeping only a part while it loads, and then claims no more than that part', async () => {
    const onScope = vi.fn();
    const loading: Connection = { ...joined, states: [{ kind: 'loading', done: 1_200, total: 24_918 }] };
    const { engine, user } = open(engineWithServer(preview, loading), undefined, onScope);
    await user.click(await named('Keep only a part on this device'));
    expect(onScope).toHaveBeenCalledOnce();
    const scope = { teamIds: ['t-1'], siteIds: [], closedFor: 90 };
    act(() => engine.set('connection', { ...loading, scope }));
    expect(await named('Change what this device keeps')).toBeDefined();
    act(() => engine.set('connection', { ...joined, scope }));
    expect(await screen.findByText('Everything this device keeps of the server is here now.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Change what this device keeps' })).toBeNull();
  });
});
