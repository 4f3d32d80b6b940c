import { useCallback } from 'react';
import { legalCommands } from '#domain/command/legal-commands.ts';
import type { IncidentCommandName } from '#domain/command/rules.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { useWords } from '#renderer/words/words.ts';
import { legalityOf } from './actions.ts';

/** One short sentence why a command is not for this incident, or not for this person. */
export function useWhyNot(incident: Incident, me: Person): (name: IncidentCommandName, words: string) => string {
  const say = useWords('incident');
  const common = useWords('common');
  return useCallback(
    (name, words) => {
      const legality = legalityOf(legalCommands(incident, me), name);
      const forRole = legality?.allowed === false && legality.code === 'notAllowedForRole';
      return forRole
        ? common('notForRole', { role: common(`role.${me.role}`) })
        : say('command.notInState', { command: words, state: common(`state.${incident.state}`) });
    },
    [incident, me, say, common],
  );
}
