import { useMemo } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import type { Category, DirectoryKind } from '#domain/directory/directory.ts';
import { foldedName } from '#domain/directory/names.ts';
import { useSteadyWatch, useWatch } from '#renderer/platform/hooks.ts';
import type { ComboOption } from '#renderer/ui/combo-options.ts';
import { useWords } from '#renderer/words/words.ts';

type ListedKind = Exclude<DirectoryKind, 'person'>;

const byLabel = (a: ComboOption, b: ComboOption) => a.label.localeCompare(b.label);

type Listed = { readonly id: Id; readonly name: string } & Partial<Pick<Category, 'parentId'>>;

const NO_NAMES: ReadonlySet<string> = new Set();

/** Names that more than one of them bears. */
function sharedNames(records: readonly Listed[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { name } of records) (seen.has(foldedName(name)) ? shared : seen).add(foldedName(name));
  return shared;
}

/**
 * The active records of a plain list, by name. Categories carry their parent as detail; where two share a name the
 * parent stands in the label, because that alone is what the field shows once one is chosen.
 */
export function useDirectoryOptions(kind: ListedKind): readonly ComboOption[] {
  const say = useWords('common');
  const records: readonly (Listed & { readonly active: boolean })[] | undefined = useWatch('directory', { kind });
  return useMemo(() => {
    const nameOf = new Map(records?.map((record) => [record.id, record.name]));
    const active = (records ?? []).filter((record) => record.active);
    const shared = kind === 'category' ? sharedNames(active) : NO_NAMES;
    const optionOf = ({ id, name, parentId }: Listed): ComboOption => {
      const parent = parentId ? nameOf.get(parentId) : undefined;
      if (!parent) return { value: id, label: name };
      const isShared = shared.has(foldedName(name));
      return isShared
        ? { value: id, label: say('categoryPath', { parent, name }) }
        : { value: id, label: name, detail: parent };
    };
    return active.map(optionOf).toSorted(byLabel);
  }, [records, kind, say]);
}

/** How many of the staff are offered at once; typing narrows them. */
const STAFF_LIMIT = 200;

/** Desk staff matching a text; only those of `groupId` when it is given. */
export function useStaffOptions(
  text: string,
  groupId: Id | null,
): { options: readonly ComboOption[]; pending: boolean } {
  const { value, pending } = useSteadyWatch('people', { text, limit: STAFF_LIMIT, staff: true });
  const options = useMemo(
    () =>
      (value ?? [])
        .filter((person) => person.active && (groupId === null || person.teamIds.includes(groupId)))
        .map((person): ComboOption => ({ value: person.id, label: person.name })),
    [value, groupId],
  );
  return { options, pending };
}
