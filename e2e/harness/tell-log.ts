import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '@playwright/test';

/** Lines of a failed test's log that are printed. */
const LINES = 80;

/** After a test that failed, prints how the application's log ended: a failure seen once may not come again. */
export async function tellLogOfFailure(profile: string): Promise<void> {
  const { status, expectedStatus, title } = test.info();
  if (status === expectedStatus) return;
  const log = await readFile(join(profile, 'logs', 'deskbell.log'), 'utf8').catch(() => '');
  console.log(`The log of "${title}" ends so:\n${log.trimEnd().split('\n').slice(-LINES).join('\n')}`);
}
