import type { Activity, Instant } from '#domain/activity/activity.ts';
import { addBusinessDays, defaultCalendar } from '#domain/calendar/business-days.ts';
import type { CommandArgs, Refusal } from '#domain/command/command.ts';
import { isEntry, isStale, isTold, releaseOf } from '#domain/command/deciders/reply.ts';
import { type Desk, type Entry, entry, isBlank, type Judgement, refuse } from '#domain/command/decision.ts';
import type { Hold, HoldReason, Incident } from '#domain/incident/incident.ts';
import { same } from '#domain/incident/same.ts';
import { err, ok } from '#domain/result.ts';

type Args = CommandArgs['incident.hold'];

/** Business days a hold lasts unless somebody says otherwise (domain.md, state table). */
const DEFAULT_DAYS: Readonly<Partial<Record<HoldReason, number>>> = { awaitingChange: 5, awaitingProblem: 5 };
const OTHER_DAYS = 2;

export const defaultUntil = (reason: HoldReason, from: Instant, zone: string): Instant =>
  addBusinessDays(from, DEFAULT_DAYS[reason] ?? OTHER_DAYS, defaultCalendar(zone));

/** On hold, or another hold while on hold. The clock of "until" starts when the hold did. */
export function hold(args: Args, desk: Desk, incident: Incident): Judgement {
  const refusal = holdRefusal(args, desk, incident);
  if (refusal !== null) return err(refusal);
  const next = holdOf(args, desk, incident);
  if (incident.hold !== null && same({ ...next, since: incident.hold.since }, incident.hold)) {
    return refuse('nothingChanged');
  }
  const entryId = args.reply?.entryId ?? args.callEntryId;
  const held = { hold: next, previous: incident.hold, ...(entryId === undefined ? {} : { entryId }) };
  return ok({
    entries: [...told(args, desk, incident), ...vendorKept(args, incident), entry(incident.id, 'incident.held', held)],
  });
}

function holdRefusal(args: Args, desk: Desk, incident: Incident): Refusal | null {
  if (args.until !== undefined && args.until <= desk.command.recordedAt) return { code: 'needsUntilInFuture' };
  const vendor = args.vendor ?? incident.vendor;
  if (args.reason === 'awaitingVendor' && isBlank(vendor?.name)) return { code: 'needsVendor' };
  const approver = args.approver ?? incident.hold?.approver;
  if (args.reason === 'awaitingApproval' && isBlank(approver)) return { code: 'needsApprover' };
  const timeline = desk.state.timeline(incident.id);
  if (!isBlank(args.reply?.body) && isStale(desk.command.seen, timeline)) return { code: 'replyStale' };
  return entryRefusal(args, timeline) ?? tellingRefusal(args, incident);
}

function entryRefusal({ reply, callEntryId }: Args, timeline: readonly Activity[]): Refusal | null {
  if (reply !== undefined && isEntry(timeline, reply.entryId))
    return { code: 'alreadyExists', details: { what: 'entry' } };
  const lost = callEntryId !== undefined && !isTold(timeline, callEntryId);
  return lost ? { code: 'notFound', details: { what: 'entry', field: 'callEntryId' } } : null;
}

/** Awaiting Caller makes sense only if the caller knows: by a reply with the hold or by a call written down before. */
function tellingRefusal({ reason, reply, callEntryId }: Args, incident: Incident): Refusal | null {
  if (reason !== 'awaitingCaller' || incident.hold?.reason === reason) return null;
  return callEntryId === undefined && isBlank(reply?.body) ? { code: 'needsReplyOrCall' } : null;
}

function holdOf(args: Args, { command, context }: Desk, incident: Incident): Hold {
  const from = incident.hold?.from ?? (incident.state === 'new' ? 'new' : 'inProgress');
  const vendor = args.reason === 'awaitingVendor' ? (args.vendor ?? incident.vendor) : null;
  const approver = args.reason === 'awaitingApproval' ? (args.approver ?? incident.hold?.approver ?? null) : null;
  const since = command.occurredAt;
  const until = args.until ?? defaultUntil(args.reason, command.recordedAt, context.zone);
  return { reason: args.reason, until, since, from, vendor, approver };
}

/** The reply that goes with the hold: with the same 15 s to take it back as any other. */
function told({ reply }: Args, { command }: Desk, incident: Incident): Entry[] {
  if (reply === undefined || isBlank(reply.body)) return [];
  return [entry(incident.id, 'incident.reply', { ...reply, releaseAt: releaseOf(command) })];
}

/** A vendor named in the hold is the incident's vendor from now on. */
function vendorKept({ reason, vendor }: Args, incident: Incident): Entry[] {
  if (reason !== 'awaitingVendor' || vendor === undefined || same(vendor, incident.vendor)) return [];
  return [entry(incident.id, 'incident.changed', { changes: { vendor: { from: incident.vendor, to: vendor } } })];
}
