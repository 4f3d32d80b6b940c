import type { CommandArgs, EditableField, FieldChanges } from '#domain/command/command.ts';

/** Fields that link an incident to others; a list may only grow, a single one only be filled. */
const LINKS: readonly EditableField[] = ['parentId', 'problemRef', 'knownErrorRef', 'changeRefs', 'watcherIds'];

/** Whether a command does nothing but add links: the one change of fields that Closed still takes. */
export function addsLinks(name: string, args: unknown): boolean {
  if (name !== 'incident.update') return false;
  const { changes } = args as CommandArgs['incident.update'];
  const fields = Object.keys(changes) as (keyof FieldChanges)[];
  return fields.length > 0 && fields.every((field) => LINKS.includes(field) && adds(changes[field]));
}

function adds(change: { readonly from: unknown; readonly to: unknown } | undefined): boolean {
  if (change === undefined) return true;
  const { from, to } = change;
  if (Array.isArray(from) && Array.isArray(to)) return from.every((one) => to.includes(one));
  return from === null;
}
