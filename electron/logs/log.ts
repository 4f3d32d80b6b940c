import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { appendFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean>>;
/** One line of the log: an event's name and small fields, ids and codes only. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

const BYTES_PER_FILE = 1024 * 1024;
const OLDER_FILES = 4;
const LONGEST_FIELD = 500;

/** deskbell.log, then deskbell.1.log … the oldest. */
export const logFileName = (age: number): string => (age === 0 ? 'deskbell.log' : `deskbell.${age}.log`);

export const formatLine = (at: Date, level: LogLevel, event: string, fields: LogFields): string => {
  const cut = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, LONGEST_FIELD) : value,
  ]);
  return `${JSON.stringify({ at: at.toISOString(), level, event, ...Object.fromEntries(cut) })}\n`;
};

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
};

const older = (folder: string): (readonly [string, string])[] =>
  Array.from({ length: OLDER_FILES }, (_, index) => OLDER_FILES - 1 - index).map((age) => [
    join(folder, logFileName(age)),
    join(folder, logFileName(age + 1)),
  ]);

/**
 * A log of a few files of bounded size. Lines are gathered and written behind the caller's back; `flush` writes
 * what is left at once. A log that can't be written is given up silently: it must never stop the work.
 */
export const openLog = (folder: string, now: () => Date = () => new Date()) => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // A profile that takes nothing: the desk says so itself, as far as it gets.
  }
  const file = join(folder, logFileName(0));
  let size = sizeOf(file);
  let waiting = '';
  let writing: Promise<void> | null = null;

  const rotate = async () => {
    for (const [from, to] of older(folder)) await rename(from, to).catch(() => undefined);
    size = 0;
  };
  const writeAll = async () => {
    while (waiting !== '') {
      const text = waiting;
      waiting = '';
      if (size > BYTES_PER_FILE) await rotate();
      size += text.length;
      await appendFile(file, text).catch(() => undefined);
    }
    writing = null;
  };
  const log: Log = (level, event, fields = {}) => {
    waiting += formatLine(now(), level, event, fields);
    writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(writeAll);
  };
  const flush = () => {
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    try {
      if (size > BYTES_PER_FILE && !writing) for (const [from, to] of older(folder)) renameSync(from, to);
      appendFileSync(file, text);
    } catch {
      // Nothing sensible is left to do with it.
    }
  };
  return { log, flush, settled: () => writing ?? Promise.resolve() };
};
