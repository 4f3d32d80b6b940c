import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { isOpen } from '#domain/incident/settle.ts';
import { readersOf } from '#domain/permissions/permissions.ts';
import { type ChainHead, chainOn, type SaltedLink } from '#sync/authority/chaining.ts';
import { concernedBy } from '#sync/authority/keeping.ts';
import type { PushBatch } from '#sync/authority/shared-log.ts';
import { CHAINING, endsAre, type KeptEnds } from './chaining.ts';
import { MATRIX } from './directory-cache.ts';
import type { Queries } from './driver.ts';
import type { Head } from './head.ts';
import { keyOf, keysOf, readerKeys } from './keys.ts';
import { runSql } from './tables.ts';

type Statement = RawBuilder<unknown>;

/** Writes a batch: two statements, whatever it holds, of which the second is made while the database runs the first. */
export async function writeBatch(queries: Queries, head: Head, kept: KeptEnds, batch: PushBatch): Promise<void> {
  checkSeqs(head, batch);
  const ends = await kept.of(batch.activities.map(({ subject }) => subject));
  const rows = runSql(queries, atOnce(rowsOf(batch)));
  const chained = writeChained(queries, ends, batch);
  // Both have ended before this transaction may.
  for (const ended of await Promise.allSettled([rows, chained])) if (ended.status === 'rejected') throw ended.reason;
}

/** Async, so that what is thrown while the statement is made is a rejection too, and the first one is waited for. */
async function writeChained(queries: Queries, ends: ReadonlyMap<string, ChainHead>, batch: PushBatch): Promise<void> {
  if (batch.activities.length === 0) return;
  const { links, heads } = chainOn(ends, batch.activities, CHAINING);
  await runSql(queries, atOnce([activitiesOf(batch, links), endsAre(heads)]));
}

/** As one: each part sees what was there before, none what another wrote. */
function atOnce(parts: readonly Statement[]): Statement {
  const named = parts.map((part, at) => sql`${sql.raw(`part${at}`)} as (${part})`);
  return sql`with ${sql.join(named)} select`;
}

/** A gap, or a seq that others may have read past, would lose activities for every desk: a bug, never kept. */
function checkSeqs(head: Head, { head: end, activities }: PushBatch): void {
  let last = head.seq;
  for (const { seq } of activities) {
    if (seq === null || seq < last || seq > last + 1 || seq === head.seq) throw new Error(`seq ${seq} after ${last}`);
    last = seq;
  }
  if (end < last) throw new Error(`an end at ${end} after seq ${last}`);
}

/** As JSON, a line each: JSON writes no line's end itself, so the texts go through as they are, none of them escaped. */
const bodies = (values: readonly unknown[]): Statement =>
  sql`string_to_array(${values.map((each) => JSON.stringify(each)).join('\n')}::text, chr(10))`;

/** What writes all of a batch but its activities. */
function rowsOf(batch: PushBatch): readonly Statement[] {
  const { decided, lanes, effects } = batch;
  return [
    ...(decided.length === 0 ? [] : [decidedOf(batch)]),
    ...(lanes.length === 0 ? [] : [lanesOf(batch)]),
    ...(effects.incidents.length === 0 ? [] : [incidentRowsOf(batch), numbersOf(batch)]),
    ...(effects.records.length === 0 ? [] : [recordsOf(batch)]),
    ...(effects.matrix === null ? [] : [matrixOf(effects.matrix)]),
    headOf(batch),
  ];
}

const decidedOf = ({ decided }: PushBatch): Statement =>
  sql`insert into decided (device, person, seq, command_id, accepted, body)
    select device, person, seq, command_id, accepted, body
    from unnest(${decided.map(({ device }) => keyOf(device))}::text[],
      ${decided.map(({ person }) => keyOf(person))}::text[], ${decided.map(({ seq }) => seq)}::bigint[],
      ${decided.map(({ id }) => keyOf(id))}::text[],
      ${decided.map(({ outcome }) => outcome === 'accepted')}::boolean[], ${bodies(decided)})
      with ordinality as made (device, person, seq, command_id, accepted, body, place)
    order by place`;

const lanesOf = ({ lanes }: PushBatch): Statement =>
  sql`insert into lanes (device, person, expected)
    select * from unnest(${lanes.map(({ device }) => keyOf(device))}::text[],
      ${lanes.map(({ person }) => keyOf(person))}::text[], ${lanes.map(({ expected }) => expected)}::bigint[])
    on conflict (device, person) do update set expected = excluded.expected`;

const activitiesOf = ({ activities }: PushBatch, links: readonly SaltedLink[]): Statement =>
  sql`insert into activities (seq, place, subject, body, salt, sealed, hash)
    select * from unnest(${activities.map(({ seq }) => seq)}::bigint[], ${activities.map((_, at) => at)}::integer[],
      ${activities.map(({ subject }) => keyOf(subject.id))}::text[], ${bodies(activities)},
      ${links.map(({ salt }) => salt)}::text[], ${links.map(({ link }) => link.sealed)}::text[],
      ${links.map(({ link }) => link.hash)}::text[])`;

function incidentRowsOf({ head, activities, effects: { incidents } }: PushBatch): Statement {
  const firsts = new Map<string, number>();
  for (const { subject, seq } of activities) if (!firsts.has(subject.id)) firsts.set(subject.id, seq ?? head);
  return incidentsOf(incidents, ({ id }) => firsts.get(id) ?? head);
}

function readersIn(incident: Incident): string | null {
  if (!incident.confidential) return null;
  const { people, teams } = readersOf(incident);
  return JSON.stringify(readerKeys(people, teams));
}

/** Rows as they are now; `firstSeqOf` says of one that is not there yet where it begins. */
export function incidentsOf(incidents: readonly Incident[], firstSeqOf: (incident: Incident) => number): Statement {
  const optional = (id: string | null) => (id === null ? null : keyOf(id));
  return sql`insert into incidents
      (id, first_seq, through_seq, open, caller, affected, team, site, updated_at, concerns, readers, told_through, body)
    select id, first_seq, through_seq, open, caller, affected, team, site, updated_at,
      array(select json_array_elements_text(concerns::json)),
      case when readers is not null then array(select json_array_elements_text(readers::json)) end, through_seq, body
    from unnest(${incidents.map(({ id }) => keyOf(id))}::text[],
      ${incidents.map(firstSeqOf)}::bigint[],
      ${incidents.map(({ throughSeq }) => throughSeq)}::bigint[], ${incidents.map(isOpen)}::boolean[],
      ${incidents.map(({ callerId }) => optional(callerId))}::text[],
      ${incidents.map(({ affectedId }) => optional(affectedId))}::text[],
      ${incidents.map(({ assignmentGroupId }) => optional(assignmentGroupId))}::text[],
      ${incidents.map(({ siteId }) => optional(siteId))}::text[],
      ${incidents.map(({ updatedAt }) => updatedAt)}::bigint[],
      ${incidents.map((incident) => JSON.stringify(keysOf(concernedBy(incident))))}::text[],
      ${incidents.map(readersIn)}::text[], ${bodies(incidents)})
      as made (id, first_seq, through_seq, open, caller, affected, team, site, updated_at, concerns, readers, body)
    on conflict (id) do update set through_seq = excluded.through_seq, open = excluded.open,
      caller = excluded.caller, affected = excluded.affected, team = excluded.team, site = excluded.site,
      updated_at = excluded.updated_at, concerns = excluded.concerns, readers = excluded.readers, told_through = excluded.told_through,
      body = excluded.body`;
}

const namesOf = ({ effects }: PushBatch): readonly { readonly id: string; readonly name: string }[] =>
  effects.incidents.flatMap(({ id, number, aliases }: Incident) =>
    [number, ...aliases.map(({ value }) => value)].map((name) => ({ id, name })),
  );

function numbersOf(batch: PushBatch): Statement {
  const names = namesOf(batch);
  return sql`insert into numbers (key, incident)
    select * from unnest(${names.map(({ name }) => keyOf(numberKey(name)))}::text[],
      ${names.map(({ id }) => keyOf(id))}::text[])
    on conflict do nothing`;
}

const recordsOf = ({ effects: { records } }: PushBatch): Statement =>
  sql`insert into records (kind, id, seq, body)
    select kind, id, seq, body
    from unnest(${records.map(({ kind }) => kind)}::text[], ${records.map(({ id }) => keyOf(id))}::text[],
      ${records.map(({ lsn }) => lsn)}::bigint[], ${bodies(records)})
      with ordinality as made (kind, id, seq, body, place)
    order by place
    on conflict (kind, id) do update set seq = excluded.seq, body = excluded.body`;

const matrixOf = ({ lsn, value }: NonNullable<PushBatch['effects']['matrix']>): Statement =>
  sql`insert into settings (name, seq, body) values (${MATRIX}, ${lsn}, ${JSON.stringify(value)})
    on conflict (name) do update set seq = excluded.seq, body = excluded.body`;

function headOf(batch: PushBatch): Statement {
  const { records, matrix } = batch.effects;
  const sameDirectory = records.length === 0 && matrix === null;
  const highest = namesOf(batch).reduce((max, { name }) => Math.max(max, parseNumber(name) ?? 0), 0);
  return sql`update log_head set seq = ${batch.head}, highest_number = greatest(highest_number, ${highest}),
    directory_version = ${sameDirectory ? sql.ref('directory_version') : sql`${randomUUID()}`}`;
}
