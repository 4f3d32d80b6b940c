import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import { adopt } from '#domain/command/deciders/adopt.ts';
import { assign } from '#domain/command/deciders/assign.ts';
import { attach } from '#domain/command/deciders/attach.ts';
import { cancel } from '#domain/command/deciders/cancel.ts';
import { close } from '#domain/command/deciders/close.ts';
import { detach } from '#domain/command/deciders/detach.ts';
import { directorySave } from '#domain/command/deciders/directory-save.ts';
import { hold } from '#domain/command/deciders/hold.ts';
import { logCall } from '#domain/command/deciders/log-call.ts';
import { note } from '#domain/command/deciders/note.ts';
import { prioritise } from '#domain/command/deciders/prioritise.ts';
import { record } from '#domain/command/deciders/record.ts';
import { reopen } from '#domain/command/deciders/reopen.ts';
import { reply } from '#domain/command/deciders/reply.ts';
import { resolve } from '#domain/command/deciders/resolve.ts';
import { resume } from '#domain/command/deciders/resume.ts';
import { setMatrix } from '#domain/command/deciders/set-matrix.ts';
import { start } from '#domain/command/deciders/start.ts';
import { transfer } from '#domain/command/deciders/transfer.ts';
import { undo } from '#domain/command/deciders/undo.ts';
import { update } from '#domain/command/deciders/update.ts';
import type { Desk, Judgement } from '#domain/command/decision.ts';
import type { IncidentCommandName } from '#domain/command/rules.ts';
import type { Incident } from '#domain/incident/incident.ts';

/** Which file decides which command on an incident. Role, state and time are checked before. */
export const INCIDENT_DECIDERS: {
  readonly [N in IncidentCommandName]: (args: CommandArgs[N], desk: Desk, incident: Incident) => Judgement;
} = {
  'incident.update': update,
  'incident.assign': assign,
  'incident.transfer': transfer,
  'incident.start': start,
  'incident.hold': hold,
  'incident.resume': resume,
  'incident.resolve': resolve,
  'incident.close': close,
  'incident.reopen': reopen,
  'incident.cancel': cancel,
  'incident.prioritise': prioritise,
  'incident.note': note,
  'incident.reply': reply,
  'incident.logCall': logCall,
  'incident.attach': attach,
  'incident.detach': detach,
};

/** Which file decides which of the other commands. */
export const DESK_DECIDERS: {
  readonly [N in Exclude<CommandName, IncidentCommandName>]: (args: CommandArgs[N], desk: Desk) => Judgement;
} = {
  'incident.record': record,
  'command.undo': undo,
  'directory.save': directorySave,
  'configuration.setMatrix': setMatrix,
  'history.adopt': adopt,
};
