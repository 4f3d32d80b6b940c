import type { Id } from '#domain/activity/activity.ts';
import type { CommandName, Refusal } from '#domain/command/command.ts';
import type { Desk } from '#domain/command/decision.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident, IncidentState } from '#domain/incident/incident.ts';
import { type Action, may, mayRead } from '#domain/permissions/permissions.ts';

/** Commands that act on one incident that exists. */
export type IncidentCommandName = Exclude<CommandName & `incident.${string}`, 'incident.record'>;

export interface CommandRule {
  readonly action: Action;
  /** The states it is allowed from (domain.md "States"). */
  readonly from: readonly IncidentState[];
}

const OPEN = ['new', 'inProgress', 'onHold'] as const;
const UNTIL_CLOSED = [...OPEN, 'resolved'] as const;
const ANY = [...UNTIL_CLOSED, 'closed', 'canceled'] as const;

/** The state table, and for every other command the states in which fields may still change. */
export const COMMAND_RULES: Readonly<Record<IncidentCommandName, CommandRule>> = {
  'incident.start': { action: 'work', from: ['new'] },
  'incident.hold': { action: 'work', from: OPEN },
  'incident.resume': { action: 'work', from: ['onHold'] },
  'incident.resolve': { action: 'resolve', from: OPEN },
  'incident.reopen': { action: 'reopen', from: ['resolved'] },
  'incident.close': { action: 'close', from: ['resolved'] },
  'incident.cancel': { action: 'resolve', from: OPEN },
  'incident.update': { action: 'work', from: UNTIL_CLOSED },
  'incident.assign': { action: 'assign', from: UNTIL_CLOSED },
  'incident.transfer': { action: 'assign', from: OPEN },
  'incident.prioritise': { action: 'changePriority', from: UNTIL_CLOSED },
  'incident.reply': { action: 'work', from: UNTIL_CLOSED },
  'incident.note': { action: 'work', from: ANY },
  'incident.logCall': { action: 'work', from: ANY },
  'incident.attach': { action: 'work', from: ANY },
  'incident.detach': { action: 'work', from: ANY },
};

export const isIncidentCommand = (name: string): name is IncidentCommandName => Object.hasOwn(COMMAND_RULES, name);

/** Why this command is not allowed on an incident as it stands, or null. `person` null: the desk itself acts. */
export function ruleRefusal(
  name: IncidentCommandName,
  incident: Incident,
  person: Person | null,
  alone: boolean,
): Refusal | null {
  return roleRefusal(COMMAND_RULES[name].action, incident, person, alone) ?? stateRefusal(name, incident);
}

/**
 * An incident as far as whoever acts may know of it: in a log that many share, one that they may not read is not
 * there, so that no refusal tells that it is.
 */
export function incidentInSight(desk: Desk, id: Id): Incident | null {
  const { state, person, context } = desk;
  const incident = state.incident(id);
  const shown = incident === null || person === null || context.alone || mayRead(person, incident);
  return shown ? incident : null;
}

export function stateRefusal(name: IncidentCommandName, { state }: Incident): Refusal | null {
  if (COMMAND_RULES[name].from.includes(state)) return null;
  if (state === 'closed') return { code: 'closedIsFinal', details: { command: name } };
  return { code: 'wrongState', details: { state, command: name } };
}

export function roleRefusal(
  action: Action,
  incident: Incident | null,
  person: Person | null,
  alone: boolean,
): Refusal | null {
  if (person === null) return null;
  const details = { role: person.role, action };
  if (!person.active || !may(person.role, action, alone)) return { code: 'notAllowedForRole', details };
  if (incident !== null && !mayRead(person, incident)) {
    return { code: 'notAllowedForRole', details: { role: person.role, action: 'readConfidential' } };
  }
  return null;
}
