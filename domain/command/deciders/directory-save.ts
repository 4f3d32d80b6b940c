import type { CommandArgs } from '#domain/command/command.ts';
import { type Desk, type Judgement, refuse } from '#domain/command/decision.ts';
import { saveRefusal } from '#domain/directory/save-rules.ts';
import { DIRECTORY_SAVED } from '#domain/directory/saved.schema.ts';
import { same } from '#domain/incident/same.ts';
import { err, ok } from '#domain/result.ts';

/** The whole record as it is from now on. */
export function directorySave(args: CommandArgs['directory.save'], { state }: Desk): Judgement {
  const { kind, record } = args;
  const previous = state.record(kind, record.id);
  if (same(previous, record)) return refuse('nothingChanged');
  const refusal = saveRefusal(args, state);
  if (refusal !== null) return err(refusal);
  const payload = { kind, record, previous };
  return ok({
    entries: [{ subject: { kind, id: record.id }, type: DIRECTORY_SAVED, payload, visibility: 'internal' }],
  });
}
