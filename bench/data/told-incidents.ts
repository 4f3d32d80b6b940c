import { openAsBlob } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Activity } from '#domain/activity/activity.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { DEFAULT_MATRIX } from '#domain/priority/matrix.ts';
import { openTextSource } from '#renderer/engine/import/csv/source.ts';
import { makeBatches } from '#renderer/engine/import/make-batches.ts';
import { previewImport } from '#renderer/engine/import/preview.ts';
import { preparedFolder } from './build-key.ts';
import type { LogFile } from './log-file.ts';
import { preparedOnce } from './prepared.ts';

/** Rows in one batch of a peer's bulk write. */
export const BATCH = 5_000;

/** The files of `incidents` and `activities`: JSON arrays of at most `BATCH` rows, in the order of the log. */
export interface ToldFiles {
  readonly folder: string;
  readonly incidents: readonly string[];
  readonly activities: readonly string[];
}

/** Gathers rows and writes them to numbered files. */
const chunks = <Row>(folder: string, kind: string) => {
  let rows: Row[] = [];
  let written = 0;
  const write = async () => {
    const name = `${kind}-${String(written).padStart(4, '0')}.json`;
    written += 1;
    await writeFile(join(folder, name), JSON.stringify(rows.splice(0, BATCH)));
  };
  return {
    add: async (more: readonly Row[]) => {
      rows = [...rows, ...more];
      while (rows.length >= BATCH) await write();
    },
    end: async () => {
      if (rows.length > 0) await write();
    },
  };
};

const writeTold = async (log: LogFile, into: string, withActivities: boolean): Promise<void> => {
  const file = await openAsBlob(log.path);
  const preview = await previewImport(file, 'uciEventLog');
  const source = await openTextSource(file);
  if (!preview.ok || !source.ok) throw new Error(`The prepared log cannot be read: ${log.path}`);
  const { format, mapping } = preview.value;
  const who = { device: 'bench', now: Date.UTC(2026, 0, 1), zone: 'UTC' };
  const incidents = chunks<Incident>(into, 'incidents');
  const activities = chunks<Activity>(into, 'activities');
  for await (const { bundles } of makeBatches(source.value, {
    ...who,
    file,
    format,
    mapping,
    matrix: DEFAULT_MATRIX,
  })) {
    await incidents.add(bundles.map((bundle) => bundle.folded));
    if (withActivities) await activities.add(bundles.flatMap(({ line }) => JSON.parse(line) as Activity[]));
  }
  await incidents.end();
  await activities.end();
};

/** What the product's own reader makes of a log, as plain rows that a peer can store without reading or folding. */
export const toldIncidents = async (log: LogFile, key: string, withActivities: boolean): Promise<ToldFiles> => {
  const name = `${log.from.replaceAll(' ', '-')}-${log.telling}-${log.n}${withActivities ? '-all' : ''}`;
  const folder = await preparedOnce(preparedFolder(key, 'rows', name), (into) => writeTold(log, into, withActivities));
  const names = (await readdir(folder)).sort();
  return {
    folder,
    incidents: names.filter((one) => one.startsWith('incidents-')),
    activities: names.filter((one) => one.startsWith('activities-')),
  };
};
