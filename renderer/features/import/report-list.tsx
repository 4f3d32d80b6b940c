import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { ImportReport } from '#contracts/import/import.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './import.module.css';

const ROW = 56;

/** Every refused row and every note, in the order of the file's lines; only those in sight exist. */
export function ReportList({ report }: { readonly report: ImportReport }) {
  const say = useWords('import');
  const reasons = useWords('errors');
  const [refusedOnly, setRefusedOnly] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const issues = useMemo(
    () => (refusedOnly ? report.issues.filter((issue) => issue.severity === 'refused') : report.issues),
    [report, refusedOnly],
  );
  const virtual = useVirtualizer({
    count: issues.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    initialRect: { width: 880, height: 280 },
  });
  const mixed = report.rowsRefused > 0 && report.rowsRefused < report.issuesTotal;
  return (
    <section className={classes.report} aria-label={say('report')}>
      <div className={classes.reportHead}>
        <strong>{say('report')}</strong>
        <span className={classes.hint}>{say('reportCount', { count: issues.length })}</span>
        {report.issues.length < report.issuesTotal && (
          <span className={classes.hint}>
            {say('reportCut', { listed: report.issues.length, total: report.issuesTotal })}
          </span>
        )}
        {mixed && (
          <Checkbox
            size="xs"
            className={classes.refusedOnly}
            label={say('refusedOnly')}
            checked={refusedOnly}
            onChange={(event) => setRefusedOnly(event.currentTarget.checked)}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div ref={scroller} className={classes.issues} tabIndex={0}>
        <ul aria-label={say('report')} className={classes.issueList} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const issue = issues[index];
            if (!issue) return null;
            return (
              <li
                key={index}
                className={classes.issue}
                data-severity={issue.severity}
                aria-setsize={issues.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className={classes.where}>
                  <span className={classes.lineNumber}>{say('line', { line: issue.line })}</span>
                  <span className={classes.severity}>{say(`severity.${issue.severity}`)}</span>
                  {issue.column !== null && <span className={classes.column}>{issue.column}</span>}
                  {issue.value !== '' && (
                    <q className={classes.value} title={issue.value}>
                      {issue.value}
                    </q>
                  )}
                </span>
                <span className={classes.reason} title={reasons(`row.${issue.code}`)}>
                  {reasons(`row.${issue.code}`)}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
