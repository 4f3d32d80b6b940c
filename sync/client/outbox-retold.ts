import type { Id } from '#domain/activity/activity.ts';
import { subjectsOf } from '#domain/command/requirements.ts';
import { BLANK, type KeptEntry, type OutboxEntry, type OutboxFrame } from './outbox-frames.ts';

/** A command of the outbox as one frame tells it; `named`: the incidents it is about. */
export function keptOf(entry: OutboxEntry, named: readonly Id[]): Extract<OutboxFrame, { kind: 'kept' }> {
  // What it undoes may be forgotten by now, and its incidents with it.
  const undoes = subjectsOf(entry.command).commands.length > 0;
  return { kind: 'kept', entry: withoutBlanks(entry), named: undoes ? named : null };
}

function withoutBlanks({ command, place, ...rest }: OutboxEntry): KeptEntry {
  const said = Object.entries(rest).filter(([key, value]) => value !== BLANK[key as keyof typeof BLANK]);
  return { command, place, ...Object.fromEntries(said) };
}
