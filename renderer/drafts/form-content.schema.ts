import { z } from 'zod';
import { CHANNELS, LEVELS, RESOLUTION_CODES } from '#domain/incident/incident.ts';

const text = z.string().catch('');
const id = z.string().nullable().catch(null);

/**
 * The half-written form as its draft keeps it. Read tolerantly, field by field: a draft of an older or newer build
 * gives back everything this build understands and never an error.
 */
export const formContentSchema = z.object({
  callerId: id,
  /** What was typed into Caller without choosing anybody. */
  callerText: text,
  newCaller: z.object({ personId: z.string(), name: z.string(), phone: z.string() }).nullable().catch(null),
  shortDescription: text,
  description: text,
  channel: z.enum(CHANNELS).catch('phone'),
  categoryId: id,
  serviceId: id,
  configurationItemId: id,
  impact: z.literal(LEVELS).catch(3),
  urgency: z.literal(LEVELS).catch(2),
  /** True until a person has chosen impact or urgency. */
  assumed: z.boolean().catch(true),
  assignmentGroupId: id,
  assignedToId: id,
  resolutionCode: z.enum(RESOLUTION_CODES).nullable().catch(null),
  resolutionNotes: text,
  callerConfirmed: z.boolean().catch(true),
  /** The refused recording that this form was filled from; creating the incident decides it. */
  decides: id,
});
export type FormContent = z.infer<typeof formContentSchema>;
