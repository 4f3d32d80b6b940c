/** Shapes of the CSV import, shared by the worker that reads, the engine that stores and the dialog that shows. */
import type { Instant } from '#domain/activity/activity.ts';

export type ImportFormat = 'uciEventLog' | 'serviceNowList' | 'jiraAllFields' | 'generic';

/** What a column can become. Presets (data, in contracts/import/presets) map header names to these. */
export type ImportTarget =
  | 'number'
  | 'rowVersion'
  | 'shortDescription'
  | 'description'
  | 'callerName'
  | 'openedByName'
  | 'channel'
  | 'siteName'
  | 'categoryName'
  | 'subcategoryName'
  | 'symptom'
  | 'serviceName'
  | 'configurationItemName'
  | 'impact'
  | 'urgency'
  | 'priority'
  | 'state'
  | 'assignmentGroupName'
  | 'assignedToName'
  | 'openedAt'
  | 'updatedAt'
  | 'updatedByName'
  | 'resolvedAt'
  | 'resolvedByName'
  | 'closedAt'
  | 'resolutionCode'
  | 'resolutionNotes'
  | 'reassignmentCount'
  | 'reopenCount'
  | 'modificationCount'
  | 'problemRef'
  | 'changeRef'
  | 'vendor'
  | 'causedBy'
  | 'tags'
  | 'watchers'
  | 'comment'
  | 'extra'
  | 'ignore';

export interface ColumnMapping {
  /**
   * Names the system the rows come from; the preset's unless a person says otherwise. Part of every imported id: the
   * same number of the same source is the same incident.
   */
  readonly source: string;
  /** By column index, so repeated headers stay apart. */
  readonly columns: readonly { readonly index: number; readonly header: string; readonly target: ImportTarget }[];
  readonly delimiter: string;
  readonly encoding: string;
  readonly hasHeader: boolean;
  readonly dateOrder: 'ymd' | 'dmy' | 'mdy';
}

export interface ImportPreview {
  readonly format: ImportFormat;
  readonly mapping: ColumnMapping;
  readonly gzip: boolean;
  readonly bytes: number;
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
  /** What stands in the way of importing with this mapping, as codes. */
  readonly problems: readonly ('noShortDescription' | 'noRows')[];
}

/** Every reason a row or a value may be refused or noted, one sentence each in the catalogue. */
export type RowIssueCode =
  | 'cellCountDiffers'
  | 'truncatedRow'
  | 'cellTooLong'
  | 'unknownState'
  | 'unknownPriority'
  | 'unknownImpact'
  | 'unknownUrgency'
  | 'badDate'
  | 'missingOpenedAt'
  | 'missingShortDescription'
  | 'missingNumber'
  | 'rowVersionGoesBack'
  | 'badEncoding'
  | 'unclosedQuote'
  | 'unknownChannel';

export interface RowIssue {
  /** 1-based physical line on which the row starts. */
  readonly line: number;
  readonly severity: 'refused' | 'noted';
  readonly code: RowIssueCode;
  readonly column: string | null;
  /** The offending value, cut at 200 characters. */
  readonly value: string;
}

export interface ImportReport {
  readonly dryRun: boolean;
  readonly rows: number;
  readonly rowsBlank: number;
  readonly rowsRefused: number;
  readonly rowsAlreadyThere: number;
  readonly incidentsAdded: number;
  readonly incidentsGrown: number;
  readonly incidentsUnchanged: number;
  readonly activitiesAdded: number;
  readonly peopleAdded: number;
  readonly teamsAdded: number;
  readonly categoriesAdded: number;
  readonly overridesAsImported: number;
  readonly numbersTaken: number;
  /** All refused rows and notes, in line order; the first `MAX_ISSUES` in full, `issuesTotal` counts all. */
  readonly issues: readonly RowIssue[];
  readonly issuesTotal: number;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
}
/** Above this many issues the report keeps counting but stops listing, and says so. */
export const MAX_ISSUES = 50_000;
