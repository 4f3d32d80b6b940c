import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, type Judgement, refuse } from '#domain/command/decision.ts';
import { incidentInSight, ruleRefusal } from '#domain/command/rules.ts';
import { timingRefusal } from '#domain/command/timing.ts';
import { planUndo } from '#domain/command/undo-plan.ts';
import { err, ok } from '#domain/result.ts';

/** The inverse of an earlier command of the same person, under the rules the inverse itself has. */
export function undo({ commandId }: CommandArgs['command.undo'], desk: Desk): Judgement {
  const { state, command, person, context } = desk;
  const incidentId = state.incidentOfCommand(commandId);
  const incident = incidentId === null ? null : incidentInSight(desk, incidentId);
  if (incident === null) return refuse('nothingToUndo');
  const timeline = state.timeline(incident.id);
  const plan = planUndo({ timeline, commandId, actor: command.actor, now: command.recordedAt });
  if (!plan.ok) return plan;
  const refusal =
    timingRefusal(command, incident.openedAt) ??
    plan.value.inverse
      .map((name) => ruleRefusal(name, incident, person, context.alone))
      .find((found) => found !== null);
  return refusal ? err(refusal) : ok({ entries: plan.value.entries, superseded: plan.value.superseded });
}
