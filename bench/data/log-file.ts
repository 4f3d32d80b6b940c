import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { preparedFolder } from './build-key.ts';
import { preparedOnce } from './prepared.ts';
import { renumbered, type Telling } from './renumbered.ts';
import { type SourceLog, sourceLog } from './source-log.ts';

export interface LogFile {
  readonly path: string;
  readonly from: SourceLog['name'];
  readonly n: number;
  readonly telling: Telling;
}

let source: Promise<SourceLog> | undefined;

const LINES_AT_ONCE = 2_000;
function* blocks(lines: Iterable<string>): Generator<string> {
  let block: string[] = [];
  for (const line of lines) {
    block.push(line);
    if (block.length < LINES_AT_ONCE) continue;
    yield `${block.join('\n')}\n`;
    block = [];
  }
  yield `${block.join('\n')}\n`;
}

/** The event log of `n` incidents as a CSV file, written once and kept. */
export const logFile = async (n: number, telling: Telling): Promise<LogFile> => {
  source ??= sourceLog();
  const log = await source;
  const name = `${log.name.replaceAll(' ', '-')}-${telling}-${n}`;
  const folder = await preparedOnce(preparedFolder('logs', name), (into) =>
    pipeline(Readable.from(blocks(renumbered(log, n, telling))), createWriteStream(join(into, 'log.csv'))),
  );
  return { path: join(folder, 'log.csv'), from: log.name, n, telling };
};
