import { type CommandLegality, legalCommands } from '#domain/command/legal-commands.ts';
import type { IncidentCommandName } from '#domain/command/rules.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident, IncidentState } from '#domain/incident/incident.ts';

/** The header's buttons, in their order. */
export const BUTTONS = [
  'assign',
  'start',
  'resume',
  'hold',
  'resolve',
  'close',
  'reopen',
  'transfer',
  'cancel',
] as const;
export type ButtonName = (typeof BUTTONS)[number];

export const COMMAND: Readonly<Record<ButtonName, IncidentCommandName>> = {
  assign: 'incident.assign',
  start: 'incident.start',
  resume: 'incident.resume',
  hold: 'incident.hold',
  resolve: 'incident.resolve',
  close: 'incident.close',
  reopen: 'incident.reopen',
  transfer: 'incident.transfer',
  cancel: 'incident.cancel',
};

/** The one filled button of each state: the usual next step. */
const USUAL: Readonly<Partial<Record<IncidentState, ButtonName>>> = {
  new: 'start',
  inProgress: 'resolve',
  onHold: 'resume',
  resolved: 'close',
};

export interface HeaderButton {
  readonly name: ButtonName;
  readonly filled: boolean;
  /** False: shown, but not for this person's role. */
  readonly allowed: boolean;
}

export const legalityOf = (all: readonly CommandLegality[], name: IncidentCommandName) =>
  all.find((legality) => legality.name === name);

/** The buttons an incident offers a person: what its state forbids is absent, what the role forbids is disabled. */
export function headerButtons(incident: Incident, person: Person): readonly HeaderButton[] {
  const legal = legalCommands(incident, person);
  return BUTTONS.flatMap((name) => {
    const legality = legalityOf(legal, COMMAND[name]);
    const offered = legality?.allowed === true || legality?.code === 'notAllowedForRole';
    const pointless = name === 'assign' && incident.assignedToId === person.id;
    if (!offered || pointless) return [];
    return [{ name, filled: USUAL[incident.state] === name, allowed: legality.allowed }];
  });
}
