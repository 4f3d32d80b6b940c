import { nameBasedId } from '#domain/activity/ids.ts';
import { DIRECTORY_KINDS } from '#domain/directory/directory.ts';
import type { Lane, LogReader, SharedLog } from '#sync/authority/shared-log.ts';

const EVERYTHING = 1_000_000;
const PLACES = Array.from({ length: 40 }, (_, at) => at + 1);

export interface Asked {
  readonly lanes: readonly Lane[];
  readonly commandIds: readonly string[];
}

/** The ids that a `World` gives its commands. */
export const worldIds = (count: number) => PLACES.slice(0, count).map((n) => nameBasedId('test command', n));

/** All that the port can tell of a log, so that two logs can be compared. */
export async function dumpOf(log: SharedLog, asked: Asked): Promise<unknown> {
  const read = await log.read((reader) => readable(reader, asked));
  const incidentIds = read.rows.map(({ incident }) => incident.id);
  const numbers = [...read.rows.map(({ incident }) => incident.number), 'INC0000001', 'inc 1', 'INC0000999', 'other'];
  const pushed = await log.push(async (transaction) => {
    const gathered = await transaction.gather({ incidentIds, commandIds: asked.commandIds, numbers });
    const { incidents, timelines, commands, matrix, highestNumber } = gathered;
    const decided = asked.lanes.map((lane) => transaction.decidedAt(lane, PLACES));
    return {
      expected: await transaction.expected(asked.lanes),
      byId: await transaction.decidedById(asked.commandIds),
      byPlace: await Promise.all(decided),
      gathered: { incidents, timelines, commands, matrix, highestNumber },
      records: DIRECTORY_KINDS.map((kind) => [...gathered.records(kind)]),
      taken: numbers.filter(gathered.isNumberTaken),
    };
  });
  return { read, pushed };
}

async function readable(reader: LogReader, { lanes }: Asked) {
  const all = await reader.activitiesAfter(0, reader.head.seq, EVERYTHING);
  const rows = await reader.incidentsBefore(null, EVERYTHING);
  const middle = Math.floor(reader.head.seq / 2);
  const filters = [{ concerning: 'cal' }, { openOrAfter: middle }, { concerning: 'cat', openOrAfter: middle }];
  const pages = [1, 2, 5].map((limit) => reader.activitiesAfter(middle - 3, middle + 3, limit));
  const expected = lanes.map((lane) => reader.expected(lane));
  return {
    seq: reader.head.seq,
    all,
    rows,
    after: await reader.incidentsBefore(rows[1]?.key ?? null, 2),
    filtered: await Promise.all(filters.map((filter) => reader.incidentsBefore(null, 3, filter))),
    counts: await Promise.all([undefined, ...filters].map((filter) => reader.incidentCount(filter))),
    pages: await Promise.all(pages),
    marks: await Promise.all([1, middle, reader.head.seq, reader.head.seq + 1].map((seq) => reader.activityIdAt(seq))),
    expected: await Promise.all(expected),
    records: await reader.records(),
    matrix: await reader.matrix(),
    person: await reader.person('ann'),
    timelines: await reader.timelines(rows.map(({ incident }) => incident.id)),
  };
}
