import type { Activity, Id } from '#domain/activity/activity.ts';
import { decide } from '#domain/command/decide.ts';
import type { DecisionContext } from '#domain/command/decision.ts';
import { subjectsOf } from '#domain/command/requirements.ts';
import { ok, type Result } from '#domain/result.ts';
import type { AuthorityStore, Confirmed, Outcome, StoreFault, Submission } from './store.ts';
import { WorkingDesk } from './working-desk.ts';

/**
 * Judges everything that waits, in order, on what is stored, and hands the whole to the store as one batch. The
 * answer holds one outcome for each submission, in its place. A command id that was accepted before repeats its
 * outcome and does nothing twice; a refusal changes nothing and is not kept.
 */
export async function judge(
  store: AuthorityStore,
  submissions: readonly Submission[],
  context: DecisionContext,
): Promise<Result<readonly Outcome[], StoreFault>> {
  const working = new WorkingDesk(await store.gather(wantedBy(submissions)));
  const head = store.head();
  const counters = new Map<Id, number>();
  const confirmed: Confirmed[] = [];
  const outcomes = submissions.map((submission): Outcome => {
    const known = working.command(submission.command.id);
    if (known) return ok({ lsn: known.lsn, number: known.number });
    const decision = decide(submission.command, working.state(), context);
    if (!decision.ok) return decision;
    const person = submission.command.actor;
    const seq = (counters.get(person) ?? head.counterOf(person)) + 1;
    const lsn = head.lsn + confirmed.length + 1;
    const activities = decision.value.activities.map((activity): Activity => ({ ...activity, seq: lsn }));
    const changes = working.apply(lsn, activities);
    const accepted = working.accepted(submission.command, lsn, activities);
    working.note(accepted);
    counters.set(person, seq);
    confirmed.push({ lsn, seq, submission, accepted, activities, changes });
    return ok({ lsn, number: accepted.number });
  });
  if (confirmed.length === 0) return ok(outcomes);
  const committed = await store.commit({ confirmed, effects: working.effects() });
  return committed.ok ? ok(outcomes) : committed;
}

/** Incidents that the decisions will look at, and every command id they mention, their own among them. */
function wantedBy(submissions: readonly Submission[]) {
  const needs = submissions.map(({ command }) => subjectsOf(command));
  return {
    incidentIds: [...new Set(needs.flatMap((need) => need.incidents))],
    commandIds: [
      ...new Set([...submissions.map(({ command }) => command.id), ...needs.flatMap((need) => need.commands)]),
    ],
  };
}
