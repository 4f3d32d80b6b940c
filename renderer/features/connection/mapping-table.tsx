import { Button } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import type { MappingRow, MappingTarget } from '#contracts/engine/agreement.ts';
import type { Id } from '#domain/activity/activity.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { type ComboOption, matching } from '#renderer/ui/combo-options.ts';
import { useWords } from '#renderer/words/words.ts';
import { changeConnect, useConnectStore } from './connect-store.ts';
import classes from './connection.module.css';
import { type Choices, fateOf, type KindOfRows, keyOfRow } from './mapping.ts';

/** So many rows at a time, and so many of the server's records in a list: a desk may know thousands of people. */
const AT_A_TIME = 50;
const AS_NEW = 'new';

const optionOf = ({ id, name, detail }: MappingTarget): ComboOption => ({
  value: id,
  label: name,
  ...(detail === null ? {} : { detail }),
});

interface FateFieldProps {
  readonly row: MappingRow;
  readonly targets: readonly MappingTarget[];
  readonly fate: Id | null | undefined;
  readonly mayAddRecords: boolean;
}

const choose = (row: MappingRow, value: string | null) =>
  changeConnect({
    choices: { ...useConnectStore.getState().choices, [keyOfRow(row)]: value === AS_NEW ? null : value },
  });

/** What one record of this desk becomes. */
const FateField = memo(function FateField({ row, targets, fate, mayAddRecords }: FateFieldProps) {
  const say = useWords('connection');
  const [text, setText] = useState('');
  const known = useMemo(() => targets.map(optionOf), [targets]);
  const options = useMemo(() => {
    const found = matching(known, text).slice(0, AT_A_TIME);
    if (!mayAddRecords) return found;
    const asNew: ComboOption = { value: AS_NEW, label: say('join.asNew'), makesNew: true };
    // What is typed is looked for on the server: Enter takes the first found.
    return text === '' ? [asNew, ...found] : [...found, asNew];
  }, [say, known, text, mayAddRecords]);
  return (
    <Combo
      label={say('join.becomes', { name: row.name })}
      hideLabel
      value={fate === null ? AS_NEW : (fate ?? null)}
      valueLabel={targets.find(({ id }) => id === fate)?.name ?? null}
      placeholder={say('join.choose')}
      options={options}
      onSearch={setText}
      onChange={(value) => value !== null && choose(row, value)}
    />
  );
});

export interface MappingTableProps {
  readonly of: KindOfRows;
  readonly unmatchedOnly: boolean;
  readonly mayAddRecords: boolean;
  readonly choices: Choices;
}

/** The records of one kind, each with what it becomes on the server. */
export function MappingTable({ of, unmatchedOnly, mayAddRecords, choices }: MappingTableProps) {
  const say = useWords('connection');
  const [limit, setLimit] = useState(AT_A_TIME);
  const { kind, targets } = of;
  const rows = unmatchedOnly ? of.unmatched : of.rows;
  const hidden = rows.length - limit;
  return (
    <section className={classes.kind}>
      <table className={classes.table}>
        <caption>{say('join.kind', { kind: say(`kind.${kind}`), count: rows.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{say('join.here')}</th>
            <th scope="col">{say('join.there')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <tr key={row.localId}>
              <th scope="row">
                <span className={classes.name} dir="auto">
                  {row.name}
                </span>
                {row.detail !== null && (
                  <span className={classes.detail} dir="auto">
                    {row.detail}
                  </span>
                )}
              </th>
              <td>
                <FateField
                  row={row}
                  targets={targets}
                  fate={fateOf(row, choices, mayAddRecords)}
                  mayAddRecords={mayAddRecords}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <Button onClick={() => setLimit(limit + AT_A_TIME)}>
          {say('join.more', { count: Math.min(hidden, AT_A_TIME), hidden })}
        </Button>
      )}
    </section>
  );
}
