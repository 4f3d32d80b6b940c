import type { Activity } from '#domain/activity/activity.ts';
import { undoneBy } from '#domain/command/undo-facts.ts';
import {
  asIncidentActivity,
  type IncidentActivity,
  type IncidentActivityType,
} from '#domain/incident/activities/registry.schema.ts';
import type { Teller } from '#renderer/ui/incident-fields/field-values.ts';
import { changeLinesOf } from './describe.ts';

/** What an entry of an undo can have taken back: mostly its own kind; a hold is undone by resuming, and the reverse. */
const TAKES_BACK: Readonly<Partial<Record<IncidentActivityType, readonly IncidentActivityType[]>>> = {
  'incident.assigned': ['incident.assigned'],
  'incident.transferred': ['incident.transferred'],
  'incident.prioritised': ['incident.prioritised'],
  'incident.resumed': ['incident.held'],
  'incident.held': ['incident.held', 'incident.resumed'],
};

const originalOf = (undo: IncidentActivity, timeline: readonly Activity[]): IncidentActivity | null => {
  const types: readonly string[] = TAKES_BACK[undo.type] ?? [];
  const found = timeline.find(({ cause, type }) => cause?.commandId === undoneBy(undo) && types.includes(type));
  return found === undefined ? null : asIncidentActivity(found);
};

/** The same edit the way it was first made: only the fields that did go back. */
function beforeUndo(undo: Extract<IncidentActivity, { type: 'incident.changed' }>): IncidentActivity {
  const swapped = Object.entries(undo.payload.changes).map(([field, change]) => [
    field,
    { from: change?.to, to: change?.from },
  ]);
  return { ...undo, payload: { ...undo.payload, changes: Object.fromEntries(swapped) } };
}

/** "Undone: Impact: One person to A site or a service": what was taken back, as it was first told; null for no undo. */
export function undoneLinesOf(
  activity: IncidentActivity,
  timeline: readonly Activity[],
  teller: Teller,
): readonly string[] | null {
  if (undoneBy(activity) === null || activity.type === 'incident.replyWithdrawn') return null;
  const isEdit = activity.type === 'incident.changed';
  const original = isEdit ? beforeUndo(activity) : (originalOf(activity, timeline) ?? activity);
  const told = changeLinesOf(original, teller) ?? [];
  // Of anything but an edit the first line names the deed; the others (vendor, hand-over note) only belonged to it.
  return (isEdit ? told : told.slice(0, 1)).map((what) => teller.common('undoneWhat', { what }));
}
