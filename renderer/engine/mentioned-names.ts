import type { Id } from '#domain/activity/activity.ts';
import { DIRECTORY_KINDS } from '#domain/directory/directory.ts';
import type { DeskDirectory } from './desk-directory.ts';

/** Names of everything in the directory that a value mentions by id, however deep. */
export function mentionedNames(value: unknown, directory: DeskDirectory): Readonly<Record<Id, string>> {
  const names: Record<Id, string> = {};
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const current = waiting.pop();
    if (typeof current === 'string') note(current, directory, names);
    else if (Array.isArray(current)) waiting.push(...current);
    else if (current instanceof Object) waiting.push(...Object.values(current));
  }
  return names;
}

/** Ids are short; texts are not looked up. */
const LONGEST_ID = 128;

function note(text: string, directory: DeskDirectory, names: Record<Id, string>): void {
  if (text.length > LONGEST_ID || Object.hasOwn(names, text)) return;
  for (const kind of DIRECTORY_KINDS) {
    const name = directory.name(kind, text);
    if (name !== null) names[text] = name;
  }
}
