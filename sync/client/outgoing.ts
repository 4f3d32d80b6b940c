import { PROTOCOL, type PushedCommand, type PushRequest, pushRequest, SYNC_LIMITS } from '#contracts/sync/wire.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import { utf8 } from '#domain/activity/utf8.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxEntry, OutboxFrame } from './outbox-frames.ts';

/** Room for the envelope of a push beside its commands. */
const ENVELOPE = 1_024;

type Placed = OutboxEntry & { readonly place: number };

/**
 * Whose turn it is to send: of those who have a session, the one whose owed command was recorded first. What waits
 * for a person who has none is in nobody's way.
 */
export function nextSender(outbox: Outbox, signedIn: ReadonlySet<Id>): Id | null {
  return outbox.all().find(({ owed, command }) => owed && signedIn.has(command.person))?.command.person ?? null;
}

/**
 * The next commands of a lane that fit into one push: up to `most`, and not past an earlier one of somebody else who
 * has a session too, for what two people did at one desk is to arrive in the order in which they did it.
 */
export function batchOf(outbox: Outbox, person: Id, signedIn: ReadonlySet<Id>, most: number): readonly Placed[] {
  const owed = outbox.owed(person);
  const others = outbox.all().filter((entry) => entry.owed && signedIn.has(entry.command.person));
  const end = others.findIndex(({ command }) => command.person !== person);
  const turn = new Set((end === -1 ? others : others.slice(0, end)).map(({ command }) => command.id));
  const batch: Placed[] = [];
  let bytes = ENVELOPE;
  for (const entry of owed) {
    // Places are sent in order; an entry that was recorded later can only stand later.
    if (batch.length === most || (batch.length > 0 && !turn.has(entry.command.id))) break;
    bytes += bytesOf(sentAs(entry));
    if (batch.length > 0 && bytes > SYNC_LIMITS.pushBytes) break;
    batch.push(entry);
  }
  return batch;
}

/** A command as it travels; a parked one only holds its place. */
export function sentAs({ command, place, hollow }: Placed): PushedCommand {
  if (hollow) return { seq: place, id: command.id, skip: true };
  const { person: _, ...rest } = command;
  return { ...rest, seq: place };
}

export const requestOf = (device: Id, batch: readonly Placed[], now: Instant): PushRequest => ({
  protocol: PROTOCOL,
  device,
  sentAt: now,
  commands: batch.map(sentAs),
});

/** Commands that no server could read: parked, so that their places go as skips and those behind them pass. */
export function unsendable(device: Id, batch: readonly Placed[]): readonly OutboxFrame[] {
  return batch.flatMap((entry): OutboxFrame[] => {
    if (entry.hollow) return [];
    const readable = pushRequest.safeParse(requestOf(device, [entry], 0)).success;
    if (readable && bytesOf(sentAs(entry)) <= SYNC_LIMITS.pushBytes - ENVELOPE) return [];
    return [refusedHere(entry)];
  });
}

/** Parks a command that the server said it can't read. */
export const refusedHere = ({ command }: OutboxEntry): OutboxFrame => ({
  kind: 'parked',
  commandId: command.id,
  refusal: { code: 'argumentsInvalid' },
  because: null,
});

const bytesOf = (sent: PushedCommand): number => utf8(JSON.stringify(sent)).length + 1;
