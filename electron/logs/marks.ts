import type { Log, LogFields } from '#electron/logs/log.ts';

/** Milliseconds since this process came to be, as the system counts, so that loading the runtime is in it. */
export const sinceStart = (): number => Math.round(Date.now() - (process.getCreationTime() ?? performance.timeOrigin));

/** A mark of the start, in the log: how long after the process began something happened. */
export const mark = (log: Log, name: string, fields: LogFields = {}): void =>
  log('info', `mark.${name}`, { ms: sinceStart(), ...fields });
