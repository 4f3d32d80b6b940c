import type { Conflict } from '#contracts/engine/agreement.ts';
import type { Id } from '#domain/activity/activity.ts';
import { fieldLabel, isToldField, type Teller, valueWords } from '#renderer/ui/incident-fields/field-values.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { ChangedText, isLongText } from './changed-text.tsx';
import shared from './conflicts.module.css';
import classes from './value-table.module.css';

const COLUMNS = ['before', 'theirs', 'mine'] as const;
const WITHOUT_BEFORE = ['theirs', 'mine'] as const;

export interface ValueTableProps {
  readonly fields: Conflict['fields'];
  readonly names: Readonly<Record<Id, string>>;
}

/** Every field side by side: before, where that is known, as somebody else left it, and as it was wanted here. */
export function ValueTable({ fields, names }: ValueTableProps) {
  const say = useWords('conflicts');
  const common = useWords('common');
  const incident = useWords('incident');
  const { dateAndTime } = useTime();
  const teller: Teller = {
    say: incident,
    common,
    nameOf: (id) => names[id] ?? incident('unknownName'),
    when: dateAndTime,
  };
  const words = (field: string, value: unknown) => {
    if (isToldField(field)) return valueWords(field, value, teller);
    return value === null || value === undefined ? '' : String(value);
  };
  const columns = fields.some((each) => 'base' in each) ? COLUMNS : WITHOUT_BEFORE;
  const rows = fields.map(({ field, base, theirs, mine }) => ({
    field,
    label: isToldField(field) ? fieldLabel(field, teller) : field,
    values: { before: words(field, base), theirs: words(field, theirs), mine: words(field, mine) },
  }));
  const long = rows.some(({ values }) => columns.some((column) => isLongText(values[column])));
  return (
    <>
      <table className={classes.table} aria-label={say(columns === COLUMNS ? 'compare' : 'compare.noBefore')}>
        <thead>
          <tr>
            <th scope="col" className={classes.columnHead}>
              {say('field')}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className={classes.columnHead}>
                {say(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, label, values }) => (
            <tr key={field}>
              <th scope="row" className={classes.rowHead}>
                {label}
              </th>
              {columns.map((column) => (
                <td key={column} data-column={say(column)} dir="auto">
                  {values[column] === '' ? (
                    <span className={classes.none}>{say('value.none')}</span>
                  ) : (
                    <ChangedText base={values.before} text={values[column]} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {long && <p className={shared.quiet}>{say('compare.hint')}</p>}
    </>
  );
}
