import type { AgreementQueries, OutboxItem } from '#contracts/engine/agreement.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { OutboxEntry } from '#sync/client/outbox-frames.ts';
import type { LiveDesk } from '../live-desk.ts';
import { aboutOf, argsOf, incidentsOf, recordedText } from './incident-names.ts';
import type { SharedDesk } from './shared-desk.ts';

/** What the server has not answered, the oldest first. */
export async function outboxOf(
  limit: number,
  desk: LiveDesk,
  shared: SharedDesk,
  isSignedIn: (person: Id) => boolean,
): Promise<AgreementQueries['outbox']['value']> {
  const owed = shared.client.entries().filter(({ owed: isOwed, hollow }) => isOwed && !hollow);
  const shown = owed.slice(0, limit);
  const incidentOf = await incidentsOf(shown, desk, shared);
  const items = shown.map((entry): OutboxItem => {
    const { command } = entry;
    const incident = incidentOf(entry);
    return {
      commandId: command.id,
      name: command.name,
      personId: command.person,
      personName: desk.directory.personName(command.person) ?? '',
      incidentId: aboutOf(entry, shared),
      number: incident?.number ?? null,
      shortDescription: incident?.shortDescription ?? recordedText(entry),
      fields: command.name === 'incident.update' ? Object.keys(argsOf({ args: argsOf(command).changes })) : [],
      recordedAt: command.recordedAt,
      why: whyOf(entry, isSignedIn),
      mayBeRefused: shared.client.mayBeRefused.get(command.id) ?? null,
    };
  });
  return { total: owed.length, items };
}

function whyOf({ command, again }: OutboxEntry, isSignedIn: (person: Id) => boolean): OutboxItem['why'] {
  if (!isSignedIn(command.person)) return 'signInNeeded';
  return again ? 'again' : 'waiting';
}

/** Everything that waits and everything refused, with all that was typed: for a file, should all else fail. */
export function exportedOutbox(desk: LiveDesk, { client }: SharedDesk): string {
  const commands = client
    .entries()
    .filter(({ owed, hollow, parked }) => (owed && !hollow) || parked !== null)
    .map(({ command, parked }) => ({
      ...command,
      personName: desk.directory.personName(command.person),
      refused: parked?.refusal ?? null,
    }));
  return JSON.stringify({ deskbellOutbox: 1, device: client.device, commands }, null, 2);
}
