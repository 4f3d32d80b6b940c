import type { Activity } from '#domain/activity/activity.ts';
import type { Refusal } from '#domain/command/command.ts';
import { decide } from '#domain/command/decide.ts';
import type { DecisionContext, DecisionState, UnjudgedCommand } from '#domain/command/decision.ts';
import { subjectsOf } from '#domain/command/requirements.ts';
import { ok, type Result } from '#domain/result.ts';
import type { AcceptedCommand, Effects, Gathered, IncidentChange } from './store.ts';
import { WorkingDesk } from './working-desk.ts';

/** An accepted command, with what it made. */
export interface Accepted {
  readonly accepted: AcceptedCommand;
  /** Numbered. Empty when the command had been accepted before. */
  readonly activities: readonly Activity[];
  readonly changes: readonly IncidentChange[];
  /** It had been accepted before: nothing was done. */
  readonly again: boolean;
}

/** Judges commands one after the other on what is stored and on what those before them made. Writes nothing. */
export class Judging {
  private readonly working: WorkingDesk;
  private readonly context: DecisionContext;
  private readonly confirm: (activity: Activity) => Activity;
  private end: number;

  /** `head` is the end of the log; `confirm` adds to an activity what only its authority knows of it. */
  constructor(
    gathered: Gathered,
    head: number,
    context: DecisionContext,
    confirm: (activity: Activity) => Activity = (activity) => activity,
  ) {
    this.working = new WorkingDesk(gathered);
    this.end = head;
    this.context = context;
    this.confirm = confirm;
  }

  /** End of the log, were it written now. */
  get head(): number {
    return this.end;
  }

  get state(): DecisionState {
    return this.working.state();
  }

  judge(command: UnjudgedCommand): Result<Accepted, Refusal> {
    const known = this.working.command(command.id);
    if (known) return ok({ accepted: known, activities: [], changes: [], again: true });
    const decision = decide(command, this.working.state(), this.context);
    if (!decision.ok) return decision;
    this.end += 1;
    const activities = decision.value.activities.map((made) => this.confirm({ ...made, seq: this.end }));
    const changes = this.working.apply(this.end, activities);
    const accepted = this.working.accepted(command, this.end, activities);
    this.working.note(accepted);
    return ok({ accepted, activities, changes, again: false });
  }

  effects(): Effects {
    return this.working.effects();
  }
}

/** Incidents and numbers that the decisions will look at, and every command id they mention, their own among them. */
export function wantedBy(commands: readonly Pick<UnjudgedCommand, 'id' | 'args'>[]) {
  const needs = commands.map(subjectsOf);
  return {
    incidentIds: [...new Set(needs.flatMap((need) => need.incidents))],
    commandIds: [...new Set([...commands.map(({ id }) => id), ...needs.flatMap((need) => need.commands)])],
    numbers: [...new Set(needs.flatMap((need) => need.numbers))],
  };
}
