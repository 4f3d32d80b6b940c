import { readFileSync, rmSync } from 'node:fs';

/** What a step of the tests came to. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

type Count = Omit<Tally, 'name'>;

export const fromVitest = (report: VitestReport): Count => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
});

/** A test that passed only when tried again has not passed. */
export const fromPlaywright = ({ stats }: PlaywrightReport): Count => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky,
});

/** A step without tests of its own is one test: it ended well or it did not. */
export const fromExit = (code: number): Count => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });

/** A runner that ends badly without naming a failure has itself failed; so has one that ran nothing. */
export const honest = (count: Count, code: number): Count => {
  const silent = count.failed === 0 && (code !== 0 || count.passed === 0);
  return silent ? { ...count, failed: 1 } : count;
};

/** Reads a runner's report; a runner that wrote none crashed. */
export const fromReport = <R>(file: string, read: (report: R) => Count, code: number): Count => {
  try {
    return honest(read(JSON.parse(readFileSync(file, 'utf8'))), code);
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(file, { force: true });
  }
};

export const sum = (tallies: readonly Tally[]): Count => ({
  passed: tallies.reduce((total, tally) => total + tally.passed, 0),
  failed: tallies.reduce((total, tally) => total + tally.failed, 0),
});

export const sentence = ({ passed, failed }: Count): string => `${passed} passed, ${failed} failed`;
