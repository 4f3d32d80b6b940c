import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A line of the application's own log. */
export interface LogLine {
  readonly at: string;
  readonly event: string;
}

const isLogLine = (value: unknown): value is LogLine =>
  typeof value === 'object' && value !== null && 'at' in value && 'event' in value;

const lineOf = (text: string): LogLine[] => {
  try {
    const value: unknown = JSON.parse(text);
    return isLogLine(value) ? [value] : [];
  } catch {
    // The line is still being written.
    return [];
  }
};

/** The wall-clock moment of an event since `from`, in milliseconds; undefined while it is not there. */
export const momentOf = (profile: string, event: string, from: number): number | undefined => {
  let text = '';
  try {
    text = readFileSync(join(profile, 'logs/deskbell.log'), 'utf8');
  } catch {
    return undefined;
  }
  const found = text
    .split('\n')
    .filter((line) => line.includes(event))
    .flatMap(lineOf)
    .map((line) => ({ event: line.event, at: Date.parse(line.at) }))
    .find((line) => line.event === event && line.at >= from);
  return found?.at;
};

/** Waits for an event of the log; answers its moment. */
export const waitForEvent = async (profile: string, event: string, from: number, mayTake: number): Promise<number> => {
  const deadline = Date.now() + mayTake;
  for (;;) {
    const moment = momentOf(profile, event, from);
    if (moment !== undefined) return moment;
    if (Date.now() > deadline) throw new Error(`${event} did not happen within ${mayTake} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
