import { z } from 'zod';
import type { ColumnMapping, ImportFormat, ImportTarget } from './import.ts';
import generic from './presets/generic.json' with { type: 'json' };
import jiraAllFields from './presets/jira-all-fields.json' with { type: 'json' };
import serviceNowList from './presets/service-now-list.json' with { type: 'json' };
import uciEventLog from './presets/uci-event-log.json' with { type: 'json' };

export const IMPORT_TARGETS = [
  'number',
  'rowVersion',
  'shortDescription',
  'description',
  'callerName',
  'openedByName',
  'channel',
  'siteName',
  'categoryName',
  'subcategoryName',
  'symptom',
  'serviceName',
  'configurationItemName',
  'impact',
  'urgency',
  'priority',
  'state',
  'assignmentGroupName',
  'assignedToName',
  'openedAt',
  'updatedAt',
  'updatedByName',
  'resolvedAt',
  'resolvedByName',
  'closedAt',
  'resolutionCode',
  'resolutionNotes',
  'reassignmentCount',
  'reopenCount',
  'modificationCount',
  'problemRef',
  'changeRef',
  'vendor',
  'causedBy',
  'tags',
  'watchers',
  'comment',
  'extra',
  'ignore',
] as const satisfies readonly ImportTarget[];

/** Targets that hold one value of a row each (SourceValue of domain/history). */
export const VALUE_TARGETS = IMPORT_TARGETS.filter(
  (target) => !['tags', 'watchers', 'comment', 'extra', 'ignore'].includes(target),
) as Exclude<ImportTarget, 'tags' | 'watchers' | 'comment' | 'extra' | 'ignore'>[];

/** Targets that more than one column may feed; any other target is taken by the first column that claims it. */
export const REPEATABLE_TARGETS: readonly ImportTarget[] = ['tags', 'watchers', 'comment', 'extra', 'ignore'];

export const presetSchema = z.strictObject({
  format: z.enum(['uciEventLog', 'serviceNowList', 'jiraAllFields', 'generic']),
  /** What the imported incidents name as their source. Part of every imported id: never changed once shipped. */
  source: z.string(),
  /** One row per update of an incident rather than one row per incident. */
  eventLog: z.boolean(),
  /** Header names (lower case) that give the format away. */
  recognise: z.array(z.string()),
  /** Cell texts that mean "no value". */
  missing: z.array(z.string()),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']),
  /** Header name (lower case) → target. */
  columns: z.record(z.string(), z.enum(IMPORT_TARGETS)),
  /**
   * Targets the source repeats on every row although it only knew them at the end. They are used from the row on
   * that is resolved (closedAt: closed). In the UCI event log closed_code, resolved_by, resolved_at and closed_at
   * never vary within one of its 24,918 incidents, also on rows that are New: outcome labels, not history.
   */
  hindsight: z.array(z.enum(VALUE_TARGETS)),
  /** Where a source has no text, the short description is composed of these. */
  shortDescriptionFrom: z.array(z.enum(VALUE_TARGETS)),
  /** Stands for a short description where a row has other content but no text at all; such rows are noted. */
  untitled: z.string().min(1),
  /** Source states (lower case) beyond the common ones: state or `onHold:reason`. */
  states: z.record(z.string(), z.string()),
  channels: z.record(z.string(), z.string()),
});
export type ImportPreset = z.infer<typeof presetSchema>;

/** All presets, in the order in which a file is tried against them. */
export const PRESETS: readonly ImportPreset[] = [uciEventLog, serviceNowList, jiraAllFields, generic].map((data) =>
  presetSchema.parse(data),
);

export function presetOf(format: ImportFormat): ImportPreset {
  const preset = PRESETS.find((candidate) => candidate.format === format);
  if (!preset) throw new Error(`no preset for ${format}`);
  return preset;
}

/** True if a mapping can make an incident out of a row at all. */
export const canNameIncidents = (mapping: ColumnMapping, preset: ImportPreset): boolean =>
  mapping.columns.some(
    ({ target }) =>
      target === 'shortDescription' ||
      target === 'description' ||
      (preset.shortDescriptionFrom as readonly ImportTarget[]).includes(target),
  );
