import { z } from 'zod';
import type { Refusal } from '#domain/command/command.ts';
import type { UnjudgedCommand } from '#domain/command/decision.ts';
import { idSchema, instantSchema, TEXT_LIMITS } from '#domain/incident/fields.schema.ts';

const envelopeSchema = z.object({
  id: idSchema,
  actor: idSchema,
  device: idSchema,
  occurredAt: instantSchema,
  recordedAt: instantSchema,
  lateReason: z.string().max(TEXT_LIMITS.text).optional(),
  seen: idSchema.nullable().optional(),
});

/** What is wrong with a command around its arguments: what it would write could not be read back. */
export function envelopeRefusal(command: UnjudgedCommand): Refusal | null {
  const issue = envelopeSchema.safeParse(command).error?.issues[0];
  if (issue === undefined) return null;
  const field = String(issue.path[0] ?? '');
  const tooLong = issue.code === 'too_big' && field === 'lateReason';
  return { code: tooLong ? 'textTooLong' : 'argumentsInvalid', details: { field } };
}
