import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Category, Person } from '#domain/directory/directory.ts';
import { createFakeEngine } from '#renderer/platform/fake-engine.ts';
import { ada, renderScreen } from '#renderer/ui/render-screen.tsx';
import { DirectoryScreen } from './directory-screen.tsx';
import { linesOf } from './lists.ts';

const jonas: Person = { ...ada, id: 'p-2', name: 'Jonas Okafor', role: 'requester', teamIds: [], phone: '555 12' };
const category = (id: string, name: string, parentId: string | null): Category => ({
  id,
  name,
  parentId,
  assignmentGroupId: null,
  active: true,
  source: null,
});
const tree = [category('c-3', 'Printer', 'c-1'), category('c-1', 'Hardware', null), category('c-2', 'Access', null)];

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

  it('shows categories as their tree, and as a plain list while one filters', () => {
    expect(linesOf('category', tree, '').map(({ record, depth }) => [record.name, depth])).toEqual([
      ['Access', 0],
      ['Hardware', 0],
      ['Printer', 1],
    ]);
    expect(linesOf('category', tree, 'prin').map(({ record, depth }) => [record.name, depth])).toEqual([
      ['Printer', 0],
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
