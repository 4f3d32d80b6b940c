import type { Id } from '#domain/activity/activity.ts';
import type { DecisionContext } from '#domain/command/decision.ts';
import { ok, type Result } from '#domain/result.ts';
import { Judging, wantedBy } from './judging.ts';
import type { AuthorityStore, Confirmed, Outcome, StoreFault, Submission } from './store.ts';

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
  const gathered = await store.gather(wantedBy(submissions.map(({ command }) => command)));
  const head = store.head();
  const judging = new Judging(gathered, head.lsn, context);
  const counters = new Map<Id, number>();
  const confirmed: Confirmed[] = [];
  const outcomes = submissions.map((submission): Outcome => {
    const judged = judging.judge(submission.command);
    if (!judged.ok) return judged;
    const { accepted, activities, changes, again } = judged.value;
    if (!again) {
      const person = submission.command.actor;
      const seq = (counters.get(person) ?? head.counterOf(person)) + 1;
      counters.set(person, seq);
      confirmed.push({ lsn: accepted.lsn, seq, submission, accepted, activities, changes });
    }
    return ok({ lsn: accepted.lsn, number: accepted.number });
  });
  if (confirmed.length === 0) return ok(outcomes);
  const committed = await store.commit({ confirmed, effects: judging.effects() });
  return committed.ok ? ok(outcomes) : committed;
}
