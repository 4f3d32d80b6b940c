import type { Instant } from '#domain/activity/activity.ts';
import type { FieldChanges } from '#domain/command/command.ts';
import { type Entry, entry } from '#domain/command/decision.ts';
import type { IncidentCommandName } from '#domain/command/rules.ts';
import { lastReplyWithout, stateIn, stillHolds, type UndoRequest, wasAssumed } from '#domain/command/undo-facts.ts';
import type { IncidentActivity, IncidentActivityType } from '#domain/incident/activities/registry.schema.ts';
import { effectsOf } from '#domain/incident/effects.ts';

/** What takes one activity back; `entry` null when nothing of it still holds. */
export interface Inverse {
  readonly entry: Entry | null;
  readonly name: IncidentCommandName;
  readonly superseded: readonly string[];
}

export function inverseOf(activity: IncidentActivity, request: UndoRequest): Inverse {
  const name = commandOf(activity);
  const lost = effectsOf(activity)
    .filter(({ field, to }) => !stillHolds(field, to, request))
    .map(({ field }) => field);
  const id = activity.subject.id;
  const undoes = request.commandId;
  const all = (made: Entry): Inverse => ({ entry: lost.length > 0 ? null : made, name, superseded: lost });
  switch (activity.type) {
    case 'incident.changed':
      return changedBack(activity, lost, request);
    case 'incident.assigned':
      // What is resolved keeps an owner.
      if (activity.payload.from === null && stateIn(request.timeline) === 'resolved') {
        return { entry: null, name, superseded: ['assignedToId'] };
      }
      return all(entry(id, 'incident.assigned', { from: activity.payload.to, to: activity.payload.from, undoes }));
    case 'incident.transferred': {
      const { group, owner } = activity.payload;
      const rest = { note: '', warm: false, sendBack: false, undoes };
      const back = { group: { from: group.to, to: group.from }, owner: { from: owner.to, to: owner.from } };
      return all(entry(id, 'incident.transferred', { ...back, ...rest }));
    }
    case 'incident.held': {
      const { hold, previous } = activity.payload;
      if (previous !== null && !isAhead(previous.until, request.now))
        return { entry: null, name, superseded: ['hold'] };
      const resumed = {
        ...all(entry(id, 'incident.resumed', { to: hold.from, hold, undoes })),
        name: 'incident.resume' as const,
      };
      return previous === null ? resumed : all(entry(id, 'incident.held', { hold: previous, previous: hold, undoes }));
    }
    case 'incident.resumed': {
      const { hold } = activity.payload;
      if (hold === null || !isAhead(hold.until, request.now))
        return { entry: null, name: 'incident.hold', superseded: ['hold'] };
      return { ...all(entry(id, 'incident.held', { hold, previous: null, undoes })), name: 'incident.hold' };
    }
    case 'incident.prioritised': {
      const { override, previous, why, mode } = activity.payload;
      return all(entry(id, 'incident.prioritised', { override: previous, previous: override, why, mode, undoes }));
    }
    case 'incident.reply': {
      const { entryId } = activity.payload;
      const lastReplyAt = lastReplyWithout(activity, request.timeline);
      return all(entry(id, 'incident.replyWithdrawn', { entryId, lastReplyAt, undoes }));
    }
    case 'incident.textKept':
      // Beside a text that stands there is nothing to take back; alone it says that this command's text does not.
      return { entry: null, name, superseded: activity.payload.by === request.actor ? [activity.payload.field] : [] };
    default:
      return { entry: null, name, superseded: [] };
  }
}

/** Field by field: what still holds goes back, the rest stays and is named. */
function changedBack(
  { subject, payload }: Extract<IncidentActivity, { type: 'incident.changed' }>,
  lost: readonly string[],
  request: UndoRequest,
): Inverse {
  const kept = Object.entries(payload.changes).filter(([field]) => !lost.includes(field));
  const changes = Object.fromEntries(kept.map(([field, change]) => [field, { from: change?.to, to: change?.from }]));
  const judged = 'impact' in changes || 'urgency' in changes;
  const assumed = judged && wasAssumed(request) ? { assumed: true } : {};
  const back = { changes: changes as FieldChanges, ...assumed, undoes: request.commandId };
  return {
    entry: kept.length === 0 ? null : entry(subject.id, 'incident.changed', back),
    name: 'incident.update',
    superseded: lost,
  };
}

const isAhead = (until: Instant | null, now: Instant) => until === null || until > now;

const COMMAND_OF: Readonly<Partial<Record<IncidentActivityType, IncidentCommandName>>> = {
  'incident.changed': 'incident.update',
  'incident.assigned': 'incident.assign',
  'incident.transferred': 'incident.transfer',
  'incident.started': 'incident.start',
  'incident.held': 'incident.hold',
  'incident.resumed': 'incident.resume',
  'incident.resolved': 'incident.resolve',
  'incident.reopened': 'incident.reopen',
  'incident.closed': 'incident.close',
  'incident.canceled': 'incident.cancel',
  'incident.prioritised': 'incident.prioritise',
  'incident.note': 'incident.note',
  'incident.call': 'incident.logCall',
  'incident.reply': 'incident.reply',
  'incident.attached': 'incident.attach',
  'incident.detached': 'incident.detach',
};

/** The command that makes entries of this kind. */
export const commandOf = ({ type }: IncidentActivity): IncidentCommandName => COMMAND_OF[type] ?? 'incident.update';
