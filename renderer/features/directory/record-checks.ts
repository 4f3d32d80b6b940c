import type { DirectoryRecords, Person } from '#domain/directory/directory.ts';
import { foldedName, NAME_LIMIT, nameFlaw } from '#domain/directory/names.ts';
import { type AnyRecord, isPerson } from './lists.ts';

const SHORT_TEXTS = ['phone', 'mail', 'room', 'organisation'] as const;

/** A text of a record that cannot be kept as it is. */
export type TextFlaw =
  | { readonly flaw: 'missing' | 'tooLong'; readonly field: 'name'; readonly length: number }
  | { readonly flaw: 'tooLong'; readonly field: (typeof SHORT_TEXTS)[number]; readonly length: number };

export function textFlaw(record: AnyRecord): TextFlaw | null {
  const flaw = nameFlaw(record.name);
  if (flaw !== null) return { flaw, field: 'name', length: record.name.trim().length };
  if (!isPerson(record)) return null;
  const field = SHORT_TEXTS.find((each) => (record[each]?.trim().length ?? 0) > NAME_LIMIT);
  return field === undefined ? null : { flaw: 'tooLong', field, length: record[field]?.trim().length ?? 0 };
}

const tidyText = (text: string | null) => text?.trim() || null;

/** Texts without spaces around them, and an empty one as none. */
export function tidied(record: AnyRecord): AnyRecord {
  const named = { ...record, name: record.name.trim() };
  if (!isPerson(named)) return named as DirectoryRecords[keyof DirectoryRecords];
  const texts = Object.fromEntries(SHORT_TEXTS.map((field) => [field, tidyText(named[field])]));
  return { ...named, ...texts, handlingNotes: tidyText(named.handlingNotes) };
}

/** Somebody this person might be. Two may share a name or a mailbox, so it is asked, not refused. */
export interface Double {
  readonly by: 'mail' | 'name';
  readonly person: Person;
}

/** The first active person with the same mail, else the same name; null when neither was changed from `was`. */
export function doubleOf(record: AnyRecord, was: AnyRecord | null, people: readonly AnyRecord[]): Double | null {
  if (!isPerson(record) || !record.active) return null;
  const before = was !== null && isPerson(was) ? was : null;
  const others = people.filter(isPerson).filter((each) => each.active && each.id !== record.id);
  for (const by of ['mail', 'name'] as const) {
    const value = foldedName(record[by]);
    if (value === '' || (before && foldedName(before[by]) === value)) continue;
    const person = others.find((each) => foldedName(each[by]) === value);
    if (person) return { by, person };
  }
  return null;
}
