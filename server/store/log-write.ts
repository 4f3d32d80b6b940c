import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Incident } from '#domain/incident/incident.ts';
import { numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { isOpen } from '#domain/incident/settle.ts';
import type { PushBatch } from '#sync/authority/shared-log.ts';
import { chain } from './chaining.ts';
import { MATRIX } from './directory-cache.ts';
import type { Queries } from './driver.ts';
import type { Head } from './head.ts';
import { keyOf } from './keys.ts';
import { runSql } from './tables.ts';

/** As JSON, a line each: JSON writes no line's end itself, so the texts go through as they are, none of them escaped. */
const bodies = (values: readonly unknown[]) =>
  sql`string_to_array(${values.map((each) => JSON.stringify(each)).join('\n')}::text, chr(10))`;

type Writer = (queries: Queries, batch: PushBatch) => Promise<unknown>;

/** Writes a batch: one statement for each table it touches, whatever it holds. */
export async function writeBatch(queries: Queries, head: Head, batch: PushBatch): Promise<void> {
  checkSeqs(head, batch);
  for (const write of [writeDecided, writeLanes, writeActivities, writeIncidents, writeNumbers, writeDirectory]) {
    await write(queries, batch);
  }
  const { records, matrix } = batch.effects;
  const sameDirectory = records.length === 0 && matrix === null;
  const highest = namesOf(batch).reduce((max, { name }) => Math.max(max, parseNumber(name) ?? 0), 0);
  await runSql(
    queries,
    sql`update log_head set seq = ${batch.head}, highest_number = greatest(highest_number, ${highest}),
      directory_version = ${sameDirectory ? sql.ref('directory_version') : sql`${randomUUID()}`}`,
  );
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

const writeDecided: Writer = (queries, { decided }) =>
  decided.length === 0
    ? Promise.resolve()
    : runSql(
        queries,
        sql`insert into decided (device, person, seq, command_id, accepted, body)
          select device, person, seq, command_id, accepted, body
          from unnest(${decided.map(({ device }) => keyOf(device))}::text[],
            ${decided.map(({ person }) => keyOf(person))}::text[], ${decided.map(({ seq }) => seq)}::bigint[],
            ${decided.map(({ id }) => keyOf(id))}::text[],
            ${decided.map(({ outcome }) => outcome === 'accepted')}::boolean[],
            ${bodies(decided)})
            with ordinality as made (device, person, seq, command_id, accepted, body, place)
          order by place`,
      );

const writeLanes: Writer = (queries, { lanes }) =>
  lanes.length === 0
    ? Promise.resolve()
    : runSql(
        queries,
        sql`insert into lanes (device, person, expected)
          select * from unnest(${lanes.map(({ device }) => keyOf(device))}::text[],
            ${lanes.map(({ person }) => keyOf(person))}::text[], ${lanes.map(({ expected }) => expected)}::bigint[])
          on conflict (device, person) do update set expected = excluded.expected`,
      );

const writeActivities: Writer = async (queries, { activities }) => {
  if (activities.length === 0) return;
  const links = await chain(queries, activities);
  await runSql(
    queries,
    sql`insert into activities (seq, place, subject, body, salt, sealed, hash)
      select * from unnest(${activities.map(({ seq }) => seq)}::bigint[], ${activities.map((_, at) => at)}::integer[],
        ${activities.map(({ subject }) => keyOf(subject.id))}::text[],
        ${bodies(activities)}, ${links.map(({ salt }) => salt)}::text[],
        ${links.map(({ link }) => link.sealed)}::text[], ${links.map(({ link }) => link.hash)}::text[])`,
  );
};

const writeIncidents: Writer = (queries, { head, activities, effects: { incidents } }) => {
  if (incidents.length === 0) return Promise.resolve();
  const firsts = new Map<string, number>();
  for (const { subject, seq } of activities) if (!firsts.has(subject.id)) firsts.set(subject.id, seq ?? head);
  const optional = (id: string | null) => (id === null ? null : keyOf(id));
  return runSql(
    queries,
    sql`insert into incidents (id, first_seq, through_seq, open, caller, affected, body)
      select * from unnest(${incidents.map(({ id }) => keyOf(id))}::text[],
        ${incidents.map(({ id }) => firsts.get(id) ?? head)}::bigint[],
        ${incidents.map(({ throughSeq }) => throughSeq)}::bigint[], ${incidents.map(isOpen)}::boolean[],
        ${incidents.map(({ callerId }) => optional(callerId))}::text[],
        ${incidents.map(({ affectedId }) => optional(affectedId))}::text[],
        ${bodies(incidents)})
      on conflict (id) do update set through_seq = excluded.through_seq, open = excluded.open,
        caller = excluded.caller, affected = excluded.affected, body = excluded.body`,
  );
};

const namesOf = ({ effects }: PushBatch): readonly { readonly id: string; readonly name: string }[] =>
  effects.incidents.flatMap(({ id, number, aliases }: Incident) =>
    [number, ...aliases.map(({ value }) => value)].map((name) => ({ id, name })),
  );

const writeNumbers: Writer = (queries, batch) => {
  const names = namesOf(batch);
  if (names.length === 0) return Promise.resolve();
  return runSql(
    queries,
    sql`insert into numbers (key, incident)
      select * from unnest(${names.map(({ name }) => keyOf(numberKey(name)))}::text[],
        ${names.map(({ id }) => keyOf(id))}::text[])
      on conflict do nothing`,
  );
};

const writeDirectory: Writer = async (queries, { effects: { records, matrix } }) => {
  if (records.length > 0) {
    await runSql(
      queries,
      sql`insert into records (kind, id, seq, body)
        select kind, id, seq, body
        from unnest(${records.map(({ kind }) => kind)}::text[], ${records.map(({ id }) => keyOf(id))}::text[],
          ${records.map(({ lsn }) => lsn)}::bigint[], ${bodies(records)})
          with ordinality as made (kind, id, seq, body, place)
        order by place
        on conflict (kind, id) do update set seq = excluded.seq, body = excluded.body`,
    );
  }
  if (matrix === null) return;
  await runSql(
    queries,
    sql`insert into settings (name, seq, body) values (${MATRIX}, ${matrix.lsn}, ${JSON.stringify(matrix.value)})
      on conflict (name) do update set seq = excluded.seq, body = excluded.body`,
  );
};
