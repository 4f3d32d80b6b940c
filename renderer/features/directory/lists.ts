import type { Id } from '#domain/activity/activity.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Category, DirectoryKind, DirectoryRecords, Person } from '#domain/directory/directory.ts';

/** The directory's lists as a person sees them: people twice, as callers and as the desk's own. */
export const LISTS = ['people', 'staff', 'team', 'category', 'service', 'configurationItem', 'site'] as const;
export type ListName = (typeof LISTS)[number];

export const kindOf = (list: ListName): DirectoryKind => (list === 'people' || list === 'staff' ? 'person' : list);

export type AnyRecord = DirectoryRecords[DirectoryKind];

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const isPerson = (record: AnyRecord): record is Person => 'handlingNotes' in record;

/** Callers are those without a desk role; agents have one. */
export const belongsTo = (list: ListName, record: AnyRecord): boolean => {
  if (!isPerson(record)) return true;
  return list === 'staff' ? record.role !== 'requester' : list === 'people' ? record.role === 'requester' : true;
};

const textOf = (record: AnyRecord): string =>
  isPerson(record)
    ? `${record.name} ${record.mail ?? ''} ${record.phone ?? ''} ${record.organisation ?? ''}`
    : record.name;

/** A line of a list; a category lies `depth` levels under its top one, or out of its tree names its parent. */
export interface ListLine {
  readonly record: AnyRecord;
  readonly depth: number;
  readonly parent?: string | undefined;
}

const byName = (a: AnyRecord, b: AnyRecord) => a.name.localeCompare(b.name);

/** The category tree, each branch followed by its leaves; one whose parent is gone stands at the top. */
function treeLines(categories: readonly Category[]): ListLine[] {
  const known = new Set(categories.map((category) => category.id));
  const childrenOf = new Map<Id | null, Category[]>();
  for (const category of categories.toSorted(byName)) {
    const parent = category.parentId !== null && known.has(category.parentId) ? category.parentId : null;
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), category]);
  }
  const seen = new Set<Id>();
  const under = (parent: Id | null, depth: number): ListLine[] =>
    (childrenOf.get(parent) ?? []).flatMap((record) => {
      if (seen.has(record.id)) return [];
      seen.add(record.id);
      return [{ record, depth }, ...under(record.id, depth + 1)];
    });
  const hanging = under(null, 0);
  // A tree that bites its own tail hangs nowhere; its parts are shown all the same.
  const loose = categories.filter((category) => !seen.has(category.id));
  return [...hanging, ...loose.map((record) => ({ record, depth: 0 }))];
}

const parentName = (record: AnyRecord, all: readonly AnyRecord[]): string | undefined =>
  'parentId' in record && record.parentId !== null ? all.find(({ id }) => id === record.parentId)?.name : undefined;

/** What a list shows for a filter text: categories as their tree, the rest by name. */
export function linesOf(list: ListName, records: readonly AnyRecord[], text: string): readonly ListLine[] {
  const own = records.filter((record) => belongsTo(list, record));
  const wanted = folded(text.trim());
  const lines =
    list === 'category' && wanted === ''
      ? treeLines(own as readonly Category[])
      : own.toSorted(byName).map((record) => ({ record, depth: 0, parent: parentName(record, own) }));
  return wanted === '' ? lines : lines.filter(({ record }) => folded(textOf(record)).includes(wanted));
}

/** An empty record of a list, with the id it will have. */
export function blankRecord(list: ListName, id: Id): AnyRecord {
  const plain = { id, name: '', active: true, source: null };
  switch (list) {
    case 'people':
    case 'staff':
      return blankPerson({ id, name: '', role: list === 'staff' ? 'agent' : 'requester' });
    case 'team':
    case 'site':
      return plain;
    case 'category':
      return { ...plain, parentId: null, assignmentGroupId: null };
    case 'service':
    case 'configurationItem':
      return { ...plain, assignmentGroupId: null };
  }
}
