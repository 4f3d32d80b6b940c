import type { Queries } from '#contracts/engine/protocol.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { DeskDirectory } from './desk-directory.ts';
import { foldText } from './queue-index/folded-text.ts';

/** Folded once per record: a saved person is a new object, so nothing here gets stale. */
const folded = new WeakMap<Person, { readonly name: string; readonly rest: string }>();

function foldedOf(person: Person) {
  const known = folded.get(person);
  if (known) return known;
  const made = { name: foldText(person.name), rest: foldText(`${person.mail ?? ''} ${person.phone ?? ''}`) };
  folded.set(person, made);
  return made;
}

/** 0 the name begins with it · 1 a word of the name does · 2 it is somewhere in name, mail or phone · 3 no match. */
function rank(person: Person, wanted: string): number {
  const { name, rest } = foldedOf(person);
  if (name.startsWith(wanted)) return 0;
  if (name.includes(` ${wanted}`)) return 1;
  return name.includes(wanted) || rest.includes(wanted) ? 2 : 3;
}

/** At most `limit` active people, best match first, then by name. `people` are in the order of names. */
export function findPeople(
  directory: DeskDirectory,
  { text, limit, staff }: Queries['people']['args'],
  people: readonly Person[],
): Queries['people']['value'] {
  const wanted = foldText(text.trim());
  // The first so many of each rank are enough.
  const byRank: [Person[], Person[], Person[]] = [[], [], []];
  for (const person of people) {
    if (!person.active) continue;
    if (staff && person.role === 'requester') continue;
    const found = byRank[wanted === '' ? 0 : rank(person, wanted)];
    if (found && found.length < limit) found.push(person);
    if (byRank[0].length >= limit) break;
  }
  const best = byRank.flat().slice(0, limit);
  return best.map((person) => ({ ...person, siteName: directory.name('site', person.siteId) }));
}
