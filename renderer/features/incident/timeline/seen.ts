import type { Id } from '#domain/activity/activity.ts';

/** How many incidents are remembered; the longest unvisited is forgotten first. */
const REMEMBERED = 500;
const keyOf = (personId: Id) => `deskbell.seen.${personId}`;

type Seen = readonly (readonly [incidentId: Id, seq: number])[];

function read(personId: Id): Seen {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(personId)) ?? '[]');
    return Array.isArray(value) ? value.filter((pair): pair is [Id, number] => Array.isArray(pair)) : [];
  } catch {
    // A damaged or forbidden store only costs the line "New since you looked".
    return [];
  }
}

/** The highest seq this person has had on screen; null for an incident never opened on this device. */
export const seenThrough = (personId: Id, incidentId: Id): number | null =>
  read(personId).find(([id]) => id === incidentId)?.[1] ?? null;

/** Remembers how far a person has looked. Something a window may forget: it is never part of the record. */
export function rememberSeen(personId: Id, incidentId: Id, seq: number): void {
  const others = read(personId).filter(([id]) => id !== incidentId);
  try {
    localStorage.setItem(keyOf(personId), JSON.stringify([...others, [incidentId, seq]].slice(-REMEMBERED)));
  } catch {
    // Full or forbidden: see read().
  }
}
