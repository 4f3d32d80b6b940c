import { type Activity, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { activityId } from '#domain/activity/ids.ts';
import type { CommandArgs, CommandName, Refusal } from '#domain/command/command.ts';
import { DESK_DECIDERS, INCIDENT_DECIDERS } from '#domain/command/deciders.ts';
import type {
  Decision,
  DecisionContext,
  DecisionState,
  Desk,
  Entry,
  Judgement,
  UnjudgedCommand,
} from '#domain/command/decision.ts';
import { refuse } from '#domain/command/decision.ts';
import { envelopeRefusal } from '#domain/command/envelope.schema.ts';
import { addsLinks } from '#domain/command/links.ts';
import { isCommandName, parseArgs } from '#domain/command/parse-args.ts';
import {
  COMMAND_RULES,
  type IncidentCommandName,
  incidentInSight,
  isIncidentCommand,
  roleRefusal,
  stateRefusal,
} from '#domain/command/rules.ts';
import { timingRefusal } from '#domain/command/timing.ts';
import type { Action } from '#domain/permissions/permissions.ts';
import { err, ok, type Result } from '#domain/result.ts';

/**
 * Judges a person's intent: the activities it makes, or a coded refusal. Pure; the same on every authority. Judging
 * the same command on the same state makes the same activities with the same ids.
 */
export function decide(
  command: UnjudgedCommand,
  state: DecisionState,
  context: DecisionContext,
): Result<Decision, Refusal> {
  const { name } = command;
  if (!isCommandName(name)) return refuse('argumentsInvalid', { field: 'name' });
  const malformed = envelopeRefusal(command);
  if (malformed !== null) return err(malformed);
  const args = parseArgs(name, command.args);
  if (!args.ok) return args;
  const person = command.actor === SYSTEM_ACTOR ? null : state.record('person', command.actor);
  if (person === null && command.actor !== SYSTEM_ACTOR && !isIntroduction(name, context)) {
    return refuse('notFound', { what: 'person', field: 'actor' });
  }
  const desk: Desk = { command, person, state, context };
  const judged = isIncidentCommand(name)
    ? judgeOnIncident(name, args.value as CommandArgs[typeof name], desk)
    : judgeOnDesk(name, args.value as CommandArgs[typeof name], desk);
  return judged.ok
    ? ok({
        activities: [
          ...judged.value.entries.map((made, index) => enveloped(made, index, command)),
          ...(judged.value.adopted ?? []).map((told, at) =>
            adoptedEntry(told, judged.value.entries.length + at, command),
          ),
        ],
        superseded: judged.value.superseded ?? [],
      })
    : judged;
}

/** The first person of a lone desk saves themselves before anybody can be known. */
const isIntroduction = (name: CommandName, { alone }: DecisionContext) => alone && name === 'directory.save';

function judgeOnIncident<N extends IncidentCommandName>(name: N, args: CommandArgs[N], desk: Desk): Judgement {
  const incident = incidentInSight(desk, args.incidentId);
  if (incident === null) return refuse('notFound', { what: 'incident', field: 'incidentId' });
  const { person, context, command } = desk;
  const refusal =
    roleRefusal(COMMAND_RULES[name].action, incident, person, context.alone) ??
    (addsLinks(name, args) && incident.state === 'closed' ? null : stateRefusal(name, incident)) ??
    timingRefusal(command, incident.openedAt);
  return refusal === null ? INCIDENT_DECIDERS[name](args, desk, incident) : err(refusal);
}

type DeskCommandName = Exclude<CommandName, IncidentCommandName>;

/** What each command without an incident of its own asks of the role; undo asks what its inverse does. */
const DESK_ACTIONS: Readonly<Record<DeskCommandName, Action | null>> = {
  'incident.record': 'record',
  'command.undo': null,
  'directory.save': 'configure',
  'configuration.setMatrix': 'configure',
  'history.adopt': 'importHistory',
};

function judgeOnDesk<N extends DeskCommandName>(name: N, args: CommandArgs[N], desk: Desk): Judgement {
  const action = DESK_ACTIONS[name];
  const refusal =
    (action === null ? null : roleRefusal(action, null, desk.person, desk.context.alone)) ??
    (action === null ? null : timingRefusal(desk.command, null));
  return refusal === null ? DESK_DECIDERS[name](args, desk) : err(refusal);
}

/** As told, but for what this log says of it: who handed it over, and by which command. */
const adoptedEntry = (told: Activity, index: number, { id, actor }: UnjudgedCommand): Activity => ({
  ...told,
  seq: null,
  syncedAt: null,
  cause: { commandId: id, index },
  adoptedBy: actor,
});

function enveloped(made: Entry, index: number, command: UnjudgedCommand): Activity {
  return {
    id: activityId(command.id, index),
    subject: made.subject,
    type: made.type,
    payload: made.payload,
    actor: command.actor,
    device: command.device,
    seq: null,
    occurredAt: command.occurredAt,
    recordedAt: command.recordedAt,
    syncedAt: null,
    ...(command.lateReason === undefined ? {} : { lateReason: command.lateReason }),
    visibility: made.visibility,
    origin: command.actor === SYSTEM_ACTOR ? 'system' : 'command',
    cause: { commandId: command.id, index },
  };
}
