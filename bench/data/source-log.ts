import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { root } from '#build/system/places.ts';
import { generatedLog } from './generated-log.ts';

/** An event log by incident, each row without its number, so that it can be told again under another one. */
export interface SourceLog {
  readonly name: 'UCI incident event log' | 'generated rows';
  readonly header: string;
  readonly histories: readonly (readonly string[])[];
}

const dataFolder = (): string => process.env.DESKBELL_TEST_DATA ?? join(root, '../shared/data');
const logFile = (): string => join(dataFolder(), 'uci-incident-event-log/incident_event_log.csv.gz');

/** The log has neither quoted cells nor numbers that come back after others, so a line is a row. */
const readLog = async (file: string): Promise<SourceLog> => {
  const histories = new Map<string, string[]>();
  let header = '';
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    const comma = line.indexOf(',');
    if (header === '') header = line;
    else if (comma > 0) {
      const known = histories.get(line.slice(0, comma));
      if (known) known.push(line.slice(comma));
      else histories.set(line.slice(0, comma), [line.slice(comma)]);
    }
  }
  return { name: 'UCI incident event log', header, histories: [...histories.values()] };
};

/** The real log where the test data is at hand; else rows of the same shape, so that every machine can measure. */
export const sourceLog = async (): Promise<SourceLog> => (existsSync(logFile()) ? readLog(logFile()) : generatedLog());
