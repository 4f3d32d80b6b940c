import { z } from 'zod';
import { CANCEL_REASONS, HOLD_REASONS, PRIORITIES, RESOLUTION_CODES } from '#domain/incident/incident.ts';
import { contentReader } from '#renderer/drafts/read-content.ts';

const text = z.string().catch('');
const id = z.string().nullable().catch(null);
const yes = z.boolean().catch(false);

/** What each dialog holds, as its draft keeps it; read tolerantly, `{}` being the empty one. */
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
const reopenSchema = z.object({ reason: text });
const cancelSchema = z.object({ reason: z.enum(CANCEL_REASONS).nullable().catch(null), detail: text });
const transferSchema = z.object({ groupId: id, ownerId: id, note: text, warm: yes });
const overrideSchema = z.object({
  value: z.literal(PRIORITIES).nullable().catch(null),
  why: text,
  mode: z.enum(['corrected', 'situationChanged']).catch('corrected'),
});

export type HoldContent = z.infer<typeof holdSchema>;
export type OverrideContent = z.infer<typeof overrideSchema>;

export const readHold = contentReader(holdSchema);
export const readResolve = contentReader(resolveSchema);
export const readReopen = contentReader(reopenSchema);
export const readCancel = contentReader(cancelSchema);
export const readTransfer = contentReader(transferSchema);
export const readOverride = contentReader(overrideSchema);
