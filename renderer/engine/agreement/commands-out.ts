import type { Activity, Id } from '#domain/activity/activity.ts';
import type { Refusal } from '#domain/command/command.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Outcome, StoreFault, Submission } from '#sync/authority/store.ts';
import type { OwnCommand } from '#sync/client/outbox-frames.ts';
import { incidentOf } from '#sync/client/settlement.ts';
import type { Judge } from '../command-queue.ts';
import type { LiveDesk } from '../live-desk.ts';
import { NothingKept } from './client-store.ts';
import type { SharedDesk } from './shared-desk.ts';

interface OutPorts {
  readonly desk: LiveDesk;
  readonly shared: SharedDesk;
  /** Everybody who may act here: nobody else could ever send it. */
  isKnown(person: Id): boolean;
  recorded(): void;
  /** A number of this device's own, used for nothing else; null when it has no code for them. */
  nextNumber(): string | null;
}

/** On a desk that follows a server a command is tried here, kept for sending, and shown; the server decides. */
export const outgoingJudge = (ports: OutPorts): Judge => ({
  judge: (submissions) => judge(submissions, ports),
  inTurn: (work) => work(),
});

async function judge(
  submissions: readonly Submission[],
  ports: OutPorts,
): Promise<Result<readonly Outcome[], StoreFault>> {
  const { desk, shared, isKnown, recorded } = ports;
  const commands = await Promise.all(submissions.map((submission) => ownCommand(submission, ports)));
  for (const [at, { draftId }] of submissions.entries()) {
    const command = commands[at];
    if (draftId !== undefined && command)
      shared.store.consumes(command.id, { draftId, recordedAt: command.recordedAt });
  }
  const known = commands.filter(({ person }) => isKnown(person));
  try {
    const said = await shared.client.submit(known);
    await shared.catchUp();
    recorded();
    const refusals = new Map(known.map(({ id }, at) => [id, said[at] ?? null]));
    return ok(commands.map((command) => outcomeOf(command, refusals, shared, desk.lsn)));
  } catch (cause) {
    if (!(cause instanceof NothingKept)) throw cause;
    if (cause.code === 'diskFull') return err('diskFull');
    return err(cause.code === 'staleFence' ? 'staleAuthority' : 'journalFailed');
  }
}

function outcomeOf(
  command: OwnCommand,
  refusals: ReadonlyMap<Id, { readonly code: string } | null>,
  { client }: SharedDesk,
  lsn: number,
): Outcome {
  const refusal = refusals.get(command.id);
  if (refusal === undefined) return err({ code: 'notAllowedForRole' });
  // This build judged it, so the code is one of ours.
  if (refusal !== null) return err(refusal as Refusal);
  const incidentId = incidentOf(command) ?? client.namedBy(command.id)[0] ?? null;
  return ok({ lsn, number: incidentId === null ? null : (client.pendingOn(incidentId)?.incident.number ?? null) });
}

/**
 * A command as it will travel, with what its sender had before them: a reply says what could be read of the talk with
 * the caller, an assignment whom it replaces, a recording the number it bears here until the server has given one.
 */
async function ownCommand({ command }: Submission, { desk, nextNumber }: OutPorts): Promise<OwnCommand> {
  const { actor, device: _, ...rest } = command;
  const own: OwnCommand = { ...rest, person: actor };
  const incidentId = incidentOf(own);
  const { args, name } = command;
  if (incidentId === null || !isObject(args)) return own;
  if (name === 'incident.record') {
    const number = nextNumber();
    return number === null ? own : { ...own, args: { ...args, provisionalNumber: number } };
  }
  const incident = await desk.incident(incidentId);
  if (incident === null) return own;
  const { assignmentGroupId, assignedToId } = incident;
  if (name === 'incident.assign') return { ...own, args: { from: assignedToId, ...args } };
  if (name === 'incident.transfer') return { ...own, args: { from: { assignmentGroupId, assignedToId }, ...args } };
  const replies = name === 'incident.reply' || (name === 'incident.hold' && 'reply' in args);
  if (!replies || command.seen !== undefined) return own;
  const seen = newestPublic(await desk.timeline(incidentId), await desk.isTimelineWhole(incidentId));
  return seen === undefined ? own : { ...own, seen };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Null: there is none; undefined: nobody can tell, because the beginning of the timeline is not here. */
function newestPublic(timeline: readonly Activity[], whole: boolean): Id | null | undefined {
  const newest = timeline.findLast(({ type }) => type === 'incident.reply' || type === 'incident.message');
  return newest?.id ?? (whole ? null : undefined);
}
