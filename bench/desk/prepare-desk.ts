import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportReport } from '#contracts/import/import.ts';
import { preparedFolder } from '../data/build-key.ts';
import type { LogFile } from '../data/log-file.ts';
import { preparedOnce } from '../data/prepared.ts';
import { chooseFile, type DrivenDesk, driveDesk } from './drive.ts';
import { momentOf } from './log-lines.ts';

const SETTLING_MAY_TAKE = 600_000;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The engine keeps indexes and a snapshot for the next start once it is quiet; a start before that is another one. */
const settled = async (profile: string, since: number): Promise<void> => {
  const deadline = Date.now() + SETTLING_MAY_TAKE;
  while (momentOf(profile, 'snapshot.taken', since) === undefined) {
    if (Date.now() > deadline) throw new Error('The desk took no snapshot after its import');
    await pause(200);
  }
};

/** Somebody is introduced and the log imported, all through the engine's own port. */
export const importLog = async (driven: DrivenDesk, log: LogFile): Promise<ImportReport> => {
  await driven.ask('introduce', 'Bench Person');
  await chooseFile(driven.page, log.path);
  const report = await driven.ask('importChosen');
  if (report.incidentsAdded !== log.n) throw new Error(`${report.incidentsAdded} of ${log.n} incidents were imported`);
  return report;
};

const prepare = async (log: LogFile, profile: string): Promise<void> => {
  const driven = await driveDesk(profile);
  await importLog(driven, log);
  const imported = Date.now();
  // Opened again, the window's own screen looks at the queue, so that its first page is kept.
  await driven.ask('writeSettings', { lastQueue: 'allOpen', closeToTray: false });
  await settled(profile, imported - 60_000);
  await driven.quit();
  const again = await driveDesk(profile);
  const { incidents } = await again.ask('status');
  await again.quit();
  if (incidents !== log.n) throw new Error(`After a restart the desk holds ${incidents} of ${log.n} incidents`);
};

/** A profile that holds the log, imported once by this build and kept. */
export const preparedDesk = (log: LogFile, key: string): Promise<string> =>
  preparedOnce(preparedFolder(key, 'desks', `${log.from.replaceAll(' ', '-')}-${log.telling}-${log.n}`), (into) =>
    prepare(log, into),
  );

/** A copy to edit in, so that the prepared one stays as it is. */
export const copyOf = async (profile: string): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'deskbell-bench-'));
  await cp(profile, copy, { recursive: true });
  return copy;
};

export const removeCopy = (copy: string): Promise<void> => rm(copy, { recursive: true, force: true, maxRetries: 5 });
