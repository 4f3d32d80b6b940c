import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { CommandName, FieldChanges, Refusal } from '#domain/command/command.ts';
import { type Entry, entry, refuse } from '#domain/command/decision.ts';
import type { IncidentCommandName } from '#domain/command/rules.ts';
import { asIncidentActivity, type IncidentActivity, type IncidentActivityType } from '#domain/incident/activities/registry.schema.ts';
import { effectsOf } from '#domain/incident/effects.ts';
import { inLogOrder } from '#domain/incident/fold.ts';
import { same } from '#domain/incident/same.ts';
import { err, ok, type Result } from '#domain/result.ts';

/** An inverse, and the command whose rules it has to obey. */
export interface UndoPlan {
  readonly incidentId: Id;
  readonly entries: readonly Entry[];
  readonly inverse: readonly IncidentCommandName[];
  /** Fields left as they are because somebody changed them since. */
  readonly superseded: readonly string[];
}

interface Request {
  readonly timeline: readonly Activity[];
  readonly commandId: Id;
  readonly actor: Id;
  readonly now: Instant;
}

/** What a person must do instead, where nothing takes the change back without a trace. */
const PROPER: Readonly<Partial<Record<IncidentActivityType, CommandName>>> = {
  'incident.recorded': 'incident.cancel',
  'incident.started': 'incident.hold',
  'incident.resolved': 'incident.reopen',
  'incident.reopened': 'incident.resolve',
  'incident.closed': 'incident.record',
  'incident.canceled': 'incident.record',
  'incident.note': 'incident.note',
  'incident.call': 'incident.note',
};

/**
 * How a command can be undone, from the log alone: each thing it set goes back to what it was, provided it still
 * holds, nobody else has touched it since, and nothing has left the desk (domain.md "Undo").
 */
export function planUndo(request: Request): Result<UndoPlan, Refusal> {
  const timeline = inLogOrder(request.timeline);
  const own = timeline.filter(({ cause }) => cause?.commandId === request.commandId);
  const incidentId = own[0]?.subject.id;
  if (incidentId === undefined || own.some(({ actor }) => actor !== request.actor)) return refuse('nothingToUndo');
  if (timeline.some((activity) => undoneBy(activity) === request.commandId)) return refuse('nothingToUndo');
  const typed = own.map(asIncidentActivity).filter((activity) => activity !== null);
  const proper = typed.map(({ type }) => PROPER[type]).find((name) => name !== undefined);
  if (proper !== undefined || typed.length < own.length) return refuse('nothingToUndo', proper ? { proper } : undefined);
  if (typed.some((activity) => activity.type === 'incident.reply' && request.now >= activity.payload.releaseAt)) {
    return refuse('undoReplySent', { proper: 'incident.reply' });
  }
  return inverses(incidentId, [...typed].reverse(), { ...request, timeline });
}

function inverses(incidentId: Id, own: readonly IncidentActivity[], request: Request): Result<UndoPlan, Refusal> {
  const entries: Entry[] = [];
  const inverse: IncidentCommandName[] = [];
  const superseded: string[] = [];
  for (const activity of own) {
    const back = inverseOf(activity, request);
    superseded.push(...back.superseded);
    if (back.entry === null) continue;
    entries.push(back.entry);
    inverse.push(back.name);
  }
  if (entries.length > 0) return ok({ incidentId, entries, inverse, superseded });
  const first = own[0];
  return err({ code: 'undoSuperseded', details: { fields: superseded.join(', '), proper: first ? commandOf(first) : '' } });
}

interface Inverse {
  readonly entry: Entry | null;
  readonly name: IncidentCommandName;
  readonly superseded: readonly string[];
}

function inverseOf(activity: IncidentActivity, request: Request): Inverse {
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
      return all(entry(id, 'incident.assigned', { from: activity.payload.to, to: activity.payload.from, undoes }));
    case 'incident.transferred': {
      const { group, owner } = activity.payload;
      const rest = { note: '', warm: false, sendBack: false, undoes };
      const back = { group: { from: group.to, to: group.from }, owner: { from: owner.to, to: owner.from } };
      return all(entry(id, 'incident.transferred', { ...back, ...rest }));
    }
    case 'incident.held': {
      const { hold, previous } = activity.payload;
      if (previous !== null && !isAhead(previous.until, request.now)) return { entry: null, name, superseded: ['hold'] };
      const resumed = { ...all(entry(id, 'incident.resumed', { to: hold.from, hold, undoes })), name: 'incident.resume' as const };
      return previous === null ? resumed : all(entry(id, 'incident.held', { hold: previous, previous: hold, undoes }));
    }
    case 'incident.resumed': {
      const { hold } = activity.payload;
      if (hold === null || !isAhead(hold.until, request.now)) return { entry: null, name: 'incident.hold', superseded: ['hold'] };
      return { ...all(entry(id, 'incident.held', { hold, previous: null, undoes })), name: 'incident.hold' };
    }
    case 'incident.prioritised': {
      const { override, previous, why, mode } = activity.payload;
      return all(entry(id, 'incident.prioritised', { override: previous, previous: override, why, mode, undoes }));
    }
    case 'incident.reply': {
      const { entryId } = activity.payload;
      const lastReplyAt = lastReplyBefore(activity, request.timeline);
      return all(entry(id, 'incident.replyWithdrawn', { entryId, lastReplyAt, undoes }));
    }
    default:
      return { entry: null, name, superseded: [] };
  }
}

/** Field by field: what still holds goes back, the rest stays and is named. */
function changedBack(
  { subject, payload }: Extract<IncidentActivity, { type: 'incident.changed' }>,
  lost: readonly string[],
  { timeline, commandId }: Request,
): Inverse {
  const kept = Object.entries(payload.changes).filter(([field]) => !lost.includes(field));
  const changes = Object.fromEntries(kept.map(([field, change]) => [field, { from: change?.to, to: change?.from }]));
  const judged = 'impact' in changes || 'urgency' in changes;
  const assumed = judged && wasAssumed(timeline, commandId) ? { assumed: true } : {};
  const back = { changes: changes as FieldChanges, ...assumed, undoes: commandId };
  return {
    entry: kept.length === 0 ? null : entry(subject.id, 'incident.changed', back),
    name: 'incident.update',
    superseded: lost,
  };
}

/** Whether impact and urgency were nobody's choice until this command. */
function wasAssumed(timeline: readonly Activity[], commandId: Id): boolean {
  let assumed = true;
  for (const activity of timeline.map(asIncidentActivity)) {
    if (activity === null) continue;
    if (activity.cause?.commandId === commandId) return assumed;
    if (activity.type === 'incident.recorded') assumed = activity.payload.assumed;
    if (activity.type === 'incident.prioritised') assumed = false;
    if (activity.type === 'incident.changed' || activity.type === 'incident.observed') {
      const { impact, urgency } = activity.payload.changes;
      if (impact !== undefined || urgency !== undefined) assumed = false;
      if (activity.type === 'incident.changed') assumed = activity.payload.assumed ?? assumed;
    }
  }
  return false;
}

/** The field's last value is the one this command set, and everybody who touched it since is the same person. */
function stillHolds(field: string, value: unknown, { timeline, commandId, actor }: Request): boolean {
  const place = timeline.findLastIndex(({ cause }) => cause?.commandId === commandId);
  let current = value;
  for (const activity of timeline.slice(place + 1)) {
    const effect = effectsOf(activity).findLast((one) => one.field === field);
    if (effect === undefined) continue;
    if (activity.actor !== actor) return false;
    current = effect.to;
  }
  return same(current, value);
}

function lastReplyBefore(reply: IncidentActivity, timeline: readonly Activity[]): Instant | null {
  const withdrawn = new Set(timeline.map(withdrawnEntry).filter((entryId) => entryId !== null));
  const times = timeline
    .map(asIncidentActivity)
    .filter((one) => one !== null && one.id !== reply.id && (one.type === 'incident.reply' || one.type === 'incident.call'))
    .filter((one) => one !== null && !('entryId' in one.payload && withdrawn.has(one.payload.entryId)))
    .map((one) => one?.occurredAt ?? 0);
  return times.length === 0 ? null : Math.max(...times);
}

function withdrawnEntry(activity: Activity): Id | null {
  const typed = asIncidentActivity(activity);
  return typed?.type === 'incident.replyWithdrawn' ? typed.payload.entryId : null;
}

const isAhead = (until: Instant | null, now: Instant) => until === null || until > now;

/** The command whose undo took this entry into being. */
export function undoneBy({ payload }: Activity): Id | null {
  const undoes = typeof payload === 'object' && payload !== null && 'undoes' in payload ? payload.undoes : null;
  return typeof undoes === 'string' ? undoes : null;
}

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
};

/** The command that makes entries of this kind. */
export const commandOf = ({ type }: IncidentActivity): IncidentCommandName => COMMAND_OF[type] ?? 'incident.update';
