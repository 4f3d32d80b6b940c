import type { AgreementCalls, AgreementQueries } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Refusal } from '#domain/command/command.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { OwnCommand } from '#sync/client/outbox-frames.ts';
import type { EngineEnvironment } from '../environment.ts';
import type { LiveDesk } from '../live-desk.ts';
import { kept } from './client-store.ts';
import { type Again, conflictsOf, decisionOf } from './conflicts.ts';
import { incidentsOf } from './incident-names.ts';
import type { ShareRun } from './share-run.ts';

/** What the server refused, until its person has decided; and their decisions, until they take them back. */
export class ConflictInbox {
  private readonly desk: LiveDesk;
  private readonly environment: Pick<EngineEnvironment, 'now' | 'newId'>;

  constructor(desk: LiveDesk, environment: Pick<EngineEnvironment, 'now' | 'newId'>) {
    this.desk = desk;
    this.environment = environment;
  }

  of(personId: Id, { shared }: ShareRun): Promise<AgreementQueries['conflicts']['value']> {
    return conflictsOf(personId, this.desk, shared, this.again);
  }

  /** What is sent again is a command of this moment. */
  private get again(): Again {
    return { now: this.environment.now(), newId: this.environment.newId };
  }

  async decide(
    { personId, commandIds, decision }: AgreementCalls['decideConflicts']['args'],
    run: ShareRun,
  ): Promise<Result<AgreementCalls['decideConflicts']['value'], EngineError>> {
    const { desk } = this;
    const entries = run.shared.client.parked().filter(({ command }) => {
      return command.person === personId && commandIds.includes(command.id);
    });
    const incidentOf = await incidentsOf(entries, desk, run.shared);
    const { again } = this;
    const decisions = entries.map((entry) => decisionOf(entry, decision, incidentOf(entry), again));
    const said = await kept(() => run.shared.client.decide(decisions));
    if (!said.ok) return said;
    await run.shared.catchUp();
    run.runner.recorded();
    const refused = decisions.flatMap(({ commandId }, index) => {
      const refusal = said.value[index] ?? null;
      return refusal === null ? [] : [{ commandId, refusal }];
    });
    return ok({ decided: decisions.length - refused.length, refused });
  }

  /** What was sent instead is undone like any other command; what was only put aside comes back. */
  async undo(
    { personId, commandIds }: AgreementCalls['undoDecision']['args'],
    run: ShareRun,
  ): Promise<Result<null, EngineError>> {
    const { environment } = this;
    const decided = run.shared.client.entries().filter(({ command, dismissed }) => {
      return dismissed !== null && command.person === personId && commandIds.includes(command.id);
    });
    const undone = decided.flatMap(({ dismissed }): OwnCommand[] => {
      const { how, instead } = dismissed?.decided ?? {};
      if (how !== 'mine' || !instead) return [];
      const now = environment.now();
      const args = { commandId: instead };
      return [
        { id: environment.newId(), person: personId, name: 'command.undo', args, occurredAt: now, recordedAt: now },
      ];
    });
    const said = await kept(async () => {
      const refusals = await run.shared.client.submit(undone);
      const refusal = refusals.find((one) => one !== null) ?? null;
      if (refusal === null) await run.shared.client.recall(decided.map(({ command }) => command.id));
      return refusal;
    });
    if (!said.ok) return said;
    await run.shared.catchUp();
    run.runner.recorded();
    // This build judged it, so the code is one of ours.
    return said.value === null ? ok(null) : err({ code: 'refused', refusal: said.value as Refusal });
  }
}
