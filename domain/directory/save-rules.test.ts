import { describe, expect, it } from 'vitest';
import { category, type MemoryDesk, outcome, person, staffedDesk, team } from '#domain/command/memory-desk.suite.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';

const saving = (desk: MemoryDesk, kind: DirectoryKind, record: object, actor = 'ann') =>
  outcome(desk.send('directory.save', { kind, record }, { actor }));

describe('saving the directory', () => {
  it('keeps the record, and what it was before', () => {
    const desk = staffedDesk();
    expect(saving(desk, 'team', { ...team('net'), name: ' Networks ' })).toBe('accepted');
    expect(desk.record('team', 'net')?.name).toBe('Networks');
    expect(desk.log.at(-1)?.payload).toMatchObject({ kind: 'team', previous: { name: 'Team net' } });
  });

  it('lets the first person of a lone desk save themselves', () => {
    const desk = staffedDesk();
    expect(saving(desk, 'person', person('me'), 'me')).toBe('accepted');
    desk.context = { zone: 'UTC', alone: false };
    expect(saving(desk, 'person', person('you'), 'you')).toBe('notFound');
  });

  it('needs a name, all fields and no others', () => {
    const desk = staffedDesk();
    expect(saving(desk, 'team', { ...team('x'), name: ' ' })).toBe('argumentsInvalid');
    expect(saving(desk, 'team', { id: 'x', name: 'X' })).toBe('argumentsInvalid');
    expect(saving(desk, 'team', { ...team('x'), colour: 'red' })).toBe('argumentsInvalid');
    expect(saving(desk, 'team', { ...team('x'), name: 'n'.repeat(201) })).toBe('textTooLong');
  });

  it('refuses to change nothing', () => {
    expect(saving(staffedDesk(), 'team', team('net'))).toBe('nothingChanged');
  });

  it('takes a name once among the active of a kind, whatever its case', () => {
    const desk = staffedDesk();
    expect(saving(desk, 'team', { ...team('x'), name: 'TEAM NET' })).toBe('nameTaken');
    saving(desk, 'team', { ...team('net'), active: false });
    expect(saving(desk, 'team', { ...team('x'), name: 'Team net' })).toBe('accepted');
    expect(saving(desk, 'team', team('net'))).toBe('nameTaken');
    expect(saving(desk, 'site', { ...team('x'), name: 'Team net' })).toBe('accepted');
  });

  it('takes no name that differs from another only by what nobody sees', () => {
    const desk = staffedDesk();
    expect(saving(desk, 'team', { ...team('x'), name: 'Team\u00a0 net' })).toBe('nameTaken');
    expect(saving(desk, 'team', { ...team('x'), name: '\u200b' })).toBe('argumentsInvalid');
  });

  it('takes two people of one name when mail or telephone tell them apart', () => {
    const desk = staffedDesk().has('person', person('a', { name: 'John Smith', phone: '1' }));
    expect(saving(desk, 'person', person('b', { name: 'john smith', phone: '1' }))).toBe('nameTaken');
    expect(saving(desk, 'person', person('b', { name: 'John Smith', phone: '2' }))).toBe('accepted');
  });

  it('refuses teams and sites that are not there', () => {
    const desk = staffedDesk();
    expect(saving(desk, 'person', person('x', { teamIds: ['gone'] }))).toBe('notFound');
    expect(saving(desk, 'person', person('x', { siteId: 'gone' }))).toBe('notFound');
    expect(saving(desk, 'category', category('x', { assignmentGroupId: 'gone' }))).toBe('notFound');
    expect(saving(desk, 'service', { ...team('x'), assignmentGroupId: 'gone' })).toBe('notFound');
  });
});

describe('the category tree', () => {
  const tree = () =>
    staffedDesk().has('category', category('root'), category('leaf', { parentId: 'root' }), category('other'));

  it('has two levels and no cycle', () => {
    const desk = tree();
    expect(saving(desk, 'category', category('new', { parentId: 'leaf' }))).toBe('argumentsInvalid');
    expect(saving(desk, 'category', category('root', { parentId: 'other' }))).toBe('argumentsInvalid');
    expect(saving(desk, 'category', category('other', { parentId: 'other' }))).toBe('argumentsInvalid');
    expect(saving(desk, 'category', category('other', { parentId: 'gone' }))).toBe('notFound');
    expect(saving(desk, 'category', category('leaf', { parentId: 'other' }))).toBe('accepted');
  });

  it('takes one name under each parent', () => {
    const desk = tree();
    const printer = (id: string, parentId: string | null) =>
      saving(desk, 'category', category(id, { name: 'Printer', parentId }));
    expect([printer('p1', 'root'), printer('p2', 'other'), printer('p3', null), printer('p4', 'root')]).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'nameTaken',
    ]);
    const again = desk.send('directory.save', {
      kind: 'category',
      record: category('p5', { name: 'PRINTER', parentId: 'root' }),
    });
    const root = desk.record('category', 'root')?.name;
    expect(again).toMatchObject({ error: { code: 'nameTaken', details: { name: 'PRINTER', parent: root, under: 1 } } });
  });
});
