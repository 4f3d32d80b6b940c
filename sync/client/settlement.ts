import type { PushAnswer, PushResult } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { subjectsOf } from '#domain/command/requirements.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxEntry, OutboxFrame, OwnCommand, Verdict } from './outbox-frames.ts';

/** What an answer means to the outbox. `fork`: another command stands at one of its places. */
export interface Settlement {
  readonly frames: readonly OutboxFrame[];
  readonly fork: boolean;
}

/**
 * What the server said of a push (SPEC 1.8 to 1.10): a verdict is kept, decided now or before alike; a fork means a
 * new device id; a gap says nothing, its command stays owed. A refused recording takes along what depends on it.
 */
export function settle(
  outbox: Outbox,
  sent: readonly OutboxEntry[],
  answer: PushAnswer,
  on: Instant | null,
): Settlement {
  const byId = new Map(sent.map((entry) => [entry.command.id, entry]));
  const frames: OutboxFrame[] = [];
  /** Said, or parked, by this answer. */
  const done = new Set<Id>();
  for (const result of answer.results) {
    const entry = byId.get(result.commandId);
    if (entry === undefined || entry.place !== result.seq) continue;
    if (result.status === 'fork') return { frames, fork: true };
    const verdict = verdictOf(result);
    if (verdict === null) continue;
    frames.push({ kind: 'decided', commandId: result.commandId, verdict, on });
    done.add(result.commandId);
    if (verdict.outcome === 'rejected') frames.push(...dependentsOf(outbox, entry.command, done));
  }
  return { frames, fork: false };
}

function verdictOf(result: PushResult): Verdict | null {
  const outcome = result.status === 'already' ? result.outcome : result.status;
  if (outcome === undefined || outcome === 'gap' || outcome === 'fork') return null;
  return {
    outcome,
    decidedAt: result.decidedAt ?? 0,
    number: result.number ?? null,
    refusal: result.refusal ?? null,
  };
}

/** Parks what makes no sense without this recording: later, undecided commands on its incident, and their undoing. */
function dependentsOf(outbox: Outbox, refused: OwnCommand, done: Set<Id>): readonly OutboxFrame[] {
  if (refused.name !== 'incident.record') return [];
  const refusal = { code: 'notFound', details: { what: 'incident' } };
  const lost = new Set([refused.id]);
  const frames: OutboxFrame[] = [];
  const incidentId = incidentOf(refused);
  // Whatever undoes a command is about the same incidents.
  const about = outbox.index.inOrder(incidentId === null ? outbox.index.onAny : outbox.index.on(incidentId));
  for (const id of about.slice(about.indexOf(refused.id) + 1)) {
    const entry = outbox.entry(id);
    if (entry === undefined || entry.verdict !== null || entry.hollow || done.has(id)) continue;
    const { command } = entry;
    if (!isOn(refused, command) && !subjectsOf(command).commands.some((id) => lost.has(id))) continue;
    lost.add(command.id);
    done.add(command.id);
    frames.push({ kind: 'parked', commandId: command.id, refusal, because: refused.id });
  }
  return frames;
}

const isOn = (recording: OwnCommand, command: OwnCommand): boolean => {
  const incidentId = incidentOf(recording);
  return incidentId !== null && command.name !== 'incident.record' && incidentOf(command) === incidentId;
};

/** The incident that a command's arguments name as its own. */
export function incidentOf({ args }: Pick<OwnCommand, 'args'>): Id | null {
  const id = typeof args === 'object' && args !== null && 'incidentId' in args ? args.incidentId : null;
  return typeof id === 'string' ? id : null;
}

/** The parked recording without which a command that is recorded now makes no sense. */
export function parkedRecordingOf(outbox: Outbox, command: OwnCommand): OutboxEntry | null {
  const needed = subjectsOf(command).commands;
  for (const entry of outbox.parked()) {
    if (entry.verdict?.outcome === 'accepted') continue;
    if (entry.command.name === 'incident.record' && isOn(entry.command, command)) return entry;
    if (entry.parked?.because !== null && needed.includes(entry.command.id)) return entry;
  }
  return null;
}

/**
 * The frame that a lane's end asks for: below what was acknowledged when the question was sent, the server has
 * forgotten and gets it again, under the same places, or, where they are not kept any more, under a new device id.
 */
export function restoredFrame(
  outbox: Outbox,
  person: Id,
  acknowledged: number,
  expected: number,
  newId: () => Id,
): OutboxFrame | null {
  if (expected > acknowledged) return null;
  const kept = outbox.lane(person).filter(({ place }) => place >= expected && place <= acknowledged);
  const whole = kept.length === acknowledged - expected + 1;
  return whole ? { kind: 'requeued', person, from: expected } : { kind: 'moved', device: newId(), restored: true };
}

/** Acknowledged commands that no backup can lack any more, whosever they are, and that nobody has to look at. */
export function pastHorizon(outbox: Outbox, on: Instant, horizon: number): OutboxFrame | null {
  const old = outbox
    .all()
    .filter(({ owed, parked, decidedOn, verdict, hollow }) => {
      if (owed || parked !== null) return false;
      if (decidedOn === null) return hollow && verdict === null;
      return on - decidedOn > horizon;
    })
    .map(({ command }) => command.id);
  return old.length === 0 ? null : { kind: 'forgotten', commandIds: old };
}
