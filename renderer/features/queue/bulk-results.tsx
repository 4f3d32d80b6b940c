import { memo } from 'react';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { type BulkRun, type RowResult, wasAlready, wasRefused } from './bulk.ts';
import classes from './peek.module.css';

/** More refusals than anybody reads in a dialog; those rows stay selected. */
const LISTED = 100;

/** Refused rows under the one sentence that tells why. */
function bySentence(refused: readonly RowResult[], sentenceOf: (result: RowResult) => string) {
  const groups = new Map<string, string[]>();
  for (const result of refused) {
    const sentence = sentenceOf(result);
    const numbers = groups.get(sentence) ?? [];
    numbers.push(result.row.number);
    groups.set(sentence, numbers);
  }
  return [...groups];
}

/** What happened to each row that was not simply done. */
export const BulkResults = memo(function BulkResults({ run, onClose }: { run: BulkRun; onClose: () => void }) {
  const say = useWords('queue');
  const errors = useErrorWords();
  const refused = run.results.filter(wasRefused);
  const already = run.results.filter(wasAlready).length;
  const groups = bySentence(refused.slice(0, LISTED), ({ error }) => (error ? errors.engine(error) : ''));
  const done = run.results.length - refused.length - already;
  return (
    <SmallDialog opened title={say('bulk.results')} onDismiss={onClose}>
      <p className={classes.paragraph} role="alert">
        {say('bulk.resultsSome', { done, refused: refused.length })}{' '}
        {already > 0 && `${say('bulk.resultsAlready', { count: already })} `}
        {run.untried > 0 && say('bulk.resultsUntouched', { count: run.untried })}
      </p>
      <ul className={classes.results}>
        {groups.map(([sentence, numbers]) => (
          <li key={sentence}>
            {sentence}
            <p className={classes.numbers}>{numbers.join(', ')}</p>
          </li>
        ))}
      </ul>
      {refused.length > LISTED && (
        <p className={classes.paragraph}>{say('bulk.resultsMore', { count: refused.length - LISTED })}</p>
      )}
    </SmallDialog>
  );
});
