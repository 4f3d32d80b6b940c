import { numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import type { DecidedCommand, Lane, PushTransaction } from '#sync/authority/shared-log.ts';
import type { AcceptedCommand, Gathered } from '#sync/authority/store.ts';
import type { DirectoryCache } from './directory-cache.ts';
import type { Queries } from './driver.ts';
import type { Head } from './head.ts';
import { keyOf } from './keys.ts';
import { anyKey, anySeq, decidedOf, expectedOf, incidentsOf, timelinesOf } from './log-rows.ts';
import { writeBatch } from './log-write.ts';
import { parsed, run, tables } from './tables.ts';

/** What a push may look at and write while its transaction holds the head. */
export function createTransaction(queries: Queries, head: Head, cache: DirectoryCache): PushTransaction {
  return {
    head: { epoch: head.epoch, seq: head.seq },
    expected: (lanes) => expectedOf(queries, lanes),
    decidedById: (ids) => decidedOf(queries, ids, 'any'),
    decidedAt: async (lane, seqs) => new Map((await placesOf(queries, lane, seqs)).map((each) => [each.seq, each])),
    gather: async ({ incidentIds, commandIds, numbers = [] }): Promise<Gathered> => {
      const commands = await decidedOf(queries, commandIds, 'accepted');
      const ids = [...new Set([...incidentIds, ...[...commands.values()].flatMap(({ subjectIds }) => subjectIds)])];
      const incidents = await incidentsOf(queries, ids);
      const timelines = await timelinesOf(queries, ids);
      const isNumberTaken = await numberTest(queries, head, numbers);
      const directory = await cache.at(head, queries);
      return {
        incidents,
        timelines,
        commands: new Map([...commands].map(([id, decided]) => [id, acceptedOf(decided)])),
        record: (kind, id) => directory.record(kind, id),
        records: (kind) => directory.records(kind),
        matrix: directory.matrix?.value ?? DEFAULT_MATRIX,
        highestNumber: head.highestNumber,
        isNumberTaken,
      };
    },
    write: (batch) => writeBatch(queries, head, batch),
  };
}

async function placesOf(queries: Queries, { device, person }: Lane, seqs: readonly number[]) {
  const found = tables
    .selectFrom('decided')
    .select('body')
    .where('device', '=', keyOf(device))
    .where('person', '=', keyOf(person))
    .where('seq', '=', anySeq(seqs));
  return (await run(queries, found)).map(parsed<DecidedCommand>);
}

function acceptedOf({ id, decidedAt, name, person, number, subjectIds }: DecidedCommand): AcceptedCommand {
  if (name === null) throw new Error(`command ${id} was accepted without a name`);
  return { id, lsn: decidedAt, name, actor: person, number, subjectIds };
}

/** Those of our own form above the highest are free; of any other it knows when it was asked for. */
async function numberTest(queries: Queries, { highestNumber }: Head, numbers: readonly string[]) {
  const asked = new Set(numbers.map(numberKey));
  const keys = [...asked].map(keyOf);
  const rows =
    keys.length === 0
      ? []
      : await run(queries, tables.selectFrom('numbers').select('key').where('key', '=', anyKey(keys)));
  const taken = new Set(rows.map(({ key }) => key));
  return (number: string): boolean => {
    if ((parseNumber(number) ?? 0) > highestNumber) return false;
    const key = numberKey(number);
    if (!asked.has(key)) throw new Error(`whether ${key} is taken was not gathered`);
    return taken.has(keyOf(key));
  };
}
