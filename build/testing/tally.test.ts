import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromExit, fromPlaywright, fromReport, fromVitest, honest, sentence, sum } from './tally.ts';

const report = (text: string) => {
  const file = join(mkdtempSync(join(tmpdir(), 'deskbell-tally-')), 'report.json');
  writeFileSync(file, text);
  return file;
};

describe('the tally', () => {
  it('takes both runners at their word', () => {
    expect(fromReport(report('{"numPassedTests":3,"numFailedTests":1}'), fromVitest, 1)).toEqual({
      passed: 3,
      failed: 1,
    });
    const stats = '{"stats":{"expected":5,"unexpected":0,"flaky":0,"skipped":1}}';
    expect(fromReport(report(stats), fromPlaywright, 0)).toEqual({ passed: 5, failed: 0 });
  });

  it('counts a test that passed only on a second try as failed', () => {
    expect(fromPlaywright({ stats: { expected: 1, unexpected: 0, flaky: 2 } })).toEqual({ passed: 1, failed: 2 });
  });

  it('counts a crash as a failure, with and without a report', () => {
    expect(fromReport('/nowhere/report.json', fromVitest, 0)).toEqual({ passed: 0, failed: 1 });
    expect(fromReport(report('{"numPass'), fromVitest, 0)).toEqual({ passed: 0, failed: 1 });
    expect(honest({ passed: 7, failed: 0 }, 1)).toEqual({ passed: 7, failed: 1 });
  });

  it('counts a run without a single test as a failure', () => {
    expect(honest({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
  });

  it('says one line', () => {
    const steps = [
      { name: 'types', ...fromExit(0) },
      { name: 'lint', ...fromExit(2) },
    ];
    expect(sentence(sum(steps))).toBe('1 passed, 1 failed');
  });
});
