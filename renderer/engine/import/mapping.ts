import type { ColumnMapping, ImportFormat, ImportTarget } from '#contracts/import/import.ts';
import { type ImportPreset, PRESETS, REPEATABLE_TARGETS } from '#contracts/import/preset.ts';
import type { SourceRow, SourceValue } from '#domain/history/source-row.ts';

const fold = (header: string) => header.trim().toLowerCase();

/** What a preset makes of a header. Only its own entries count: a column may well be called `constructor`. */
const targetOf = (header: string, { columns }: ImportPreset): ImportTarget | undefined =>
  Object.hasOwn(columns, fold(header)) ? columns[fold(header)] : undefined;

/** The preset whose tell-tale headers are (nearly) all there; else the generic one. */
export function recogniseFormat(header: readonly string[]): ImportFormat {
  const present = new Set(header.map(fold));
  const share = (preset: ImportPreset) =>
    preset.recognise.filter((name) => present.has(name)).length / Math.max(1, preset.recognise.length);
  const found = PRESETS.find((preset) => preset.recognise.length > 0 && share(preset) >= 0.85);
  return found?.format ?? 'generic';
}

/** Proposes a target for every column; a target that takes one column goes to the first that claims it. */
export function proposeColumns(header: readonly string[], preset: ImportPreset): ColumnMapping['columns'] {
  const taken = new Set<ImportTarget>();
  return header.map((name, index) => {
    const wanted = targetOf(name, preset);
    const target = wanted === undefined || taken.has(wanted) ? 'extra' : wanted;
    if (!REPEATABLE_TARGETS.includes(target)) taken.add(target);
    return { index, header: name, target };
  });
}

type Many = 'tags' | 'watchers' | 'comment';
const NONE: readonly string[] = [];

/** A reader of rows under one mapping. Cells that mean "no value" are left out; unmapped ones go to `extra`. */
export function rowMapper(mapping: ColumnMapping, preset: ImportPreset) {
  const missing = new Set(preset.missing);
  const read = mapping.columns.filter(({ target }) => target !== 'ignore');
  return (cells: readonly string[], line: number): SourceRow => {
    const values: Partial<Record<SourceValue, string>> = {};
    const many: Partial<Record<Many, string[]>> = {};
    const extra: Record<string, string> = {};
    for (const { index, header, target } of read) {
      const cell = cells[index];
      const trimmed = cell?.trim();
      if (cell === undefined || trimmed === undefined || trimmed === '' || missing.has(trimmed)) continue;
      if (target === 'extra') extra[extraName(extra, header)] = cell;
      else if (target === 'tags' || target === 'watchers' || target === 'comment') {
        many[target] = [...(many[target] ?? []), trimmed];
      } else values[target as SourceValue] = target === 'description' || target === 'shortDescription' ? cell : trimmed;
    }
    return {
      line,
      values,
      tags: once(many.tags),
      watchers: once(many.watchers),
      comments: many.comment ?? NONE,
      extra,
    };
  };
}

const once = (texts: readonly string[] | undefined): readonly string[] => (texts ? [...new Set(texts)] : NONE);

/** Repeated headers stay apart: `Attachment`, `Attachment (2)` … */
function extraName(extra: Readonly<Record<string, string>>, header: string): string {
  const trimmed = header.trim() || '(no header)';
  // The one name that no plain object can hold as its own: a value under it would be lost.
  const name = trimmed === '__proto__' ? '(__proto__)' : trimmed;
  for (let ordinal = 1; ; ordinal += 1) {
    const candidate = ordinal === 1 ? name : `${name} (${ordinal})`;
    if (!Object.hasOwn(extra, candidate)) return candidate;
  }
}
