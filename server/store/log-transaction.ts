import type { Id } from '#domain/activity/activity.ts';
import { numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import type { DecidedCommand, Lane, PushTransaction } from '#sync/authority/shared-log.ts';
import type { AcceptedCommand, Gathered } from '#sync/authority/store.ts';
import { KeptEnds } from './chaining.ts';
import type { DirectoryCache } from './directory-cache.ts';
import type { Queries } from './driver.ts';
import type { Head } from './head.ts';
import { keyOf } from './keys.ts';
import { anyKey, anySeq, decidedOf, expectedOf, incidentsOf, timelinesOf } from './log-rows.ts';
import { writeBatch } from './log-write.ts';
import { parsed, run, tables } from './tables.ts';

/** What a push may look at and write while its transaction holds the head. */
export function createTransaction(queries: Queries, head: Head, cache: DirectoryCache): PushTransaction {
  const ends = new KeptEnds(queries);
  const firsts = new Map<Id, DecidedCommand | null>();
  const acceptedOnes = async (ids: readonly Id[]): Promise<ReadonlyMap<Id, DecidedCommand>> => {
    // What was never decided, or accepted at once, needs no second look.
    const open = ids.filter((id) => {
      const first = firsts.get(id);
      return first === undefined || (first !== null && first.outcome !== 'accepted');
    });
    const later = await decidedOf(queries, open, 'accepted');
    return new Map(
      ids.flatMap((id): [Id, DecidedCommand][] => {
        const first = firsts.get(id);
        const found = first?.outcome === 'accepted' ? first : later.get(id);
        return found === undefined ? [] : [[id, found]];
      }),
    );
  };
  return {
    head: { epoch: head.epoch, seq: head.seq },
    expected: (lanes) => expectedOf(queries, lanes),
    decidedById: async (ids) => {
      const found = await decidedOf(queries, ids, 'any');
      for (const id of ids) firsts.set(id, found.get(id) ?? null);
      return found;
    },
    decidedAt: async (lane, seqs) => new Map((await placesOf(queries, lane, seqs)).map((each) => [each.seq, each])),
    gather: async ({ incidentIds, commandIds, numbers = [] }): Promise<Gathered> => {
      const commands = await acceptedOnes(commandIds);
      const ids = [...new Set([...incidentIds, ...[...commands.values()].flatMap(({ subjectIds }) => subjectIds)])];
      const [incidents, timelines, isNumberTaken, directory] = await Promise.all([
        incidentsOf(queries, ids),
        timelinesOf(queries, ids),
        numberTest(queries, head, numbers),
        cache.at(head, queries),
        // Where they will most likely be written on.
        ends.of(ids.map((id) => ({ kind: 'incident', id }))),
      ]);
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
    write: (batch) => writeBatch(queries, head, ends, batch),
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
