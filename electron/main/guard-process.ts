import { app } from 'electron';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';
import { hardenContents } from '#electron/windows/harden.ts';

/** What can go wrong outside any window is logged; contents that nobody here opened get nowhere. */
export const guardProcess = (log: Log, flush: () => void): void => {
  process.on('uncaughtException', (error) => {
    log('error', 'main.uncaught', errorFields(error));
    flush();
  });
  process.on('unhandledRejection', (error) => log('error', 'main.unhandled', errorFields(error)));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log(reason === 'clean-exit' ? 'info' : 'error', 'process.gone', { type, reason, exitCode });
  });
  app.on('web-contents-created', (_event, contents) => {
    // Windows of ours replace this at once by what their page may do.
    if (contents.getType() !== 'window') hardenContents(contents, () => undefined);
  });
};
