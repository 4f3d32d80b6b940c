import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, entry, type Judgement, refuse } from '#domain/command/decision.ts';
import { attachmentsIn } from '#domain/incident/attachments.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** A file of the incident: possible in every state, for the desk only unless the sender says otherwise. */
export function attach(args: CommandArgs['incident.attach'], { state }: Desk, { id }: Incident): Judgement {
  const { attachmentId, sha256, name, bytes, mediaType, visibility } = args;
  if (attachmentsIn(state.timeline(id)).some((one) => one.id === attachmentId)) {
    return refuse('alreadyExists', { what: 'attachment' });
  }
  return ok({
    entries: [{ ...entry(id, 'incident.attached', { attachmentId, sha256, name, bytes, mediaType }), visibility }],
  });
}
