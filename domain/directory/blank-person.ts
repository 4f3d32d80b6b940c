import type { Person } from './directory.ts';

/** A person of whom nothing is known but what is given: active, in no team, without a source. */
export const blankPerson = (known: Pick<Person, 'id' | 'name' | 'role'> & Partial<Person>): Person => ({
  teamIds: [],
  mail: null,
  phone: null,
  siteId: null,
  room: null,
  organisation: null,
  vip: false,
  handlingNotes: null,
  active: true,
  source: null,
  ...known,
});
