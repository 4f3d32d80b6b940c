import type { Conflict, ConflictDecision } from '#contracts/engine/agreement.ts';
import type { Id } from '#domain/activity/activity.ts';

/** A conflict to decide, with what hangs on it. */
export interface Case {
  readonly conflict: Conflict;
  readonly hanging: readonly Conflict[];
}

/** What is decided each by itself, in the given order; what hangs on a refused recording stands beneath that. */
export function casesOf(items: readonly Conflict[]): readonly Case[] {
  const ids = new Set(items.map(({ commandId }) => commandId));
  const hangs = ({ because, commandId }: Conflict) => because !== null && because !== commandId && ids.has(because);
  const under = new Map<Id, Conflict[]>();
  for (const item of items) {
    if (item.because !== null && hangs(item)) under.set(item.because, [...(under.get(item.because) ?? []), item]);
  }
  return items
    .filter((item) => !hangs(item))
    .map((conflict) => ({ conflict, hanging: under.get(conflict.commandId) ?? [] }));
}

/** Those of the same kind as this one, itself included, in the order of the list. */
export const alikeOf = (cases: readonly Case[], { conflict }: Case): readonly Case[] =>
  cases.filter((each) => each.conflict.alike === conflict.alike);

/** Which commands a decision is about: this one, or every one like it that can be decided so. */
export function meantBy(cases: readonly Case[], chosen: Case, decision: ConflictDecision, all: boolean): readonly Id[] {
  // A form is filled from one recording.
  const meant = all && decision !== 'form' ? alikeOf(cases, chosen) : [chosen];
  return meant
    .filter(({ conflict }) => conflict.decisions.includes(decision))
    .map(({ conflict }) => conflict.commandId);
}

/** The one to look at after these are gone: the next below, else the last above, else none. */
export function nextAfter(cases: readonly Case[], chosenId: Id, gone: ReadonlySet<Id>): Id | null {
  const at = cases.findIndex(({ conflict }) => conflict.commandId === chosenId);
  const stays = ({ conflict }: Case) => !gone.has(conflict.commandId);
  const next = cases.slice(at).find(stays) ?? cases.slice(0, at).findLast(stays);
  return next?.conflict.commandId ?? null;
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '';

/** What is set side by side: not the typed text where nothing stands beside it, which is shown below as it is. */
export const comparedOf = ({ fields, text }: Conflict): Conflict['fields'] =>
  fields.filter(({ base, theirs, mine }) => mine !== text || !isNothing(base) || !isNothing(theirs));
