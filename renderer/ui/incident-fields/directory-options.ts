import { useMemo } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import type { Category, DirectoryKind } from '#domain/directory/directory.ts';
import { useSteadyWatch, useWatch } from '#renderer/platform/hooks.ts';
import type { ComboOption } from '#renderer/ui/combo-options.ts';

type ListedKind = Exclude<DirectoryKind, 'person'>;

const byLabel = (a: ComboOption, b: ComboOption) => a.label.localeCompare(b.label);

/** The active records of a plain list, by name. Categories carry their parent as detail. */
export function useDirectoryOptions(kind: ListedKind): readonly ComboOption[] {
  const records = useWatch('directory', { kind });
  return useMemo(() => {
    const nameOf = new Map(records?.map((record) => [record.id, record.name]));
    const parentOf = (record: { readonly id: Id } & Partial<Pick<Category, 'parentId'>>) =>
      record.parentId ? nameOf.get(record.parentId) : undefined;
    return (records ?? [])
      .filter((record) => record.active)
      .map((record): ComboOption => {
        const parent = parentOf(record);
        return { value: record.id, label: record.name, ...(parent && { detail: parent }) };
      })
      .toSorted(byLabel);
  }, [records]);
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
