import type { SaidRefusal } from '#contracts/sync/state.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import type { CommandName } from '#domain/command/command.ts';
import type { UnjudgedCommand } from '#domain/command/decision.ts';
import { subjectsOf } from '#domain/command/requirements.ts';
import type { DirectoryKind, DirectoryRecords } from '#domain/directory/directory.ts';
import { type DirectorySaved, directoryRecordOf } from '#domain/directory/saved.schema.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX, type PriorityMatrix } from '#domain/priority/matrix.ts';
import { Judging } from '#sync/authority/judging.ts';
import type { AcceptedCommand, Gathered } from '#sync/authority/store.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxEntry, OwnCommand } from './outbox-frames.ts';
import type { ClientStore } from './ports.ts';
import { incidentOf } from './settlement.ts';

/** What a person sees of an incident: what is confirmed, and over it what this device's people did since. */
export interface Effective {
  readonly incident: Incident;
  /** Proposed entries have no `seq`. */
  readonly timeline: readonly Activity[];
  /** False: the beginning of the timeline is not here. */
  readonly whole: boolean;
  /** Commands that show here and are not confirmed. */
  readonly pending: readonly Id[];
}

/** The effect of pending commands on some incidents. Nothing of it is stored. */
export interface Overlaid {
  readonly incidents: ReadonlyMap<Id, Effective>;
  /** Pending commands that this device would refuse as things stand; only the authority decides. */
  readonly mayBeRefused: ReadonlyMap<Id, SaidRefusal>;
  /** Pending commands that were run again, or are confirmed already. */
  readonly ran: readonly Id[];
  /** Entries of the directory as those commands leave them, in their order. */
  readonly records: readonly PendingRecord[];
  /** The priority matrix, if one of them changed it. */
  readonly matrix: PriorityMatrix | null;
}

/** An entry of the directory as a pending command leaves it. */
export type PendingRecord = Pick<DirectorySaved, 'kind' | 'record'> & { readonly by: Id };

/** Undecided, or accepted and not yet in what was pulled (SPEC 4.2). What is parked has no effect. */
export const isPending = ({ verdict, parked, hollow }: OutboxEntry, throughSeq: number): boolean =>
  parked === null &&
  !hollow &&
  (verdict === null || (verdict.outcome === 'accepted' && verdict.decidedAt > throughSeq));

/**
 * The pending commands that say something about these incidents, or about any, and all incidents they name, to the
 * last.
 */
export function pendingOn(outbox: Outbox, throughSeq: number, ids: readonly Id[] | 'any') {
  const { index } = outbox;
  const reached = new Set(ids === 'any' ? [] : ids);
  const taken = new Set<Id>();
  const take = (commandId: Id) => {
    const entry = outbox.entry(commandId);
    if (entry === undefined || taken.has(commandId) || !isPending(entry, throughSeq)) return;
    taken.add(commandId);
    for (const id of index.named(commandId)) reached.add(id);
  };
  for (const id of index.onAny) take(id);
  if (ids === 'any') for (const { command } of outbox.all()) take(command.id);
  // What is reached on the way is walked through as well.
  for (const id of reached) for (const commandId of index.on(id)) take(commandId);
  const commands = index.inOrder(taken).flatMap((id) => outbox.entry(id) ?? []);
  return { commands, incidentIds: [...reached] };
}

/** Runs pending commands once more on what is confirmed, with the times and ids they were recorded with. */
export async function overlay(store: ClientStore, outbox: Outbox, ids: readonly Id[], zone: string): Promise<Overlaid> {
  const { throughSeq } = await store.position();
  const { commands, incidentIds } = pendingOn(outbox, throughSeq, ids);
  const ground = await groundFor(store, commands, incidentIds);
  const judging = new Judging(ground.gathered, throughSeq, { zone, alone: false, provisional: true }, proposed);
  const { mayBeRefused, pending, made, records } = replay(judging, commands, outbox.device, ground);
  const incidents = new Map<Id, Effective>();
  for (const id of ground.incidentIds) {
    const incident = judging.state.incident(id);
    if (incident === null) continue;
    const held = ground.timelines.get(id);
    incidents.set(id, {
      incident,
      timeline: [...(held?.entries ?? []), ...(made.get(id) ?? [])],
      whole: held?.whole ?? !ground.rows.has(id),
      pending: pending.get(id) ?? [],
    });
  }
  const { matrix } = judging.effects();
  return {
    incidents,
    mayBeRefused,
    ran: commands.map(({ command }) => command.id),
    records,
    matrix: matrix?.value ?? null,
  };
}

/**
 * What this device says of new commands, each on what is confirmed, what is pending, and those before it: null, or
 * why it would refuse. Nothing is kept.
 */
export async function tryOut(
  store: ClientStore,
  outbox: Outbox,
  asked: readonly OwnCommand[],
  zone: string,
): Promise<readonly (SaidRefusal | null)[]> {
  const { throughSeq } = await store.position();
  const needs = asked.map(subjectsOf);
  const named = needs.flatMap(({ incidents, commands }) => [
    ...incidents,
    ...commands.flatMap((id) => outbox.index.named(id)),
  ]);
  const { commands, incidentIds } = pendingOn(outbox, throughSeq, [...new Set(named)]);
  const ground = await groundFor(
    store,
    commands,
    incidentIds,
    needs.flatMap((need) => need.commands),
  );
  const judging = new Judging(ground.gathered, throughSeq, { zone, alone: false, provisional: true }, proposed);
  replay(judging, commands, outbox.device, ground);
  return asked.map((command) => {
    const judged = judging.judge(unjudged(command, outbox.device));
    return judged.ok ? null : judged.error;
  });
}

interface Ground {
  readonly incidentIds: readonly Id[];
  readonly rows: Awaited<ReturnType<ClientStore['incidents']>>;
  readonly timelines: Awaited<ReturnType<ClientStore['timelines']>>;
  readonly gathered: Gathered;
}

/** What is confirmed of everything that these commands look at. */
async function groundFor(
  store: ClientStore,
  commands: readonly OutboxEntry[],
  incidentIds: readonly Id[],
  undone: readonly Id[] = [],
): Promise<Ground> {
  const asked = commands.flatMap(({ command }) => [command.id, ...subjectsOf(command).commands]);
  const confirmed = await store.incidentsOf([...asked, ...undone]);
  const all = [...new Set([...incidentIds, ...[...confirmed.values()].flat()])];
  const [rows, timelines] = await Promise.all([store.incidents(all), store.timelines(all)]);
  return { incidentIds: all, rows, timelines, gathered: await gather(store, rows, timelines, confirmed) };
}

function replay(judging: Judging, commands: readonly OutboxEntry[], device: Id, { rows }: Ground) {
  const mayBeRefused = new Map<Id, SaidRefusal>();
  const pending = new Map<Id, Id[]>();
  const made = new Map<Id, Activity[]>();
  const records: PendingRecord[] = [];
  for (const entry of commands) {
    if (isFoldedIn(entry, rows)) continue;
    const judged = judging.judge(unjudged(entry.command, device));
    if (!judged.ok) {
      mayBeRefused.set(entry.command.id, judged.error);
      continue;
    }
    for (const id of new Set(judged.value.changes.map(({ after }) => after.id))) pendIn(pending, id, entry.command.id);
    for (const activity of judged.value.activities) {
      pendIn(made, activity.subject.id, activity);
      const saved = directoryRecordOf(activity);
      if (saved !== null) records.push({ kind: saved.kind, record: saved.record, by: entry.command.id });
    }
  }
  return { mayBeRefused, pending, made, records };
}

const proposed = (activity: Activity): Activity => ({ ...activity, seq: null });

function pendIn<T>(all: Map<Id, T[]>, id: Id, value: T): void {
  const known = all.get(id);
  if (known) known.push(value);
  else all.set(id, [value]);
}

/** A row may be ahead of the cursor: what it holds already is not done to it again (SPEC 4.3). */
function isFoldedIn({ command, verdict }: OutboxEntry, rows: ReadonlyMap<Id, { readonly value: Incident }>): boolean {
  const own = incidentOf(command);
  const row = own === null ? undefined : rows.get(own)?.value;
  return verdict !== null && row !== undefined && row.throughSeq >= verdict.decidedAt;
}

function unjudged(command: OwnCommand, device: Id): UnjudgedCommand {
  const { person, ...rest } = command;
  return { ...(rest as Omit<UnjudgedCommand, 'actor' | 'device'>), actor: person, device };
}

async function gather(
  store: ClientStore,
  rows: ReadonlyMap<Id, { readonly value: Incident }>,
  timelines: ReadonlyMap<Id, { readonly entries: readonly Activity[] }>,
  confirmed: ReadonlyMap<Id, readonly Id[]>,
): Promise<Gathered> {
  const records = (await store.records()).map(({ value }) => value);
  const byKey = new Map(records.map(({ kind, record }) => [`${kind} ${record.id}`, record]));
  const matrix = await store.matrix();
  return {
    incidents: new Map([...rows].map(([id, { value }]) => [id, value])),
    timelines: new Map([...timelines].map(([id, { entries }]) => [id, entries])),
    commands: new Map([...confirmed].map(([id, subjectIds]) => [id, knownCommand(id, subjectIds)])),
    record: <K extends DirectoryKind>(kind: K, id: Id) =>
      (byKey.get(`${kind} ${id}`) ?? null) as DirectoryRecords[K] | null,
    records: <K extends DirectoryKind>(kind: K) =>
      records.filter((one) => one.kind === kind).map(({ record }) => record as DirectoryRecords[K]),
    matrix: matrix?.value.value ?? DEFAULT_MATRIX,
    highestNumber: await store.highestNumber(),
    // The number shown until the server gives one is a guess: nobody can know here which are taken.
    isNumberTaken: () => false,
  };
}

/** Of a confirmed command only its subjects are asked. */
const knownCommand = (id: Id, subjectIds: readonly Id[]): AcceptedCommand => ({
  id,
  lsn: 0,
  name: '' as CommandName,
  actor: '',
  number: null,
  subjectIds,
});
