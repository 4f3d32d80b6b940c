import { parse } from 'csv-parse/browser/esm/sync';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { ImportFormat, ImportPreview } from '#contracts/import/import.ts';
import { canNameIncidents, presetOf } from '#contracts/import/preset.ts';
import type { FileBytes } from '#contracts/platform.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { detectDelimiter } from './csv/detect.ts';
import { openTextSource } from './csv/source.ts';
import { proposeColumns, recogniseFormat } from './mapping.ts';

const SAMPLE_ROWS = 20;
const SAMPLE_CELL_CHARACTERS = 300;
const MOST_COLUMNS = 1_000;

/** What a file seems to be, and how it would be read. Nothing is written, nothing but its beginning is read. */
export async function previewImport(
  file: FileBytes,
  format: ImportFormat | null,
): Promise<Result<ImportPreview, EngineError>> {
  const source = await openTextSource(file);
  if (!source.ok) return err({ code: source.error });
  const { head, gzip, encoding } = source.value;
  const delimiter = detectDelimiter(head);
  const rows = headRows(head, delimiter);
  const header = rows[0] ?? [];
  if (header.length > MOST_COLUMNS) return err({ code: 'importTooWide', details: { columns: header.length } });
  const chosen = format ?? recogniseFormat(header);
  const preset = presetOf(chosen);
  const mapping = {
    source: preset.source,
    columns: proposeColumns(header, preset),
    delimiter,
    encoding,
    hasHeader: true,
    dateOrder: preset.dateOrder,
  };
  const sample = rows.slice(1).map((row) => row.map((cell) => cell.slice(0, SAMPLE_CELL_CHARACTERS)));
  const problems: ImportPreview['problems'][number][] = [];
  if (!canNameIncidents(mapping, preset)) problems.push('noShortDescription');
  if (sample.length === 0) problems.push('noRows');
  return ok({ format: chosen, mapping, gzip, bytes: file.size, header, sample, problems });
}

/** The first rows; the last one of a cut head may be incomplete and is only shown. */
function headRows(head: string, delimiter: string): string[][] {
  return parse(head, {
    delimiter,
    to: SAMPLE_ROWS + 1,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
}
