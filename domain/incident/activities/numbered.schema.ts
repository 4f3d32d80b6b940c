import { z } from 'zod';
import { withAlias } from '#domain/incident/activities/aliased.schema.ts';
import { defineActivity, payloadOf } from '#domain/incident/activities/define.schema.ts';

/** incident.numbered: given another number (an imported one was taken); the former stays an alias with its source. */
export const numbered = defineActivity(
  'incident.numbered',
  payloadOf({ number: z.string().min(1), formerSource: z.string() }),
  (incident, { number, formerSource }) =>
    number === incident.number ? incident : { ...withAlias(incident, incident.number, formerSource), number },
);
