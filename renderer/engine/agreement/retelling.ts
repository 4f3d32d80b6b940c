import type { Retold, SyncRecord, SyncRow } from '#renderer/data/sync-records.ts';
import { Outbox } from '#sync/client/outbox.ts';
import { inRuns } from '../runs.ts';
import type { Membership } from './membership.ts';

type PlainRecord = Exclude<SyncRecord, Retold>;

/** Characters of one part, far below what a frame of the journal may hold; one long command may make it longer. */
const PART = 4 * 1024 * 1024;
/** Records that may be gathered on top of what it takes to tell everything anew, before that is done. */
const SLACK = 500;

/** What a desk's records say once what was told anew stands for everything before it. */
export function inForce(records: Iterable<SyncRecord>): readonly PlainRecord[] {
  let told: PlainRecord[] = [];
  let parts: PlainRecord[][] = [];
  for (const record of records) {
    if (record.kind !== 'retold') {
      told.push(record);
      continue;
    }
    // One that was cut before its end is begun anew with its first part.
    parts = record.part === 0 ? [] : parts;
    parts.push([...record.records]);
    if (record.part === record.parts - 1 && parts.length === record.parts) told = parts.flat();
  }
  return told;
}

/**
 * The parts that tell anew what a desk's records say; null while that would save little: what is written for it in
 * the long run is no more than what was written before.
 */
export function retellingOf(records: readonly SyncRecord[], membership: Membership): readonly Retold[] | null {
  // A desk that is leaving needs none of it for long.
  if (membership.phase === 'leaving') return null;
  const told = recordsOf(membership);
  if (inForce(records).length < 2 * told.length + SLACK) return null;
  const runs = inRuns(told, { items: Number.POSITIVE_INFINITY, weightOf: weight, weight: PART });
  const parts = runs.length === 0 ? [[]] : runs;
  return parts.map((part, at) => ({ kind: 'retold', part: at, parts: parts.length, records: part }));
}

const weight = (record: PlainRecord): number => JSON.stringify(record).length;

/** As few records as make this membership. */
function recordsOf({ phase, share, through, notTaken, people, scope, frames }: Membership): readonly PlainRecord[] {
  if (share === null) return [];
  const records: PlainRecord[] = [{ kind: 'handingOver', share }];
  if (through !== null) records.push({ kind: 'handedOver', through, notTaken });
  if (phase !== 'handingOver') records.push({ kind: 'joined', share });
  if (scope !== null) records.push({ kind: 'scope', scope });
  for (const person of people) records.push({ kind: 'person', person });
  for (const frame of Outbox.of(frames).retold()) records.push({ kind: 'outbox', frame });
  return records;
}

/** The first row that still says something; null: all do. What is below is told anew by rows from there on. */
export function saysNothingBelow(rows: readonly SyncRow[]): number | null {
  let first: number | null = null;
  let found: number | null = null;
  for (const { lsn, records } of rows) {
    for (const record of records) {
      if (record.kind !== 'retold') continue;
      if (record.part === 0) first = lsn;
      if (record.part === record.parts - 1) found = first;
    }
  }
  return found;
}
