import { useMemo } from 'react';
import type { EditableField, EditableFields, FieldChanges } from '#domain/command/command.ts';
import { legalCommands } from '#domain/command/legal-commands.ts';
import type { Person } from '#domain/directory/directory.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { legalityOf } from './header/actions.ts';
import type { Commands } from './use-commands.ts';

export interface FieldSaver {
  /** False when the state or the role forbids changes of fields. */
  readonly allowed: boolean;
  /** Saves one field, from what is shown to `to`. Null once it is saved, else the sentence why not. */
  save<F extends EditableField>(field: F, to: EditableFields[F]): Promise<string | null>;
}

/** Saves fields one by one, each as from → to, so that a change by another in between is noticed. */
export function useFieldSaver(incident: Incident | null, me: Person | null, commands: Commands): FieldSaver {
  const errorWords = useErrorWords();
  return useMemo(() => {
    const legal = incident && me ? legalityOf(legalCommands(incident, me), 'incident.update') : undefined;
    return {
      allowed: legal?.allowed === true,
      save: async (field, to) => {
        if (!incident) return null;
        const from = structuredClone(incident[field]) as unknown as EditableFields[typeof field];
        if (JSON.stringify(from) === JSON.stringify(to)) return null;
        const changes: FieldChanges = { [field]: { from, to } };
        const outcome = await commands.run('incident.update', { incidentId: incident.id, changes }, { quiet: true });
        return outcome.ok ? null : errorWords.engine(outcome.error);
      },
    };
  }, [incident, me, commands, errorWords]);
}
