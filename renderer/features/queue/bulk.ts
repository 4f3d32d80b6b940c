import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { CommandArgs, CommandName } from '#domain/command/command.ts';
import type { HoldReason, IncidentState, ResolutionCode } from '#domain/incident/incident.ts';
import type { Action } from '#domain/permissions/permissions.ts';
import type { Submit, SubmitOptions, SubmitOutcome } from '#renderer/platform/hooks.ts';
import type { SelectedRow } from './grid-state.ts';

export type BulkDeed = 'assignToMe' | 'transfer' | 'start' | 'hold' | 'resume' | 'resolve' | 'close';

/** What a deed needs besides the incidents. */
export interface BulkDetails {
  readonly transfer: Pick<CommandArgs['incident.transfer'], 'assignmentGroupId' | 'assignedToId' | 'note' | 'warm'>;
  readonly hold: {
    readonly reason: HoldReason;
    readonly until?: number;
    readonly reply: string;
    /** `reply` is what was said by telephone, already logged as this entry. */
    readonly callEntryId?: Id;
    readonly vendor: string;
    readonly vendorReference: string;
    readonly approver: string;
  };
  readonly resolve: {
    readonly resolutionCode: ResolutionCode;
    readonly resolutionNotes: string;
    readonly duplicateOfId?: Id;
    readonly confirmedBy?: string;
  };
}

/** What a role has to allow for a deed. */
export const ACTION_OF: Readonly<Record<BulkDeed, Action>> = {
  assignToMe: 'assign',
  transfer: 'assign',
  start: 'work',
  hold: 'work',
  resume: 'work',
  resolve: 'resolve',
  close: 'close',
};

/** The states from which the process knows a deed; a row in another state is asked anyway and its refusal shown. */
const FITS: Readonly<Record<BulkDeed, readonly IncidentState[]>> = {
  assignToMe: ['new', 'inProgress', 'onHold', 'resolved'],
  transfer: ['new', 'inProgress', 'onHold'],
  start: ['new'],
  hold: ['new', 'inProgress', 'onHold'],
  resume: ['onHold'],
  resolve: ['new', 'inProgress', 'onHold'],
  close: ['resolved'],
};

export const fits = (deed: BulkDeed, { state }: Pick<SelectedRow, 'state'>): boolean => FITS[deed].includes(state);

/** Whether a deed makes sense for at least one of the rows; otherwise its button is absent. */
export const fitsSome = (deed: BulkDeed, rows: readonly SelectedRow[]): boolean => rows.some((row) => fits(deed, row));

/** The process takes these back without a trace; for the others it names the proper command instead. */
const UNDOABLE: readonly BulkDeed[] = ['assignToMe', 'transfer', 'hold', 'resume'];
export const isUndoable = (deed: BulkDeed): boolean => UNDOABLE.includes(deed);

/** The command that leads back from a deed the process does not take back. */
export const PROPER: Readonly<Partial<Record<BulkDeed, CommandName>>> = {
  start: 'incident.hold',
  resolve: 'incident.reopen',
  close: 'incident.record',
};

export type DoDeed = (row: SelectedRow) => Promise<SubmitOutcome>;

/** The command of a deed for one row. Ids of entries are made per row. */
export function deedFor(
  submit: Submit,
  me: Id,
  newId: () => Id,
  order:
    | { deed: 'assignToMe' | 'start' | 'resume' | 'close' }
    | { deed: 'transfer'; details: BulkDetails['transfer'] }
    | { deed: 'hold'; details: BulkDetails['hold'] }
    | { deed: 'resolve'; details: BulkDetails['resolve'] },
  options: SubmitOptions = {},
): DoDeed {
  switch (order.deed) {
    case 'assignToMe':
      return (row) => submit('incident.assign', { incidentId: row.id, assignedToId: me, from: row.ownerId });
    case 'start':
      return (row) => submit('incident.start', { incidentId: row.id });
    case 'resume':
      return (row) => submit('incident.resume', { incidentId: row.id });
    case 'close':
      return (row) => submit('incident.close', { incidentId: row.id });
    case 'transfer':
      return (row) => submit('incident.transfer', { incidentId: row.id, ...order.details }, options);
    case 'resolve':
      return (row) => submit('incident.resolve', { incidentId: row.id, ...order.details }, options);
    case 'hold': {
      const { reason, until, reply, callEntryId, vendor, vendorReference, approver } = order.details;
      const told = (): Pick<CommandArgs['incident.hold'], 'reply' | 'callEntryId'> => {
        if (callEntryId !== undefined) return { callEntryId };
        return reply.trim() === '' ? {} : { reply: { entryId: newId(), body: reply.trim() } };
      };
      const args = {
        reason,
        ...(until === undefined ? {} : { until }),
        ...(vendor.trim() === '' ? {} : { vendor: { name: vendor.trim(), reference: vendorReference.trim() || null } }),
        ...(approver.trim() === '' ? {} : { approver: approver.trim() }),
      };
      return (row) => submit('incident.hold', { incidentId: row.id, ...args, ...told() }, options);
    }
  }
}

export interface RowResult {
  readonly row: SelectedRow;
  /** Null: done. */
  readonly error: EngineError | null;
  readonly commandId: Id | null;
}

/** It was so before: nothing was done, and nothing is amiss. */
export const wasAlready = ({ error }: RowResult): boolean => error?.refusal?.code === 'nothingChanged';

export const wasRefused = (result: RowResult): boolean => result.error !== null && !wasAlready(result);

export interface BulkRun {
  readonly results: readonly RowResult[];
  /** Rows not tried because the person stopped. */
  readonly untried: number;
}

const AT_ONCE = 16;

/** Runs a deed over the rows, some at a time so that the journal writes them together; stops between rows. */
export async function runBulk(
  rows: readonly SelectedRow[],
  doDeed: DoDeed,
  progress: (done: number) => void,
  stopped: () => boolean,
): Promise<BulkRun> {
  const results: RowResult[] = [];
  for (let at = 0; at < rows.length && !stopped(); at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE);
    const outcomes = await Promise.all(some.map(doDeed));
    outcomes.forEach((outcome, index) => {
      const row = some[index];
      if (!row) return;
      results.push(
        outcome.ok
          ? { row, error: null, commandId: outcome.value.commandId }
          : { row, error: outcome.error, commandId: null },
      );
    });
    progress(results.length);
  }
  return { results, untried: rows.length - results.length };
}
