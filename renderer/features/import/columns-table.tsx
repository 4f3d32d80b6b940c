import { memo, useMemo } from 'react';
import type { ColumnMapping, ImportTarget } from '#contracts/import/import.ts';
import { IMPORT_TARGETS } from '#contracts/import/preset.ts';
import fields from '#renderer/ui/fields.module.css';
import { useWords } from '#renderer/words/words.ts';
import classes from './import.module.css';

export interface ColumnsTableProps {
  readonly mapping: ColumnMapping;
  /** The first rows, without the header. */
  readonly sample: readonly (readonly string[])[];
  readonly onTarget: (column: number, target: ImportTarget) => void;
}

const SHOWN_ROWS = 3;

/** The preview: a line for each column of the file, with what it becomes and its first values. */
export const ColumnsTable = memo(({ mapping, sample, onTarget }: ColumnsTableProps) => {
  const say = useWords('import');
  const rows = sample.slice(0, SHOWN_ROWS);
  const targets = useMemo(
    () =>
      IMPORT_TARGETS.map((target) => (
        <option key={target} value={target}>
          {say(`target.${target}`)}
        </option>
      )),
    [say],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroller} aria-label={say('preview')} tabIndex={0}>
      <table className={classes.table} aria-label={say('preview')}>
        <thead>
          <tr>
            <th scope="col">{say('column')}</th>
            <th scope="col">{say('becomes')}</th>
            {rows.map((_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity
              <th key={at} scope="col">
                {say('row', { number: at + 1 })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {mapping.columns.map(({ index, header, target }) => (
            <tr key={index} data-kept={target === 'extra' || target === 'ignore' || undefined}>
              <th scope="row" title={header}>
                {header.trim() || say('unnamed')}
              </th>
              <td>
                <select
                  className={`${classes.target} ${fields.native}`}
                  aria-label={say('becomesOf', { column: header.trim() || say('unnamed') })}
                  value={target}
                  onChange={(event) => onTarget(index, event.currentTarget.value as ImportTarget)}
                >
                  {targets}
                </select>
              </td>
              {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity
                <td key={at} title={row[index]} className={classes.sample}>
                  {row[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
});
ColumnsTable.displayName = 'ColumnsTable';
