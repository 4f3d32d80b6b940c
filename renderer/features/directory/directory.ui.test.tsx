import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Category, Person } from '#domain/directory/directory.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { DirectoryScreen } from './directory-screen.tsx';
import { linesOf } from './lists.ts';
import { doubleOf } from './record-checks.ts';

const jonas: Person = {
  ...ada,
  id: 'p-2',
  name: 'Jonas Okafor',
  role: 'requester',
  teamIds: [],
  phone: '555 12',
  mail: 'front@example.org',
};
const category = (id: string, name: string, parentId: string | null): Category => ({
  id,
  name,
  parentId,
  assignmentGroupId: null,
  active: true,
  source: null,
});
const tree = [category('c-3', 'Printer', 'c-1'), category('c-2', 'Access', null), category('c-1', 'Hardware', null)];

function open() {
  const engine = createFakeEngine();
  engine.set('directory', ({ kind }) =>
    kind === 'person'
      ? [ada, jonas]
      : kind === 'category'
        ? tree
        : kind === 'team'
          ? [{ id: 't-1', name: 'Service Desk', active: true, source: null }]
          : [],
  );
  return renderScreen(<DirectoryScreen />, { engine });
}

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 800 });
});
afterEach(cleanup);

describe('the directory', () => {
  it('keeps callers and agents apart', async () => {
    const { user } = open();
    const callers = await screen.findByRole('list', { name: 'Callers' });
    expect(
      within(callers)
        .getAllByRole('button')
        .map((line) => line.textContent),
    ).toEqual([expect.stringContaining('Jonas Okafor')]);
    await user.click(screen.getByRole('tab', { name: 'Agents' }));
    expect(within(await screen.findByRole('list', { name: 'Agents' })).getByText('Ada Lovelace')).toBeDefined();
  });

  it('saves a changed record as a command', async () => {
    const { engine, user } = open();
    await user.click(await screen.findByRole('button', { name: /Jonas Okafor/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Edit Jonas Okafor' });
    const phone = within(dialog).getByRole('textbox', { name: 'Phone' });
    await user.clear(phone);
    await user.type(phone, '555 99');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(engine.submitted()).toHaveLength(1));
    expect(engine.submitted()[0]).toMatchObject({
      name: 'directory.save',
      args: { kind: 'person', record: { ...jonas, phone: '555 99' } },
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('asks for a name before it saves a new record', async () => {
    const { engine, user } = open();
    await user.click(screen.getByRole('tab', { name: 'Teams' }));
    await user.click(await screen.findByRole('button', { name: 'New team' }));
    const dialog = await screen.findByRole('dialog', { name: 'New team' });
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(within(dialog).getByRole('alert').textContent).toContain('A name is needed');
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Network{Enter}');
    await waitFor(() =>
      expect(engine.submitted()[0]?.args).toMatchObject({ kind: 'team', record: { name: 'Network', active: true } }),
    );
  });

  it('says why a name of spaces and one of 300 characters are not saved', async () => {
    const { engine, user } = open();
    await user.click(screen.getByRole('tab', { name: 'Teams' }));
    await user.click(await screen.findByRole('button', { name: 'New team' }));
    const dialog = await screen.findByRole('dialog', { name: 'New team' });
    const name = within(dialog).getByRole('textbox', { name: 'Name' });
    await user.type(name, '   {Enter}');
    expect(within(dialog).getByRole('alert').textContent).toContain('A name is needed');
    await user.clear(name);
    await user.click(name);
    await user.paste('n'.repeat(300));
    await user.keyboard('{Enter}');
    expect(within(dialog).getByRole('alert').textContent).toContain('has 300 characters and at most 200');
    expect(name.getAttribute('aria-invalid')).toBe('true');
    expect(engine.submitted()).toEqual([]);
  });

  it('asks before a second person gets the same mail, and saves when told again', async () => {
    const { engine, user } = open();
    await user.click(await screen.findByRole('button', { name: 'New caller' }));
    const dialog = await screen.findByRole('dialog', { name: 'New caller' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Reception');
    await user.type(within(dialog).getByRole('textbox', { name: 'Mail' }), ' FRONT@example.org ');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(within(dialog).getByRole('alert').textContent).toContain('Jonas Okafor already has the mail');
    expect(engine.submitted()).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(engine.submitted()[0]?.args).toMatchObject({ record: { name: 'Reception', mail: 'FRONT@example.org' } }),
    );
  });

  it('shows the desk’s refusal of a name under the same parent, and where that name stands', async () => {
    const { engine, user } = open();
    const refusal = { code: 'nameTaken', details: { name: 'Printer', parent: 'Hardware', under: 1 } } as const;
    engine.answer('submit', () => ({ ok: false, error: { code: 'refused', refusal } }));
    await user.click(screen.getByRole('tab', { name: 'Categories' }));
    await user.click(await screen.findByRole('button', { name: 'New category' }));
    const dialog = await screen.findByRole('dialog', { name: 'New category' });
    const parent = within(dialog).getByRole('combobox', { name: 'Part of' });
    await user.click(parent);
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Access', 'Hardware']);
    await user.click(screen.getByRole('option', { name: 'Hardware' }));
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Printer{Enter}');
    const alert = await within(dialog).findByRole('alert');
    expect(alert.textContent).toContain('“Printer” is already on this list under “Hardware”');
  });

  it('asks nothing when an edit leaves a shared mail and name as they were', () => {
    const shared = { ...jonas, id: 'p-3', name: 'Reception' };
    expect(doubleOf({ ...shared, phone: '1' }, shared, [jonas])).toBeNull();
    expect(doubleOf({ ...shared, name: 'jonas  OKAFOR' }, shared, [jonas])?.by).toBe('name');
    expect(doubleOf({ ...shared, active: false }, null, [jonas])).toBeNull();
  });

  it('shows categories as their tree, and as a plain list while one filters', () => {
    expect(linesOf('category', tree, '').map(({ record, depth }) => [record.name, depth])).toEqual([
      ['Access', 0],
      ['Hardware', 0],
      ['Printer', 1],
    ]);
    expect(linesOf('category', tree, 'prin').map(({ record, depth, parent }) => [record.name, depth, parent])).toEqual([
      ['Printer', 0, 'Hardware'],
    ]);
  });

  it('shows every category once even if the tree bites its tail', () => {
    const looped = [category('c-1', 'A', 'c-2'), category('c-2', 'B', 'c-1'), category('c-3', 'C', null)];
    expect(
      linesOf('category', looped, '')
        .map(({ record }) => record.name)
        .toSorted(),
    ).toEqual(['A', 'B', 'C']);
  });
});
