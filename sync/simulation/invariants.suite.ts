import type { Activity, Id } from '#domain/activity/activity.ts';
import { numberKey } from '#domain/incident/numbering.ts';
import { same } from '#domain/incident/same.ts';
import { pureHash } from '#sync/authority/chain.ts';
import { parseCursor } from '#sync/authority/cursor.ts';
import type { MemoryLogState } from '#sync/authority/memory-log.ts';
import { recordsFor, rowFor, timelineFor } from '#sync/authority/reveal.ts';
import { verifyLog } from '#sync/authority/verify-log.ts';
import { keptSince, seesRow, viewOf } from '#sync/authority/view.ts';
import type { SyncClient } from '#sync/client/client.ts';
import type { OutboxEntry } from '#sync/client/outbox-frames.ts';
import type { SimulatedDevice } from './device.suite.ts';
import type { SimulatedServer } from './server.suite.ts';

/** What is not as it must be once everything has healed and come to rest. */
export async function problemsOf(devices: readonly SimulatedDevice[], server: SimulatedServer) {
  const state = server.log.backup();
  const chains = await server.log.read((reader) => verifyLog(reader, [], pureHash));
  const torn = chains.flaws.map(({ flaw, seq, subject }) => `the chain of ${subject?.id} has a ${flaw} at ${seq}`);
  const problems = [...problemsOfLog(state), ...problemsOfNumbers(state), ...torn];
  for (const device of devices) {
    const found = [
      ...problemsOfOutbox(device, state),
      ...problemsOfTexts(device, state),
      ...(await problemsOfView(device, server)),
    ];
    problems.push(...found.map((problem) => `${device.name}: ${problem}`));
  }
  return problems;
}

function problemsOfLog({ activities, decided, seq, lanes }: MemoryLogState): readonly string[] {
  const problems: string[] = [];
  const bySeq = new Map<number, Activity[]>();
  for (const activity of activities) {
    const place = activity.seq ?? 0;
    bySeq.set(place, [...(bySeq.get(place) ?? []), activity]);
  }
  for (let at = 1; at <= seq; at++) if (!bySeq.has(at)) problems.push(`nothing stands at seq ${at}`);
  if (bySeq.size !== seq) problems.push(`${bySeq.size} seqs are used and the log ends at ${seq}`);
  if (new Set(activities.map(({ id }) => id)).size !== activities.length) problems.push('an activity stands twice');
  const seqOf = new Map<Id, number>();
  for (const { cause, seq: place } of activities) {
    if (cause === null || place === null) continue;
    if ((seqOf.get(cause.commandId) ?? place) !== place) problems.push(`${cause.commandId} was applied twice`);
    seqOf.set(cause.commandId, place);
  }
  for (const one of decided) {
    const place = seqOf.get(one.id);
    if (one.outcome === 'accepted' && place !== one.decidedAt)
      problems.push(`${one.id} is accepted and not in the log`);
  }
  for (const [lane, expected] of lanes) {
    const places = decided.filter((one) => JSON.stringify([one.device, one.person]) === lane).map((one) => one.seq);
    if (
      !same(
        places,
        [...places.keys()].map((at) => at + 1),
      ) ||
      places.length !== expected - 1
    ) {
      problems.push(`lane ${lane} has places ${places.join(' ')} and expects ${expected}`);
    }
  }
  return problems;
}

function problemsOfNumbers({ incidents }: MemoryLogState): readonly string[] {
  const rows = [...incidents.values()].map(({ incident }) => incident);
  const numbers = rows.map(({ number }) => numberKey(number));
  const twice = numbers.filter((number, at) => number === '' || numbers.indexOf(number) !== at);
  return twice.map((number) => `more than one incident bears ${number === '' ? 'no number' : number}`);
}

/** What people write, by the names of the arguments that hold it. */
const TEXT_ARGS = ['shortDescription', 'description', 'body', 'note', 'resolutionNotes', 'to', 'reason', 'detail'];

/** Texts somewhere in arguments or a payload, without what surrounds them. */
function textsIn(value: unknown, key = '', found: string[] = []): readonly string[] {
  if (typeof value === 'string' && TEXT_ARGS.includes(key)) found.push(value.trim());
  if (typeof value === 'object' && value !== null) {
    const inner = Object.entries(value);
    for (const [name, one] of inner) textsIn(one, name, found);
  }
  return found;
}

/** A text of an accepted command stands in an entry of the log; of any other it is parked with its command. */
function problemsOfTexts(device: SimulatedDevice, { activities }: MemoryLogState): readonly string[] {
  const told = new Set(activities.flatMap(({ payload }) => everyText(payload)));
  const problems: string[] = [];
  for (const { command, verdict } of device.client?.entries() ?? []) {
    if (verdict?.outcome !== 'accepted') continue;
    const lost = textsIn(command.args).filter((text) => text !== '' && !told.has(text));
    problems.push(...lost.map((text) => `of ${command.id} the text "${text}" is lost`));
  }
  return problems;
}

function everyText(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value.trim()];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(everyText) : [];
}

function problemsOfOutbox(device: SimulatedDevice, { decided }: MemoryLogState): readonly string[] {
  const entries = device.client?.entries() ?? [];
  const kept = new Map(entries.map((entry) => [entry.command.id, entry]));
  const problems: string[] = [];
  for (const { command, sure } of device.recorded.values()) {
    const entry = kept.get(command.id);
    if (entry === undefined && sure) problems.push(`${command.id} is lost`);
    if (entry !== undefined && !same(entry.command, JSON.parse(JSON.stringify(command)))) {
      problems.push(`${command.id} is not what was recorded`);
    }
  }
  for (const entry of entries) {
    const { id, person } = entry.command;
    const told = decided.filter((one) => one.id === id && one.person === person);
    const problem = problemOf(
      entry,
      told.map(({ outcome }) => outcome),
    );
    if (problem !== null) problems.push(`${id} ${problem}`);
  }
  return problems;
}

function problemOf(entry: OutboxEntry, told: readonly string[]): string | null {
  const { owed, verdict, parked, place } = entry;
  if (owed) return 'is still owed';
  const accepted = told.includes('accepted');
  if (accepted !== (verdict?.outcome === 'accepted')) return `was told ${verdict?.outcome} and is ${told.join(', ')}`;
  if (accepted) return parked === null ? null : 'is accepted and parked';
  if (verdict?.refusal?.code === 'nothingChanged' && parked === null) return null;
  if (parked === null) return 'was not accepted and is not parked';
  if (place !== null && !told.includes(verdict?.outcome ?? '')) return `was told ${verdict?.outcome}, not ${told[0]}`;
  return null;
}

async function problemsOfView(device: SimulatedDevice, server: SimulatedServer): Promise<readonly string[]> {
  const { client, viewer, store } = device;
  if (client === null || viewer === null) return ['has no client'];
  const state = server.log.backup();
  const reader = await server.log.read(async (found) => ({
    person: await found.person(viewer),
    records: await found.records(),
  }));
  const keeps = parseCursor((await store.position()).cursor)?.keeps;
  const view = keptSince(viewOf(viewer, reader.person, device.scope), keeps?.since ?? null, keeps?.beside ?? []);
  const problems: string[] = [];
  const seen = [...state.incidents.values()]
    .map(({ incident }) => incident)
    .filter((incident) => seesRow(view, incident));
  const effective = await client.effective([...new Set([...seen.map(({ id }) => id), ...store.held()])]);
  for (const incident of seen) {
    const shown = effective.get(incident.id);
    if (!same(plain(shown?.incident ?? null), plain(rowFor(view, incident)))) problems.push(`${incident.id} differs`);
    if (shown !== undefined && shown.pending.length > 0) problems.push(`${incident.id} has pending effects`);
    const entries = state.activities.filter(({ subject }) => subject.id === incident.id);
    const { activities } = timelineFor(view, entries, server.now);
    const held = shown?.timeline ?? [];
    const wanted = shown?.whole === false ? activities.slice(-held.length || activities.length) : activities;
    if (!same(plain(held), plain(wanted))) {
      problems.push(`the timeline of ${incident.id} differs`);
    }
  }
  if (effective.size !== seen.length) problems.push(`shows ${effective.size} incidents of ${seen.length}`);
  const records = view.person === null ? [] : recordsFor(view, reader.records);
  const held = (await store.records()).map(({ value }) => value);
  const key = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  if (!same(key(held), key(records))) problems.push('the directory differs');
  const matrix = view.person === null ? null : state.matrix;
  if (!same(plain((await store.matrix())?.value ?? null), plain(matrix))) problems.push('the matrix differs');
  const states = await client.states();
  const calm = states.filter(({ kind }) => kind !== 'parked' && kind !== 'clockOff').map(({ kind }) => kind);
  if (!same(calm, ['upToDate'])) problems.push(`says ${calm.join(', ')}`);
  if (client.mayBeRefused.size > 0) problems.push('says of a decided command that it may be refused');
  return problems;
}

/**
 * What must hold at any moment: nobody sees an entry twice, and what somebody did here shows, unless it is parked or
 * said to be in doubt.
 */
export async function problemsSeen(device: SimulatedDevice, client: SyncClient, id: Id): Promise<readonly string[]> {
  const shown = (await client.effective([id])).get(id);
  if (shown === undefined) return [];
  const ids = shown.timeline.map((activity) => activity.id);
  const problems = new Set(ids).size === ids.length ? [] : [`${device.name}: an entry of ${id} shows twice`];
  const causes = new Set(shown.timeline.map(({ cause }) => cause?.commandId));
  for (const { cause, seq } of shown.timeline) {
    if (cause !== null && seq !== null && client.mayBeRefused.has(cause.commandId)) {
      problems.push(`${cause.commandId} is confirmed and said to be in doubt`);
    }
  }
  for (const { command, parked, hollow, verdict } of client.entries()) {
    const told = ['incident.note', 'incident.assign', 'incident.start'].includes(command.name);
    const mine = told && same((command.args as { readonly incidentId?: unknown }).incidentId, id);
    // A row may be ahead of its timeline by a page, and a requester does not see what the desk writes.
    const ahead = verdict !== null && verdict.decidedAt <= shown.incident.throughSeq;
    // What is so already shows without it.
    const needless = verdict?.outcome === 'rejected';
    // Whether a restored server has forgotten it, its lane is told when its person comes back (SPEC 6.3).
    const unheard = verdict?.outcome === 'accepted' && !client.isSignedIn(command.person);
    if (!mine || parked !== null || hollow || ahead || needless || unheard || device.viewer === 'cal') continue;
    if (!causes.has(command.id) && !client.mayBeRefused.has(command.id)) problems.push(`${command.id} does not show`);
  }
  return problems;
}

/** What the server has forgotten of those who have a session here, and this device does not know so (SPEC 6.3). */
export function problemsUnheard({ name, client }: SimulatedDevice, { decided }: MemoryLogState): readonly string[] {
  const known = new Set(decided.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id));
  return (client?.entries() ?? []).flatMap(({ command, verdict, owed }) => {
    const forgotten = !owed && verdict?.outcome === 'accepted' && !known.has(command.id);
    return forgotten && client?.isSignedIn(command.person)
      ? [`${name}: nobody heard that ${command.id} is forgotten`]
      : [];
  });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
