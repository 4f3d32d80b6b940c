/** One row of an export, its cells sorted by what they mean. Missing values are absent, never ''. */
export interface SourceRow {
  /** 1-based physical line on which the row starts. */
  readonly line: number;
  readonly values: Readonly<Partial<Record<SourceValue, string>>>;
  readonly tags: readonly string[];
  readonly watchers: readonly string[];
  readonly comments: readonly string[];
  /** Columns without a home, by header. */
  readonly extra: Readonly<Record<string, string>>;
}

export type SourceValue =
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
  | 'causedBy';

/** How a source's rows are to be read. */
export interface SourceRules {
  /** Names the source; part of every imported id. */
  readonly source: string;
  readonly hindsight: readonly SourceValue[];
  readonly shortDescriptionFrom: readonly SourceValue[];
  /** Stands in where a row has no text at all. */
  readonly untitled: string;
  readonly states: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
}
