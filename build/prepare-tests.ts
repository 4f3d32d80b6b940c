import { ensurePackages, needs } from './system/packages.ts';

/** Installs what the tests need from the system; quick when all is there. */
export const prepareTests = (): Promise<boolean> =>
  ensurePackages([...needs.desktop, ...needs.headless, ...needs.tests, ...needs.packaging]);

if (import.meta.main) process.exitCode = (await prepareTests()) ? 0 : 1;
