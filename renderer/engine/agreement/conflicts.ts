import type { AgreementQueries, Conflict, ConflictDecision, ConflictField } from '#contracts/engine/agreement.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { Incident, IncidentState } from '#domain/incident/incident.ts';
import type { Decision } from '#sync/client/client.ts';
import type { OutboxEntry, OwnCommand } from '#sync/client/outbox-frames.ts';
import type { LiveDesk } from '../live-desk.ts';
import { mentionedIds, namesOf } from '../mentioned-names.ts';
import { aboutOf, argsOf, incidentsOf, recordedText, textAt } from './incident-names.ts';
import type { SharedDesk } from './shared-desk.ts';

/** The state to which a command would have taken its incident. */
const WANTED_STATE: Readonly<Record<string, IncidentState>> = {
  'incident.start': 'inProgress',
  'incident.hold': 'onHold',
  'incident.resume': 'inProgress',
  'incident.resolve': 'resolved',
  'incident.close': 'closed',
  'incident.reopen': 'inProgress',
  'incident.cancel': 'canceled',
};

/** Where the texts stand that a person wrote, by command; the first that is there. */
const TEXTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'incident.update': [
    ['changes', 'description', 'to'],
    ['changes', 'shortDescription', 'to'],
  ],
  'incident.note': [['body']],
  'incident.reply': [['body']],
  'incident.logCall': [['body']],
  'incident.hold': [['reply', 'body']],
  'incident.resolve': [['resolutionNotes']],
  'incident.transfer': [['note']],
  'incident.reopen': [['reason']],
  'incident.cancel': [['detail']],
  'incident.close': [['confirmation']],
  'incident.prioritise': [['why']],
  'incident.record': [['description']],
};

/** When something is sent again, and where its ids come from. */
export interface Again {
  readonly now: Instant;
  readonly newId: () => Id;
}

/** What waits for a person's decision, and the decision they made last, which they can take back. */
export async function conflictsOf(
  personId: Id,
  desk: LiveDesk,
  shared: SharedDesk,
  at: Again,
): Promise<AgreementQueries['conflicts']['value']> {
  const all = shared.client.entries().filter(({ command }) => command.person === personId);
  const parked = all.filter((entry) => entry.parked !== null);
  const incidentOf = await incidentsOf(parked, desk, shared);
  const items = await Promise.all(
    parked.map(async (entry) => {
      const incident = incidentOf(entry);
      const timeline = incident === null ? [] : await desk.timeline(incident.id);
      const refused = await shared.client.wouldRefuse(sentAgain(entry.command, incident, at));
      return conflictOf(entry, incident, timeline, desk, shared, refused === null);
    }),
  );
  const names = namesOf(mentionedIds(items.flatMap(({ fields }) => fields)), desk.directory);
  return { items, names, decided: lastDecision(all) };
}

function conflictOf(
  entry: OutboxEntry,
  incident: Incident | null,
  timeline: readonly Activity[],
  desk: LiveDesk,
  shared: SharedDesk,
  mayBeTaken: boolean,
): Conflict {
  const { command, parked } = entry;
  const refusal = parked?.refusal ?? { code: 'argumentsInvalid' };
  const text = textOf(command);
  return {
    commandId: command.id,
    name: command.name,
    personId: command.person,
    personName: desk.directory.personName(command.person) ?? '',
    incidentId: incident?.id ?? aboutOf(entry, shared),
    number: incident?.number ?? null,
    shortDescription: incident?.shortDescription ?? recordedText(entry),
    occurredAt: command.occurredAt,
    recordedAt: command.recordedAt,
    refusal,
    because: parked?.because ?? null,
    fields: fieldsOf(command, incident),
    text,
    args: command.args,
    changedBy: changedBy(timeline, command.person, desk),
    alike: `${command.name} ${refusal.code}`,
    decisions: decisionsFor(command, incident, text, mayBeTaken),
  };
}

/** Theirs and mine of every value that the command would have set, and its base where the command says it. */
function fieldsOf(command: OwnCommand, incident: Incident | null): readonly ConflictField[] {
  if (incident === null) return [];
  const args = argsOf(command);
  const now = incident as unknown as Readonly<Record<string, unknown>>;
  if (command.name === 'incident.update') {
    return Object.entries(argsOf({ args: args.changes })).map(([field, change]) => {
      const { from, to } = argsOf({ args: change });
      return { field, base: from, theirs: now[field], mine: to };
    });
  }
  if (command.name === 'incident.assign' || command.name === 'incident.transfer') {
    const from = seenBefore(command);
    return ['assignmentGroupId', 'assignedToId']
      .filter((field) => field in args)
      .map((field) => ({ field, base: from[field] ?? null, theirs: now[field], mine: args[field] }));
  }
  const state = WANTED_STATE[command.name];
  return state === undefined ? [] : [{ field: 'state', theirs: incident.state, mine: state }];
}

/** Group and owner whom the sender of an assignment saw. */
function seenBefore({ name, args }: OwnCommand): Readonly<Record<string, unknown>> {
  const { from } = argsOf({ args });
  return name === 'incident.assign' ? { assignedToId: from } : argsOf({ args: from });
}

function textOf({ name, args }: OwnCommand): string | null {
  for (const path of TEXTS[name] ?? []) {
    const text = textAt(args, ...path);
    if (text !== null && text.trim() !== '') return text;
  }
  return null;
}

/**
 * A recording is made anew from its form. Anything else is sent again where it might be taken now; a text can become a
 * note, if there is where to put it.
 */
function decisionsFor(
  command: OwnCommand,
  incident: Incident | null,
  text: string | null,
  mayBeTaken: boolean,
): readonly ConflictDecision[] {
  if (command.name === 'incident.record') return ['form', 'theirs'];
  const ways: ConflictDecision[] = mayBeTaken ? ['mine', 'theirs'] : ['theirs'];
  return text !== null && incident !== null ? [...ways, 'note'] : ways;
}

function changedBy(timeline: readonly Activity[], person: Id, desk: LiveDesk): Conflict['changedBy'] {
  const last = timeline.findLast(({ actor, seq }) => seq !== null && actor !== person);
  const name = last && desk.directory.personName(last.actor);
  return last && name ? { name, at: last.occurredAt } : null;
}

function lastDecision(entries: readonly OutboxEntry[]): AgreementQueries['conflicts']['value']['decided'] {
  const decided = entries.flatMap(({ command, dismissed }) =>
    dismissed?.decided && dismissed.because === null ? [{ commandId: command.id, ...dismissed.decided }] : [],
  );
  const at = decided.reduce((latest, one) => Math.max(latest, one.at), Number.NEGATIVE_INFINITY);
  const last = decided.filter((one) => one.at === at);
  const [first] = last;
  if (first === undefined) return null;
  return { commandIds: last.map(({ commandId }) => commandId), decision: first.how as ConflictDecision, at };
}

/** What a decision asks of the client: which command, if any, goes in the place of the refused one. */
export function decisionOf(entry: OutboxEntry, how: ConflictDecision, incident: Incident | null, at: Again): Decision {
  const { command } = entry;
  const decision = { commandId: command.id, how, at: at.now };
  if (how === 'mine') return { ...decision, instead: sentAgain(command, incident, at) };
  if (how !== 'note') return { ...decision, instead: null };
  const body = textOf(command);
  if (body === null || incident === null) return { ...decision, instead: null };
  const args = { incidentId: incident.id, entryId: at.newId(), body };
  return { ...decision, instead: { ...blank(command, at), name: 'incident.note', args } };
}

const blank = ({ person }: OwnCommand, { now, newId }: Again) => ({
  id: newId(),
  person,
  occurredAt: now,
  recordedAt: now,
});

/** The same wish, over what stands there now: decided at this moment, knowing what the others did. */
function sentAgain(command: OwnCommand, incident: Incident | null, at: Again): OwnCommand {
  const { name } = command;
  const args = argsOf(command);
  const again = { ...blank(command, at), name };
  if (name === 'incident.update' && incident !== null) {
    const current = incident as unknown as Readonly<Record<string, unknown>>;
    const changes = Object.entries(argsOf({ args: args.changes })).map(([field, change]) => {
      return [field, { from: current[field], to: argsOf({ args: change }).to }] as const;
    });
    return { ...again, args: { ...args, changes: Object.fromEntries(changes) } };
  }
  // Whom or what it replaces is filled in anew, as it is for what is recorded now.
  const { from: _, provisionalNumber: __, ...rest } = args;
  return { ...again, args: name === 'incident.reply' ? { ...rest, releaseAt: at.now } : rest };
}
