import { MOODS, type Mood } from '../harness/way.ts';
import type { Harm } from './chaos.ts';
import type { Settled } from './check.ts';
import { KINDS, type Kind } from './deeds.ts';
import type { Counts } from './moods.ts';

/** What happened in a run, and what was wrong at its end. */
export interface Report extends Settled {
  readonly seed: number;
  readonly minutes: number;
  readonly storms: number;
  readonly desksKilled: number;
  readonly nodesKilled: number;
  readonly databaseKilled: number;
  /** Times that somebody had to sign in. */
  readonly signedIn: number;
  readonly moods: Counts<Mood>;
  /** Requests by the mood they met. */
  readonly requests: Counts<Mood>;
  readonly deeds: number;
  readonly saved: number;
  readonly savedByScreen: number;
  readonly savedByKind: Counts<Kind>;
  readonly incidents: number;
  /** End of the log. */
  readonly seq: number;
  /** Milliseconds from the end of each storm, everything being up, to the first look at which all were level. */
  readonly agreement: readonly number[];
  /** Greatest of the looks after the storms, in megabytes. */
  readonly memory: Readonly<Record<string, number>>;
  readonly verified: string;
  /** Empty: everything is as the house promises. */
  readonly wrong: readonly string[];
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
const all = (counts: Readonly<Record<string, number>>, names: readonly string[]): string =>
  names.map((name) => `${name} ${counts[name]}`).join(', ');

export const countsOf = (names: readonly Kind[]): Counts<Kind> =>
  Object.fromEntries(KINDS.map((kind) => [kind, names.filter((name) => name === kind).length])) as Counts<Kind>;

/** For the terminal. */
export function table(report: Report, harm: Pick<Harm, 'complaints'>): string {
  const { agreement, wrong } = report;
  const lines: readonly (readonly [string, string | number])[] = [
    ['seed', report.seed],
    ['minutes', report.minutes.toFixed(1)],
    ['storms', report.storms],
    [
      'kills',
      `${report.desksKilled} of desks, ${report.nodesKilled} of nodes, ${report.databaseKilled} of the database`,
    ],
    ['sign-ins', report.signedIn],
    ['moods of the ways', all(report.moods, MOODS)],
    ['requests by mood', all(report.requests, MOODS)],
    ['deeds called saved', `${report.saved} of ${report.deeds}, ${report.savedByScreen} through the screen`],
    ['by kind', all(report.savedByKind, KINDS)],
    ['accepted', report.accepted],
    ['parked', report.parked],
    ['so already', report.already],
    ['unanswered, there', report.openAndThere],
    ['incidents', report.incidents],
    ['end of the log', report.seq],
    ['time to agreement', `median ${seconds(median(agreement))}, longest ${seconds(Math.max(0, ...agreement))}`],
    [
      'memory (PSS)',
      Object.entries(report.memory)
        .map(([name, size]) => `${name} ${size} MB`)
        .join(', '),
    ],
    ['chains', report.verified],
    ['wrong', wrong.length],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const complaints = harm.complaints.map((line) => `complaint: ${line}`);
  return [...lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`), ...complaints, ...wrong].join('\n');
}
