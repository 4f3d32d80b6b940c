import type { Cursor } from './cursor.ts';
import type { Pulling } from './pull-page.ts';
import { keptSince } from './view.ts';

/** What the device keeps beside its scope from now on and did not before, what it keeps no longer, and its view then. */
export function besideOf({ view, beside }: Pulling, { keeps }: Cursor) {
  const before = keeps?.beside ?? [];
  return {
    joining: new Set(beside.filter((id) => !before.includes(id))),
    parting: new Set(before.filter((id) => !beside.includes(id))),
    next: keptSince(view, keeps?.since ?? null, beside),
  };
}

/** Whether the device wants to keep others beside its scope than this cursor tells of. */
export function wantsOthers(pulling: Pulling, cursor: Cursor): boolean {
  const { joining, parting } = besideOf(pulling, cursor);
  return joining.size + parting.size > 0;
}
