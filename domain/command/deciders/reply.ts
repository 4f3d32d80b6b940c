import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, entry, type Judgement, refuse, type UnjudgedCommand } from '#domain/command/decision.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { ok } from '#domain/result.ts';

/** How long a public reply can be taken back before anything leaves (domain.md "Undo"). */
export const REPLY_WAITS = 15_000;
/** A release further away than this is a mistake, not a wish. */
const LATEST_RELEASE = 24 * 3_600_000;

/** A public reply. It waits 15 s at least, counted from when it was written down. */
export function reply(args: CommandArgs['incident.reply'], desk: Desk, incident: Incident): Judgement {
  const { entryId, body } = args;
  if (isEntry(desk.state.timeline(incident.id), entryId)) return refuse('alreadyExists', { what: 'entry' });
  if (args.releaseAt > desk.command.recordedAt + LATEST_RELEASE)
    return refuse('argumentsInvalid', { field: 'releaseAt' });
  if (isStale(desk.command.seen, desk.state.timeline(incident.id))) return refuse('replyStale');
  const releaseAt = Math.max(args.releaseAt, releaseOf(desk.command));
  return ok({ entries: [entry(incident.id, 'incident.reply', { entryId, body, releaseAt })] });
}

/** Somebody wrote to the caller, or the caller to us, after what the writer of this reply had read. */
export function isStale(seen: UnjudgedCommand['seen'], timeline: readonly Activity[]): boolean {
  if (seen === undefined) return false;
  const newest = timeline.findLast(({ type }) => type === 'incident.reply' || type === 'incident.message');
  return (newest?.id ?? null) !== seen;
}

export const releaseOf = (command: UnjudgedCommand): Instant => command.recordedAt + REPLY_WAITS;

const ENTRIES: readonly string[] = ['incident.note', 'incident.reply', 'incident.call', 'incident.message'];

/** Whether the timeline holds an entry of this id. */
export const isEntry = (timeline: readonly Activity[], entryId: Id): boolean =>
  timeline.some((activity) => ENTRIES.includes(activity.type) && entryIdOf(activity) === entryId);

/** Whether this entry told the caller something: a call, or a reply that was not taken back. */
export function isTold(timeline: readonly Activity[], entryId: Id): boolean {
  const types = timeline.filter((activity) => entryIdOf(activity) === entryId).map(({ type }) => type);
  if (types.includes('incident.replyWithdrawn')) return false;
  return types.includes('incident.call') || types.includes('incident.reply');
}

function entryIdOf({ payload }: Activity): unknown {
  return typeof payload === 'object' && payload !== null && 'entryId' in payload ? payload.entryId : undefined;
}
