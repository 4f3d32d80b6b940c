import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, entry, type Judgement, refuse } from '#domain/command/decision.ts';
import { attachmentsIn } from '#domain/incident/attachments.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** Takes a file off. Whoever could see that it was attached is told so. */
export function detach({ attachmentId }: CommandArgs['incident.detach'], { state }: Desk, { id }: Incident): Judgement {
  const attachment = attachmentsIn(state.timeline(id)).find((one) => one.id === attachmentId);
  if (attachment === undefined) return refuse('notFound', { what: 'attachment', field: 'attachmentId' });
  if (attachment.detached !== null) return refuse('nothingChanged');
  const { visibility } = attachment;
  return ok({ entries: [{ ...entry(id, 'incident.detached', { attachmentId }), visibility }] });
}
