import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '#contracts/engine/agreement.ts';
import { SCOPE_LIMITS, type Scope } from '#contracts/sync/scope.ts';
import { err, ok } from '#domain/result.ts';
import { createFakeEngine, type FakeEngine } from '#renderer/platform/fake-engine.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { directoryOf, joined } from './connection.suite.ts';
import { ScopeDialog, type ScopeDialogProps } from './scope-dialog.tsx';

afterEach(cleanup);

const engineOf = (connection: Partial<Connection> = {}): FakeEngine => {
  const engine = createFakeEngine({ connection: { ...joined, ...connection }, directory: directoryOf });
  engine.answer('sizeOfScope', ({ scope }) =>
    ok(scope === null ? { incidents: 24_918, bytes: 118_000_000 } : { incidents: 1_240, bytes: 6_200_000 }),
  );
  return engine;
};

function open(engine = engineOf(), props: Partial<ScopeDialogProps> = {}) {
  const onClose = vi.fn();
  return { ...renderScreen(<ScopeDialog onClose={onClose} {...props} />, { engine }), onClose };
}

const scoped = (scope: Scope) => engineOf({ scope });
const dialog = () => screen.findByRole('dialog', { name: 'What this device keeps' });
const radio = (name: string) => screen.findByRole<HTMLInputElement>('radio', { name });
const list = (name: string) => screen.findByRole('group', { name });
const boxes = (group: HTMLElement) => within(group).getAllByRole<HTMLInputElement>('checkbox');
const size = () => document.querySelector('[role="status"][data-kind]')?.textContent;
const asked = (engine: FakeEngine) =>
  engine.calls.filter(({ name }) => name === 'sizeOfScope').map(({ args }) => (args as { scope: Scope | null }).scope);
const kept = (engine: FakeEngine) => engine.calls.filter(({ name }) => name === 'keepScope').map(({ args }) => args);

describe('what this device keeps', () => {
  it('begins with everything, has the keys there, and says what that comes to', async () => {
    const { engine, user, onClose } = open();
    const everything = await radio('Everything');
    expect(everything.checked).toBe(true);
    await waitFor(() => expect(document.activeElement).toBe(everything));
    expect(screen.getByRole('radiogroup', { name: 'What this device keeps' })).toBeDefined();
    await waitFor(() => expect(size()).toBe('24,918 incidents, about 120 MB'));
    expect(screen.queryByRole('group', { name: 'Teams' })).toBeNull();
    expect(screen.queryByText(/leaves this device/)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(kept(engine)).toEqual([{ scope: null }]);
  });

  it('offers a part with the person’s own teams first, marked and chosen, of the last 90 days', async () => {
    const { engine, user, onClose } = open();
    await user.click(await radio('A part of it'));
    const teams = await list('Teams');
    expect(
      within(teams)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Service Deskyours', 'Anwendungsbetreuung', 'Netzwerk']);
    expect(boxes(teams).map(({ checked }) => checked)).toEqual([true, false, false]);
    expect(within(teams).getByText('1 chosen')).toBeDefined();
    expect(boxes(await list('Sites')).map(({ checked }) => checked)).toEqual([false, false]);
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('90 days');
    await waitFor(() => expect(size()).toBe('1,240 incidents, about 6.2 MB'));
    expect(screen.getByText(/^In any case this device keeps what concerns you/)).toBeDefined();
    expect(screen.getByText('What is not in it leaves this device; it stays on the server.')).toBeDefined();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(kept(engine)).toEqual([{ scope: { teamIds: ['t-1'], siteIds: [], closedFor: 90 } }]);
  });

  it('can be chosen by keyboard alone', async () => {
    const { engine, user, onClose } = open();
    const everything = await radio('Everything');
    await waitFor(() => expect(document.activeElement).toBe(everything));
    await user.keyboard('{ArrowDown}');
    const [desk, , network] = boxes(await list('Teams'));
    await user.tab();
    expect(document.activeElement).toBe(desk);
    await user.keyboard(' ');
    await user.tab();
    await user.tab();
    expect(document.activeElement).toBe(network);
    await user.keyboard(' ');
    await user.tab();
    await user.keyboard(' ');
    await user.tab();
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Open, or changed within' }));
    await user.keyboard('How{Enter}{Control>}{Enter}{/Control}');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(kept(engine)).toEqual([{ scope: { teamIds: ['t-net'], siteIds: ['s-ber'], closedFor: null } }]);
  });

  it('begins with what is kept now, also where that is a span or a team that is not offered any more', async () => {
    open(scoped({ teamIds: ['t-old', 'gone'], siteIds: ['s-lyo'], closedFor: 45 }));
    expect((await radio('A part of it')).checked).toBe(true);
    const telephony = await within(await list('Teams')).findByRole<HTMLInputElement>('checkbox', { name: 'Telefonie' });
    expect(telephony.checked).toBe(true);
    expect(within(await list('Sites')).getByRole<HTMLInputElement>('checkbox', { name: 'Lyon' }).checked).toBe(true);
    const span = screen.getByRole<HTMLInputElement>('combobox');
    expect(span.value).toBe('45 days');
    act(() => span.click());
    const spans = (await screen.findAllByRole('option')).map(({ textContent }) => textContent);
    expect(spans).toEqual(['30 days', '45 days', '90 days', '180 days', '365 days', 'However long ago']);
  });

  it('begins with a part where that was asked for', async () => {
    open(engineOf(), { beginsWithPart: true });
    expect((await radio('A part of it')).checked).toBe(true);
    await waitFor(async () => expect(document.activeElement).toBe(await radio('A part of it')));
  });

  it('says what naming no team means, and keeps everything where a part leaves nothing out', async () => {
    const { engine, user, onClose } = open(scoped({ teamIds: ['t-1'], siteIds: [], closedFor: 90 }));
    await user.click(within(await list('Teams')).getByRole('checkbox', { name: /Service Desk/ }));
    expect(screen.getByText('No team and no site is chosen, so those of all teams are kept.')).toBeDefined();
    await user.click(screen.getByRole('combobox'));
    await user.click(await screen.findByRole('option', { name: 'However long ago' }));
    expect(screen.getByText('This leaves nothing out: everything is kept.')).toBeDefined();
    expect(screen.getByText('What is not here yet is loaded; you can work meanwhile.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(kept(engine)).toEqual([{ scope: null }]);
  });

  it('asks for the size once a choice has rested, and drops what was answered about an earlier one', async () => {
    const engine = engineOf();
    const answers: ((value: { incidents: number; bytes: number }) => void)[] = [];
    const call = engine.call;
    Object.assign(engine, {
      call: (name: string, args: never) =>
        name === 'sizeOfScope'
          ? new Promise((resolve) => answers.push((value) => resolve(ok(value))))
          : call(name as never, args),
    });
    const { user } = open(engine);
    await waitFor(() => expect(answers).toHaveLength(1));
    expect(size()).toBe('Asking the server how much this is');
    await user.click(await radio('A part of it'));
    const [, , network] = boxes(await list('Teams'));
    await user.click(network as HTMLElement);
    await waitFor(() => expect(answers).toHaveLength(2));
    await act(async () => answers[0]?.({ incidents: 24_918, bytes: 118_000_000 }));
    expect(size()).toBe('Asking the server how much this is');
    await act(async () => answers[1]?.({ incidents: 1, bytes: 5_000 }));
    expect(size()).toBe('1 incident, about 5 kB');
  });

  it('is asked anew for every choice, and not for what was passed over', async () => {
    const { engine, user } = open();
    await user.click(await radio('A part of it'));
    await list('Teams');
    await waitFor(() => expect(size()).toBe('1,240 incidents, about 6.2 MB'));
    expect(asked(engine)).toEqual([null, { teamIds: ['t-1'], siteIds: [], closedFor: 90 }]);
  });

  it('says why the server cannot say how much it is, and can be saved all the same', async () => {
    const engine = engineOf();
    engine.answer('sizeOfScope', () => err({ code: 'network', network: 'offline' }));
    const { user, onClose } = open(engine, { beginsWithPart: true });
    await waitFor(() => expect(size()).toMatch(/^How much this is cannot be said now; .*cannot be reached/));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });

  it('says why it could not be saved, and keeps what was chosen', async () => {
    const engine = engineOf();
    engine.answer('keepScope', () => err({ code: 'diskFull' }));
    const { user, onClose } = open(engine, { beginsWithPart: true });
    await list('Sites');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await within(await dialog()).findByRole('alert')).textContent).toContain('The disk is full');
    expect(onClose).not.toHaveBeenCalled();
    expect((await radio('A part of it')).checked).toBe(true);
  });

  it('leaves sites out where there are none, and waits for teams that have not arrived', async () => {
    const engine = engineOf({ states: [{ kind: 'loading', done: 10, total: 24_918 }] });
    engine.set('directory', () => []);
    open(engine, { beginsWithPart: true });
    expect(await screen.findByText(/teams have not arrived yet/)).toBeDefined();
    expect(screen.queryByRole('group', { name: 'Sites' })).toBeNull();
    act(() => engine.set('directory', directoryOf));
    expect(boxes(await list('Teams'))[0]?.checked).toBe(true);
  });

  it('finds among many teams, says how many can be named, and saves no more', async () => {
    const engine = engineOf();
    const many = Array.from({ length: SCOPE_LIMITS.named + 2 }, (_, n) => ({
      id: `t-${n}`,
      name: `Rechenzentrum ${n}`,
      active: true,
      source: null,
    }));
    engine.set('directory', ({ kind }) => (kind === 'team' ? many : []));
    engine.set('connection', {
      ...joined,
      scope: { teamIds: many.slice(0, SCOPE_LIMITS.named).map(({ id }) => id), siteIds: [], closedFor: null },
    });
    const { user } = open(engine);
    const teams = await list('Teams');
    await user.type(within(teams).getByRole('textbox', { name: 'Find a team' }), `${SCOPE_LIMITS.named + 1}{Enter}`);
    expect(kept(engine)).toEqual([]);
    await waitFor(() => expect(boxes(teams)).toHaveLength(1));
    await user.click(boxes(teams)[0] as HTMLElement);
    expect(within(teams).getByRole('alert').textContent).toContain(
      `More than ${SCOPE_LIMITS.named} teams cannot be named.`,
    );
    expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await user.clear(within(teams).getByRole('textbox'));
    await user.type(within(teams).getByRole('textbox'), 'zzz');
    expect(await within(teams).findByText(/None is called so/)).toBeDefined();
  });

  it('belongs to the person who sits there', async () => {
    const { engine } = open();
    await waitFor(() =>
      expect(engine.calls).toContainEqual({ name: 'sizeOfScope', args: { personId: ada.id, scope: null } }),
    );
  });
});
