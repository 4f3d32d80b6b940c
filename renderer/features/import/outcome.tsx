import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ImportProgress } from '#contracts/engine/protocol.ts';
import type { ImportReport } from '#contracts/import/import.ts';
import { useHost } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import type { Words } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';
import { headline } from './headline.ts';
import classes from './import.module.css';
import { changeImport, forgetImport, useImportState } from './import-store.ts';
import { ReportList } from './report-list.tsx';

/** How an import ended: what it brought, in words, and every row it refused or noted. */
export function Outcome({ progress }: { readonly progress: ImportProgress }) {
  const say = useWords('import');
  const errors = useErrorWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { report, phase, error } = progress;
  return (
    <>
      <div role="status">
        <h3 ref={heading} tabIndex={-1} className={classes.heading}>
          {headline(progress, say)}
        </h3>
      </div>
      {phase === 'failed' && error && <ErrorNote text={errors.engine(error)} />}
      {phase === 'done' && report && (
        <ul className={classes.counts}>
          {countsInWords(report, say).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {report && report.issuesTotal > 0 && <ReportList report={report} />}
    </>
  );
}

/** What can be done after an import: keep the report, mend the columns, take another file. */
export function OutcomeButtons({ progress }: { readonly progress: ImportProgress }) {
  const say = useWords('import');
  const { mapping } = useImportState();
  const { report, phase, name, dryRun } = progress;
  return (
    <>
      {report && report.issues.length > 0 && <SaveReport name={name} report={report} />}
      {mapping && (dryRun || phase !== 'done') && (
        <Button onClick={() => changeImport({ followed: null, error: null })}>{say('back')}</Button>
      )}
      <Button onClick={forgetImport}>{say('again')}</Button>
    </>
  );
}

/** The report's figures as sentences; what did not happen is not mentioned, except that nothing was refused. */
function countsInWords(report: ImportReport, say: Words<'import'>): readonly string[] {
  const dryRun = String(report.dryRun);
  const {
    rows,
    rowsBlank: blank,
    rowsRefused: refused,
    rowsAlreadyThere: already,
    activitiesAdded: activities,
  } = report;
  const { incidentsGrown: grown, incidentsUnchanged: unchanged, overridesAsImported: overrides } = report;
  const { peopleAdded: people, teamsAdded: teams, categoriesAdded: categories, numbersTaken: taken } = report;
  const seconds = Math.max(1, Math.round((report.finishedAt - report.startedAt) / 1000));
  const sentences: readonly [boolean, string][] = [
    [true, say('count.rows', { rows, blank })],
    [true, refused > 0 ? say('count.refused', { refused }) : say('count.noneRefused')],
    [activities > 0 || already > 0, say('count.activities', { activities, already, dryRun })],
    [grown > 0, say('count.grown', { grown, dryRun })],
    [unchanged > 0, say('count.unchanged', { unchanged })],
    [people > 0, say('count.people', { people, dryRun })],
    [teams > 0, say('count.teams', { teams, dryRun })],
    [categories > 0, say('count.categories', { categories, dryRun })],
    [overrides > 0, say('count.overrides', { overrides })],
    [taken > 0, say('count.numbersTaken', { taken })],
    [true, say('count.time', { seconds })],
  ];
  return sentences.filter(([told]) => told).map(([, sentence]) => sentence);
}

function SaveReport({ name, report }: { readonly name: string; readonly report: ImportReport }) {
  const say = useWords('import');
  const reasons = useWords('errors');
  const host = useHost();
  const [failed, setFailed] = useState(false);
  const save = async () => {
    setFailed(false);
    const { reportCsv } = await import('./report-csv.ts');
    const text = await reportCsv(report.issues, say, reasons);
    await host.saveFile({ suggestedName: say('reportFile', { name }), text });
  };
  return (
    <>
      {failed && <ErrorNote text={say('notSaved')} />}
      <Button onClick={() => void save().catch(() => setFailed(true))}>{say('saveReport')}</Button>
    </>
  );
}
