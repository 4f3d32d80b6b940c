import type { Id } from '#domain/activity/activity.ts';
import { DIRECTORY_KINDS } from '#domain/directory/directory.ts';
import type { DeskDirectory } from './desk-directory.ts';

/** Ids are short; texts are not looked up. */
const LONGEST_ID = 128;

/** Every string in a value that could be an id, however deep. */
export function mentionedIds(value: unknown): ReadonlySet<Id> {
  const ids = new Set<Id>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const current = waiting.pop();
    if (typeof current === 'string') {
      if (current.length <= LONGEST_ID) ids.add(current);
    } else if (Array.isArray(current)) waiting.push(...current);
    else if (current instanceof Object) waiting.push(...Object.values(current));
  }
  return ids;
}

/** Names of those that are in the directory. */
export function namesOf(ids: Iterable<Id>, directory: DeskDirectory): Readonly<Record<Id, string>> {
  const names: Record<Id, string> = {};
  for (const id of ids) {
    for (const kind of DIRECTORY_KINDS) {
      const name = directory.name(kind, id);
      if (name !== null) names[id] = name;
    }
  }
  return names;
}
