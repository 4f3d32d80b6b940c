import { NativeSelect, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useContext, useMemo } from 'react';
import type { ColumnMapping, ImportFormat } from '#contracts/import/import.ts';
import { PRESETS } from '#contracts/import/preset.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { sizeIn } from '#renderer/ui/size-words.ts';
import { ReaderContext } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { problemsOf } from './columns.ts';
import { ColumnsTable } from './columns-table.tsx';
import { FileField } from './file-field.tsx';
import classes from './import.module.css';
import { changeImport, useImportState } from './import-store.ts';
import type { ImportActions } from './use-import.ts';

const ORDERS = ['ymd', 'dmy', 'mdy'] as const satisfies readonly ColumnMapping['dateOrder'][];
/** The sign of a list, the same on every field that has one. */
const chevron = <IconChevronDown size={16} color="var(--ink-2)" aria-hidden="true" />;
const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

/** How the chosen file will be read: its format, its times, and what each column becomes. */
export function ColumnsStep({ zone, actions }: { readonly zone: string; readonly actions: ImportActions }) {
  const say = useWords('import');
  const { language } = useContext(ReaderContext);
  const { file, format, preview, mapping, opening } = useImportState();
  const zones = useMemo(() => zoneOptions(zone), [zone]);
  if (!file || !format || !preview || !mapping) return null;
  const delimiter = DELIMITERS[mapping.delimiter as keyof typeof DELIMITERS] ?? 'comma';
  return (
    <>
      <div className={classes.file}>
        <strong className={classes.fileName}>{file.name}</strong>
        <span className={classes.hint}>
          {say('found', {
            size: sizeIn(language, preview.bytes),
            gzip: String(preview.gzip),
            encoding: mapping.encoding.toUpperCase(),
            delimiter: say(`delimiter.${delimiter}`),
            columns: mapping.columns.length,
          })}
        </span>
        <FileField compact busy={opening} onFile={actions.choose} />
      </div>
      <div className={classes.choices}>
        <NativeSelect
          label={say('format')}
          rightSection={chevron}
          value={format}
          data-autofocus
          data={PRESETS.map((preset) => ({ value: preset.format, label: say(`format.${preset.format}`) }))}
          onChange={(event) => actions.chooseFormat(event.currentTarget.value as ImportFormat)}
        />
        <NativeSelect
          label={say('dateOrder')}
          rightSection={chevron}
          value={mapping.dateOrder}
          data={ORDERS.map((order) => ({ value: order, label: say(`dateOrder.${order}`) }))}
          onChange={(event) => {
            const dateOrder = event.currentTarget.value as ColumnMapping['dateOrder'];
            changeImport({ mapping: { ...mapping, dateOrder } });
          }}
        />
        <TextInput
          label={say('source')}
          description={say('sourceHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={200}
          value={mapping.source}
          onChange={(event) => changeImport({ mapping: { ...mapping, source: event.currentTarget.value } })}
        />
        <Combo
          label={say('zone')}
          value={zone}
          valueLabel={zone}
          options={zones}
          description={say('zoneHint')}
          onChange={(chosen) => changeImport({ zone: chosen })}
        />
      </div>
      {problemsOf(preview, mapping, format).map((problem) => (
        <ErrorNote key={problem} text={say(`problem.${problem}`)} />
      ))}
      <ColumnsTable mapping={mapping} sample={preview.sample} onTarget={actions.chooseTarget} />
    </>
  );
}

/** Every zone this runtime knows, with UTC and the one chosen. */
const zoneOptions = (chosen: string) =>
  [...new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({
    value: zone,
    label: zone,
    keywords: zone.replaceAll(/[/_]/g, ' '),
  }));
