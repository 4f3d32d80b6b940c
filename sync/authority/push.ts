import type { DecidedOutcome, PushedCommand, PushResult } from '#contracts/sync/wire.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { Refusal } from '#domain/command/command.ts';
import type { UnjudgedCommand } from '#domain/command/decision.ts';
import { Judging, wantedBy } from './judging.ts';
import { LaneBook } from './lane-book.ts';
import type { DecidedCommand, Lane, LogHead, PushTransaction, SharedLog } from './shared-log.ts';

/** What one device sends for one person. */
export interface LanePush extends Lane {
  readonly commands: readonly PushedCommand[];
}

export interface LaneAnswer {
  readonly expected: number;
  readonly results: readonly PushResult[];
}

export interface PushContext {
  /** IANA zone of the organisation, for business days. */
  readonly zone: string;
  /** The server's clock. */
  readonly now: Instant;
}

export interface Pushed {
  /** After this push. */
  readonly head: LogHead;
  /** In the order of the pushes. */
  readonly answers: readonly LaneAnswer[];
}

/**
 * Decides what several devices sent, in one transaction: each lane in the order of its places, one bad command never
 * in the way of the next (SPEC 1.1 to 1.7). Every decision is kept, a rejection too, and repeated when the command
 * comes again.
 */
export function push(log: SharedLog, pushes: readonly LanePush[], context: PushContext): Promise<Pushed> {
  return log.push(async (transaction) => {
    const book = await LaneBook.open(transaction, pushes);
    const commands = pushes.flatMap((lane) => lane.commands.flatMap((sent) => commandOf(sent, lane) ?? []));
    const gathered = await transaction.gather(wantedBy(commands));
    const judging = new Judging(
      gathered,
      transaction.head.seq,
      { zone: context.zone, alone: false },
      (activity): Activity => ({ ...activity, syncedAt: context.now }),
    );
    const activities: Activity[] = [];
    const decideOne = (lane: Lane, sent: PushedCommand): DecidedCommand => {
      const earlier = book.decided(sent.id);
      if (earlier) return { ...repeated(earlier, lane), ...lane, seq: sent.seq };
      const command = commandOf(sent, lane);
      const judged = command === null ? null : judging.judge(command);
      if (judged?.ok) activities.push(...judged.value.activities);
      const accepted = judged?.ok ? judged.value.accepted : null;
      return {
        device: lane.device,
        person: lane.person,
        id: sent.id,
        seq: sent.seq,
        outcome: outcomeOf(judged),
        refusal: judged === null || judged.ok ? null : judged.error,
        decidedAt: judging.head,
        decidedOn: context.now,
        name: accepted?.name ?? null,
        number: accepted?.number ?? null,
        subjectIds: accepted?.subjectIds ?? [],
      };
    };
    const answers = pushes.map((pushed) => {
      const page = book.pageOf(pushed);
      const results = pushed.commands.map((sent): PushResult => {
        if (sent.seq > page.expected) return { seq: sent.seq, commandId: sent.id, status: 'gap' };
        if (sent.seq < page.expected) return settled(sent, page.at(sent.seq));
        const again = book.decided(sent.id) !== undefined;
        const decided = decideOne(page.lane, sent);
        book.keep(page, decided);
        return again ? settled(sent, decided) : { ...told(decided), status: decided.outcome };
      });
      return { results, page };
    });
    await write(transaction, book, judging, activities);
    return {
      head: { ...transaction.head, seq: judging.head },
      answers: answers.map(({ results, page }) => ({ results, expected: page.expected })),
    };
  });
}

async function write(
  transaction: PushTransaction,
  book: LaneBook,
  judging: Judging,
  activities: readonly Activity[],
): Promise<void> {
  if (book.kept.length === 0) return;
  const { kept, lanes } = book;
  await transaction.write({ head: judging.head, decided: kept, lanes, activities, effects: judging.effects() });
}

/** Null for a place whose command its device can't read any more. */
function commandOf(sent: PushedCommand, lane: Lane): UnjudgedCommand | null {
  if ('skip' in sent) return null;
  const { id, name, args, occurredAt, recordedAt, lateReason, seen } = sent;
  return {
    id,
    name,
    args,
    occurredAt,
    recordedAt,
    actor: lane.person,
    device: lane.device,
    ...(lateReason === undefined ? {} : { lateReason }),
    ...(seen === undefined ? {} : { seen }),
  };
}

const outcomeOf = (judged: { readonly ok: boolean } | null): DecidedOutcome => {
  if (judged === null) return 'skipped';
  return judged.ok ? 'accepted' : 'rejected';
};

const TAKEN: Refusal = { code: 'alreadyExists', details: { field: 'id' } };

/** The same outcome in another lane of the same person; somebody else's id is refused and tells nothing. */
function repeated(earlier: DecidedCommand, lane: Lane): DecidedCommand {
  if (earlier.person === lane.person) return earlier;
  return { ...earlier, outcome: 'rejected', refusal: TAKEN, name: null, number: null, subjectIds: [] };
}

/** What is answered for a place that was decided before. */
function settled(sent: { readonly seq: number; readonly id: Id }, decided: DecidedCommand | undefined): PushResult {
  if (decided?.id !== sent.id) return { seq: sent.seq, commandId: sent.id, status: 'fork' };
  return { ...told(decided), status: 'already', outcome: decided.outcome };
}

const told = ({ seq, id, decidedAt, number, refusal }: DecidedCommand) => ({
  seq,
  commandId: id,
  decidedAt,
  number,
  ...(refusal === null
    ? {}
    : { refusal: { code: refusal.code, ...(refusal.details && { details: refusal.details }) } }),
});
