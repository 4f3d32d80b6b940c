import type { Calls, EngineError, SubmitArgs } from '#contracts/engine/protocol.ts';
import type { Instant } from '#domain/activity/activity.ts';
import { err, type Result } from '#domain/result.ts';
import type { StoreFault } from '#sync/authority/store.ts';
import type { CommandQueue } from './command-queue.ts';
import type { DraftShelf } from './draft-shelf.ts';
import type { Log } from './log.ts';

interface SubmitPorts {
  readonly queue: CommandQueue;
  readonly drafts: Pick<DraftShelf, 'dateBy'>;
  now(): Instant;
  /** The journal once reconciliation is done; null when the desk can't work. */
  ready(): Promise<Log | null>;
  isDiskFull(): Promise<boolean>;
  /** Opens a database anew that waits for space. */
  stopWaiting(): void;
}

/** What a window asks for becomes a command: written down now, judged as soon as the desk is ready. */
export const createSubmit =
  ({ queue, drafts, now, ready, isDiskFull, stopWaiting }: SubmitPorts) =>
  async (args: SubmitArgs): Promise<Result<Calls['submit']['value'], EngineError>> => {
    const recordedAt = now();
    const log = await ready();
    if (!log) return err({ code: 'notReady' });
    if (args.draftId !== undefined) await drafts.dateBy(args.draftId, recordedAt);
    const command = {
      id: args.commandId,
      name: args.name,
      args: args.args,
      actor: args.personId,
      device: log.device,
      occurredAt: args.occurredAt ?? recordedAt,
      recordedAt,
      ...(args.lateReason === undefined ? {} : { lateReason: args.lateReason }),
    };
    const submission = args.draftId === undefined ? { command } : { command, draftId: args.draftId };
    const judged = await queue.submit(submission).catch(async (cause: unknown) => {
      // On a full disk Chromium closes its database, and what a rule needs to know can't be read.
      if (await isDiskFull()) return err<StoreFault>('diskFull');
      // A database that went away under a rule was opened anew meanwhile, or is now: there it is judged once more.
      stopWaiting();
      const anew = await ready();
      if (anew === null || anew === log) throw cause;
      return queue.submit(submission);
    });
    if (!judged.ok) return err({ code: codeOf(judged.error) });
    return judged.value.ok ? judged.value : err({ code: 'refused', refusal: judged.value.error });
  };

const codeOf = (fault: StoreFault): EngineError['code'] => (fault === 'staleAuthority' ? 'notReady' : fault);
