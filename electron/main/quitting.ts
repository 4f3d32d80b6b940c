import { app } from 'electron';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';

const ENGINE_MAY_TAKE = 4_000;
const ALL_MAY_TAKE = 8_000;

const atMost = (work: Promise<unknown>, limit: number): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, limit))]);

/**
 * An explicit quit drains: windows close (and hand over what was typed last), the engine ends what it began, the
 * files are closed. Then, and in any case after some seconds, the program ends: everything saved is on disk already.
 */
export const drainBeforeQuit = (deps: {
  readonly log: Log;
  readonly closeWindows: () => void;
  readonly finishEngine: (limit: number) => Promise<void>;
  readonly closeFiles: () => Promise<void>;
  readonly lastWords: () => void;
}) => {
  let state: 'running' | 'draining' | 'drained' = 'running';
  const drain = async () => {
    deps.log('info', 'quit.begun');
    deps.closeWindows();
    await deps.finishEngine(ENGINE_MAY_TAKE);
    await deps.closeFiles();
  };
  const end = () => {
    state = 'drained';
    deps.log('info', 'quit.done');
    deps.lastWords();
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (state === 'drained') return;
    event.preventDefault();
    if (state === 'draining') return;
    state = 'draining';
    atMost(drain(), ALL_MAY_TAKE)
      .catch((error: unknown) => deps.log('error', 'quit.failed', errorFields(error)))
      .finally(end);
  });
  return { isQuitting: () => state !== 'running' };
};
