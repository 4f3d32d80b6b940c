import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { CommandName } from '#domain/command/command.ts';
import { COMMAND_RULES } from '#domain/command/rules.ts';
import { stateIn, undoneBy } from '#domain/command/undo-facts.ts';
import { commandOf } from '#domain/command/undo-inverse.ts';
import { planUndo } from '#domain/command/undo-plan.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import { effectsOf } from '#domain/incident/effects.ts';
import { inLogOrder } from '#domain/incident/fold.ts';

/** The change that "Undo last change" would take back. The same shape as in the engine's protocol. */
export interface UndoOffer {
  readonly commandId: Id;
  readonly what: CommandName;
  /** Fields it set, or the entry it wrote, for the sentence. */
  readonly subject: string;
  /** Until when: only a reply has an end. */
  readonly until: Instant | null;
}

/** Entries that change nothing which could be taken back: the offer looks past them. */
const PASSED: readonly string[] = [
  'incident.note',
  'incident.call',
  'incident.message',
  'incident.aliased',
  'incident.numbered',
  'incident.textKept',
  'incident.attached',
  'incident.detached',
];

/**
 * This person's latest change on the incident, if it can be undone now; null when there is none, or when the latest
 * cannot: an older one is never offered in its place.
 */
export function undoOffer(timeline: readonly Activity[], personId: Id, now: Instant): UndoOffer | null {
  const ordered = inLogOrder(timeline);
  const undone = new Set(ordered.map(undoneBy).filter((id) => id !== null));
  const latest = ordered.findLast(
    (activity) =>
      activity.actor === personId &&
      activity.cause !== null &&
      !undone.has(activity.cause.commandId) &&
      undoneBy(activity) === null &&
      !PASSED.includes(activity.type),
  );
  const commandId = latest?.cause?.commandId;
  if (commandId === undefined) return null;
  const plan = planUndo({ timeline, commandId, actor: personId, now });
  if (!plan.ok) return null;
  const state = stateIn(ordered);
  const allowed = plan.value.inverse.every((name) => COMMAND_RULES[name].from.some((from) => from === state));
  return allowed ? offerOf(commandId, ordered) : null;
}

function offerOf(commandId: Id, ordered: readonly Activity[]): UndoOffer | null {
  const own = ordered.filter(({ cause }) => cause?.commandId === commandId).map(asIncidentActivity);
  const last = own.findLast((activity) => activity !== null) ?? null;
  if (last === null) return null;
  const reply = own.find((activity) => activity?.type === 'incident.reply') ?? null;
  const fields = own.flatMap((activity) => (activity === null ? [] : effectsOf(activity).map(({ field }) => field)));
  return {
    commandId,
    what: commandOf(own.find((activity) => activity !== null && activity.type !== 'incident.transferred') ?? last),
    subject: [...new Set(fields)].join(', '),
    until: reply?.type === 'incident.reply' ? reply.payload.releaseAt : null,
  };
}
