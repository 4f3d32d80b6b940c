import { memo } from 'react';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import type { BulkRun } from './bulk.ts';
import classes from './peek.module.css';

/** What happened to each row that was not simply done. */
export const BulkResults = memo(function BulkResults({ run, onClose }: { run: BulkRun | null; onClose: () => void }) {
  const say = useWords('queue');
  const errors = useErrorWords();
  const refused = run?.results.filter((result) => result.error !== null) ?? [];
  const done = (run?.results.length ?? 0) - refused.length;
  return (
    <SmallDialog opened={run !== null} title={say('bulk.results')} onDismiss={onClose}>
      <p className={classes.paragraph} role="alert">
        {say('bulk.resultsSome', { done, refused: refused.length })}{' '}
        {run && run.untried > 0 && say('bulk.resultsUntouched', { count: run.untried })}
      </p>
      <ul className={classes.results}>
        {refused.map(({ row, error }) => (
          <li key={row.id}>
            <strong>{row.number}</strong> {error && errors.engine(error)}
          </li>
        ))}
      </ul>
    </SmallDialog>
  );
});
