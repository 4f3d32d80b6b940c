import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ImportReport } from '#contracts/import/import.ts';
import { launchDesk } from '#e2e/harness/desk.ts';
import { preparedFolder } from '../data/build-key.ts';
import type { LogFile } from '../data/log-file.ts';
import { preparedOnce } from '../data/prepared.ts';
import { chooseFile, type DrivenDesk, driveDesk } from './drive.ts';
import { waitForEvent } from './log-lines.ts';

const SETTLING_MAY_TAKE = 900_000;

/** Somebody is introduced and the log imported, all through the engine's own port. */
export const importLog = async (driven: DrivenDesk, log: LogFile): Promise<ImportReport> => {
  await driven.ask('introduce', 'Bench Person');
  await chooseFile(driven.page, log.path);
  const report = await driven.ask('importChosen');
  if (report.incidentsAdded !== log.n) throw new Error(`${report.incidentsAdded} of ${log.n} incidents were imported`);
  return report;
};

/** Waits for a queue of exactly `n` on the screen. */
export const queueOf = async (page: Page, n: number): Promise<void> => {
  await page
    .locator(`[role="grid"][aria-rowcount="${n}"] [role="row"][aria-rowindex]`)
    .first()
    .waitFor({ timeout: 120_000 });
};

const prepare = async (log: LogFile, profile: string): Promise<void> => {
  const began = Date.now();
  const driven = await driveDesk(profile);
  await importLog(driven, log);
  await driven.ask('writeSettings', { lastQueue: 'allIncidents', closeToTray: false });
  // Indexes and a snapshot for the next start are kept once the engine is quiet; a start before that is another one.
  await waitForEvent(profile, 'engine.snapshot.taken', began, SETTLING_MAY_TAKE);
  await driven.quit();
  // Opened again, the window's own screen looks at the queue, so that its first page is kept too.
  const again = await launchDesk({ profile, timeout: 60_000 });
  await queueOf(await again.page(), log.n);
  await again.close();
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
