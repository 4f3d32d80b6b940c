import type { Refusal } from '#domain/command/command.ts';
import type { DecisionState } from '#domain/command/decision.ts';
import type { Category, DirectoryKind, DirectoryRecords, Person } from '#domain/directory/directory.ts';
import { foldedName, isBlankName } from '#domain/directory/names.ts';

/** A record to save, tied to its kind. */
export type DirectorySave = {
  [K in DirectoryKind]: { readonly kind: K; readonly record: DirectoryRecords[K] };
}[DirectoryKind];

/** Why a directory record cannot be saved as it is, or null. */
export function saveRefusal(save: DirectorySave, state: DecisionState): Refusal | null {
  if (isBlankName(save.record.name)) return { code: 'argumentsInvalid', details: { field: 'name' } };
  if (save.record.active && hasNamesake(save, state)) return nameTaken(save, state);
  if (save.kind === 'person') return personRefusal(save.record, state);
  if (save.kind === 'category') return treeRefusal(save.record, state) ?? groupRefusal(save.record, state);
  return 'assignmentGroupId' in save.record ? groupRefusal(save.record, state) : null;
}

/** Under which parent too, so that the sentence can say where the namesake stands. */
function nameTaken({ record }: DirectorySave, state: DecisionState): Refusal {
  const parent = 'parentId' in record && record.parentId !== null ? state.record('category', record.parentId) : null;
  const details = { name: record.name, parent: parent?.name ?? '', under: parent === null ? 0 : 1 };
  return { code: 'nameTaken', details };
}

/** Records never change, so each is folded once, however many others are compared with it. */
const FOLDED = new WeakMap<object, string>();

function foldedNameOf(record: DirectoryRecords[DirectoryKind]): string {
  const known = FOLDED.get(record);
  if (known !== undefined) return known;
  const folded = foldedName(record.name);
  FOLDED.set(record, folded);
  return folded;
}

function hasNamesake({ kind, record }: DirectorySave, state: DecisionState): boolean {
  const name = foldedNameOf(record);
  for (const other of state.records(kind)) {
    if (other.id !== record.id && other.active && foldedNameOf(other) === name && alike(other, record)) return true;
  }
  return false;
}

/**
 * Two entries of one name: a category may repeat under another parent, and two people may share a name as long as
 * mail or telephone tell them apart.
 */
function alike(one: DirectoryRecords[DirectoryKind], other: DirectoryRecords[DirectoryKind]): boolean {
  if ('parentId' in one && 'parentId' in other) return one.parentId === other.parentId;
  if ('mail' in one && 'mail' in other) {
    return foldedName(one.mail) === foldedName(other.mail) && foldedName(one.phone) === foldedName(other.phone);
  }
  return true;
}

function personRefusal(person: Person, state: DecisionState): Refusal | null {
  const lost = person.teamIds.find((id) => state.record('team', id) === null);
  if (lost !== undefined) return { code: 'notFound', details: { what: 'team', field: 'teamIds' } };
  const sited = person.siteId === null || state.record('site', person.siteId) !== null;
  return sited ? null : { code: 'notFound', details: { what: 'site', field: 'siteId' } };
}

function groupRefusal(
  { assignmentGroupId }: { assignmentGroupId: string | null },
  state: DecisionState,
): Refusal | null {
  if (assignmentGroupId === null || state.record('team', assignmentGroupId) !== null) return null;
  return { code: 'notFound', details: { what: 'team', field: 'assignmentGroupId' } };
}

/** Two levels, so no cycle: a parent has no parent, and who has children gets none. */
function treeRefusal(category: Category, state: DecisionState): Refusal | null {
  if (category.parentId === null) return null;
  const parent = state.record('category', category.parentId);
  if (parent === null) return { code: 'notFound', details: { what: 'category', field: 'parentId' } };
  const tooDeep = parent.id === category.id || parent.parentId !== null || hasChildren(category, state);
  return tooDeep ? { code: 'argumentsInvalid', details: { field: 'parentId' } } : null;
}

function hasChildren({ id }: Category, state: DecisionState): boolean {
  for (const category of state.records('category')) if (category.parentId === id) return true;
  return false;
}
