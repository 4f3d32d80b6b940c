import type { Activity, Id } from '#domain/activity/activity.ts';
import type { CommandName, Refusal } from '#domain/command/command.ts';
import { type Entry, refuse } from '#domain/command/decision.ts';
import type { IncidentCommandName } from '#domain/command/rules.ts';
import { type UndoRequest, undoneBy } from '#domain/command/undo-facts.ts';
import { commandOf, inverseOf } from '#domain/command/undo-inverse.ts';
import {
  asIncidentActivity,
  type IncidentActivity,
  type IncidentActivityType,
} from '#domain/incident/activities/registry.schema.ts';
import { inLogOrder } from '#domain/incident/fold.ts';
import { err, ok, type Result } from '#domain/result.ts';

/** An inverse, and the command whose rules it has to obey. */
export interface UndoPlan {
  readonly incidentId: Id;
  readonly entries: readonly Entry[];
  readonly inverse: readonly IncidentCommandName[];
  /** Fields left as they are because somebody changed them since. */
  readonly superseded: readonly string[];
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
  'incident.attached': 'incident.detach',
  'incident.detached': 'incident.attach',
};

/**
 * How a command can be undone, from the log alone: each thing it set goes back to what it was, provided it still
 * holds, nobody else has touched it since, and nothing has left the desk (domain.md "Undo").
 */
export function planUndo(request: UndoRequest): Result<UndoPlan, Refusal> {
  const timeline = inLogOrder(request.timeline);
  const own = timeline.filter(({ cause }) => cause?.commandId === request.commandId);
  const incidentId = own[0]?.subject.id;
  if (incidentId === undefined || own.some((activity) => !isOwn(activity, request))) return refuse('nothingToUndo');
  if (timeline.some((activity) => undoneBy(activity) === request.commandId)) return refuse('nothingToUndo');
  const typed = own.map(asIncidentActivity).filter((activity) => activity !== null);
  const proper = typed.map(({ type }) => PROPER[type]).find((name) => name !== undefined);
  if (proper !== undefined || typed.length < own.length)
    return refuse('nothingToUndo', proper ? { proper } : undefined);
  if (typed.some((activity) => activity.type === 'incident.reply' && request.now >= activity.payload.releaseAt)) {
    return refuse('undoReplySent', { proper: 'incident.reply' });
  }
  return inverses(incidentId, [...typed].reverse(), { ...request, timeline });
}

/** What somebody handed over was told, not done by a command that could be taken back. */
const isOwn = ({ actor, origin }: Activity, request: UndoRequest) => actor === request.actor && origin !== 'observed';

function inverses(incidentId: Id, own: readonly IncidentActivity[], request: UndoRequest): Result<UndoPlan, Refusal> {
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
  return err({
    code: 'undoSuperseded',
    details: { fields: superseded.join(', '), proper: first ? commandOf(first) : '' },
  });
}
