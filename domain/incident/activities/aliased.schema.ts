import { z } from 'zod';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';

/** incident.aliased: another name under which the incident is found. */
export const aliased = defineActivity(
  'incident.aliased',
  payloadOf({ value: z.string(), source: z.string() }),
  (incident, { value, source }) => withAlias(incident, value, source),
);

export function withAlias(incident: Incident, value: string, source: string): Incident {
  const known = incident.aliases.some((alias) => alias.value === value && alias.source === source);
  return known || value === '' ? incident : { ...incident, aliases: [...incident.aliases, { value, source }] };
}
