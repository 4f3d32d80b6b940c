import { z } from 'zod';
import { HOLD_REASONS, RESOLUTION_CODES } from '#domain/incident/incident.ts';
import { contentReader } from './read-content.ts';

const text = z.string().catch('');
const id = z.string().nullable().catch(null);
const yes = z.boolean().catch(false);

/**
 * What the dialogs hold that stand over an incident and over a queue alike, so that a draft begun in one goes on in the
 * other; read tolerantly, `{}` being the empty one.
 */
const holdSchema = z.object({
  reason: z.enum(HOLD_REASONS).nullable().catch(null),
  /** A date-and-time field's text in the reader's zone; '' takes the default. */
  until: text,
  reply: text,
  /** The reply field holds what was said on the telephone instead. */
  byCall: yes,
  /** The call was logged already, though the hold itself was refused then: it is not logged twice. */
  callEntryId: id,
  vendor: text,
  vendorReference: text,
  approver: text,
});
const resolveSchema = z.object({
  code: z.enum(RESOLUTION_CODES).nullable().catch(null),
  notes: text,
  confirmed: yes,
  duplicateOfId: id,
  duplicateNumber: id,
});
const transferSchema = z.object({ groupId: id, ownerId: id, note: text, warm: yes });

export type HoldContent = z.infer<typeof holdSchema>;

export const readHold = contentReader(holdSchema);
export const readResolve = contentReader(resolveSchema);
export const readTransfer = contentReader(transferSchema);
