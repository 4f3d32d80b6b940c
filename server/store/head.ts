import type { LogHead } from '#sync/authority/shared-log.ts';
import type { Queries } from './driver.ts';
import { run, tables } from './tables.ts';

/** The one row that says where the log ends. */
export interface Head extends LogHead {
  readonly highestNumber: number;
  readonly directoryVersion: string;
}

const head = tables
  .selectFrom('log_head')
  .select(['epoch', 'seq', 'highest_number as highestNumber', 'directory_version as directoryVersion']);

const only = ([found]: readonly Head[]): Head => {
  if (found === undefined) throw new Error('the log has lost its head');
  return found;
};

/** As it is in this transaction. */
export const readHead = async (queries: Queries): Promise<Head> => only(await run(queries, head));

/** The same, held until this transaction ends: nobody else writes meanwhile (docs/decisions, 17). */
export const takeHead = async (queries: Queries): Promise<Head> => only(await run(queries, head.forUpdate()));
