import type { RefusalCode } from '#domain/command/command.ts';
import { COMMAND_RULES, type IncidentCommandName, roleRefusal, stateRefusal } from '#domain/command/rules.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';

export interface CommandLegality {
  readonly name: IncidentCommandName;
  readonly allowed: boolean;
  /** Null when allowed. A wrong state comes before a role that may not: such a button is absent, not disabled. */
  readonly code: RefusalCode | null;
}

/** Every command on this incident, and whether this person could give it now; what it needs is asked by its dialog. */
export function legalCommands(incident: Incident, person: Person, alone = true): readonly CommandLegality[] {
  return (Object.keys(COMMAND_RULES) as IncidentCommandName[]).map((name) => {
    const refusal = stateRefusal(name, incident) ?? roleRefusal(COMMAND_RULES[name].action, incident, person, alone);
    return { name, allowed: refusal === null, code: refusal?.code ?? null };
  });
}
