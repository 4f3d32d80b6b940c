import type { Id } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { OutboxEntry } from '#sync/client/outbox-frames.ts';
import { incidentOf } from '#sync/client/settlement.ts';
import type { LiveDesk } from '../live-desk.ts';
import type { SharedDesk } from './shared-desk.ts';

/** The incidents that these commands are about, as they are shown now. */
export async function incidentsOf(
  entries: readonly OutboxEntry[],
  desk: LiveDesk,
  shared: SharedDesk,
): Promise<(entry: OutboxEntry) => Incident | null> {
  const ids = entries.flatMap((entry) => aboutOf(entry, shared) ?? []);
  const found = new Map((await desk.incidents([...new Set(ids)])).map((one) => [one.id, one]));
  return (entry) => found.get(aboutOf(entry, shared) ?? '') ?? null;
}

/** The incident that a command names, itself or by what it undoes. */
export const aboutOf = ({ command }: OutboxEntry, { client }: SharedDesk): Id | null =>
  incidentOf(command) ?? client.namedBy(command.id)[0] ?? null;

/** The short description that a recording brings, for one that is not shown. */
export function recordedText({ command }: OutboxEntry): string | null {
  return command.name === 'incident.record' ? textAt(command.args, 'shortDescription') : null;
}

/** A text among a command's arguments; they are read as they come, a newer build may have written them. */
export function textAt(args: unknown, ...path: readonly string[]): string | null {
  let at = args;
  for (const name of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  return typeof at === 'string' ? at : null;
}

/** Whatever a command was recorded with, member by member. */
export const argsOf = ({ args }: { readonly args: unknown }): Readonly<Record<string, unknown>> =>
  typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>) : {};
