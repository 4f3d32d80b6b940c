import type { Figure } from '../report/figure.ts';

/** What one run shares between its measurements. */
export interface Ground {
  /** Names the build that is measured. */
  readonly key: string;
  /** Tells the person at the terminal what takes so long. */
  say(what: string): void;
}

/** A measurement: one id may give several figures. */
export interface Case {
  readonly id: string;
  /** Sizes of a whole run; the first is not special. */
  readonly sizes: readonly number[];
  /** Left out of a run that does not name it: too long for every day. */
  readonly onlyWhenNamed?: boolean;
  measure(n: number, ground: Ground): Promise<readonly Figure[]>;
}

/** Every part of a check has to hold; the first that does not fails the run with its name. */
export const check = (parts: Readonly<Record<string, boolean>>): true => {
  const wrong = Object.entries(parts).find(([, holds]) => !holds);
  if (wrong) throw new Error(`Not as it must be: ${wrong[0]}`);
  return true;
};
