import { blankPerson } from '#domain/directory/blank-person.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { KnownPerson } from '#renderer/data/sync-records.ts';

/** Somebody who signed in, while the directory has nothing of them. */
export const personOf = ({ personId, name, email, role, teamIds }: KnownPerson): Person =>
  blankPerson({ id: personId, name, role, teamIds, mail: email });
