import type { ColumnMapping, ImportFormat, ImportPreview } from '#contracts/import/import.ts';
import { canNameIncidents, presetOf } from '#contracts/import/preset.ts';

type Problem = ImportPreview['problems'][number];

/** What stands in the way of importing with these columns, as they are chosen now. */
export function problemsOf(preview: ImportPreview, mapping: ColumnMapping, format: ImportFormat): readonly Problem[] {
  return [
    ...(canNameIncidents(mapping, presetOf(format)) ? [] : (['noShortDescription'] as const)),
    ...(preview.sample.length === 0 ? (['noRows'] as const) : []),
  ];
}

export const canImport = (
  preview: ImportPreview | null,
  mapping: ColumnMapping | null,
  format: ImportFormat | null,
): boolean =>
  preview !== null &&
  mapping !== null &&
  mapping.source.trim() !== '' &&
  format !== null &&
  problemsOf(preview, mapping, format).length === 0;
