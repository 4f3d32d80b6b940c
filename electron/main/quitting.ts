import { app } from 'electron';
import { errorFields } from '#electron/logs/error-fields.ts';
import type { Log } from '#electron/logs/log.ts';
import { atMost, pause } from '#electron/main/waiting.ts';

const WINDOWS_MAY_TAKE = 2_000;
/** A closing page's last words to the engine travel another way than its closing. */
const LAST_WORDS_TRAVEL = 50;
const ENGINE_MAY_TAKE = 4_000;
const ALL_MAY_TAKE = 8_000;

/**
 * An explicit quit drains: windows close (and hand over what was typed last), the engine ends what it began, the
 * files are closed. Then, and in any case after some seconds, the program ends: everything saved is on disk already.
 */
export const drainBeforeQuit = (deps: {
  readonly log: Log;
  readonly closeWindows: () => Promise<void>;
  readonly finishEngine: (limit: number) => Promise<void>;
  readonly closeFiles: () => Promise<void>;
  readonly lastWords: () => void;
}) => {
  let state: 'running' | 'draining' | 'drained' = 'running';
  const drain = async () => {
    deps.log('info', 'quit.begun');
    await atMost(deps.closeWindows(), WINDOWS_MAY_TAKE);
    await pause(LAST_WORDS_TRAVEL);
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
