import type { JoinPreview, MappingRow, MappingTarget } from '#contracts/engine/agreement.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { DirectoryKind } from '#domain/directory/directory.ts';

/** What was chosen for a record of this desk: one of the server's, or null: taken along as a new one. */
export type Choices = Readonly<Record<string, Id | null>>;

export const keyOfRow = ({ kind, localId }: Pick<MappingRow, 'kind' | 'localId'>): string => `${kind} ${localId}`;

/** What a record becomes: as chosen, else as suggested, else new; undefined where something has to be chosen first. */
export function fateOf(row: MappingRow, choices: Choices, mayAddRecords: boolean): Id | null | undefined {
  const chosen = choices[keyOfRow(row)];
  const fate = chosen === undefined ? row.suggestedId : chosen;
  return fate === null && !mayAddRecords ? undefined : fate;
}

/** One kind's share of what has to be mapped. */
export interface KindOfRows {
  readonly kind: DirectoryKind;
  readonly rows: readonly MappingRow[];
  /** Those of them that the server seems not to know. */
  readonly unmatched: readonly MappingRow[];
  readonly targets: readonly MappingTarget[];
}

const ORDER: readonly DirectoryKind[] = ['person', 'team', 'site', 'category', 'service', 'configurationItem'];

export const kindsOf = ({ rows, targets }: Pick<JoinPreview, 'rows' | 'targets'>): readonly KindOfRows[] =>
  ORDER.map((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    return {
      kind,
      rows: own,
      unmatched: own.filter((row) => row.suggestedId === null),
      targets: targets.filter((target) => target.kind === kind),
    };
  }).filter((each) => each.rows.length > 0);

/** How many records still need a choice. */
export const undecided = ({ rows, mayAddRecords }: JoinPreview, choices: Choices): number =>
  rows.filter((row) => fateOf(row, choices, mayAddRecords) === undefined).length;

/** A desk without a history of its own has nothing to look at before it joins. */
export const isPlain = ({ incidents, rows }: JoinPreview): boolean => incidents === 0 && rows.length === 0;

/** The incidents of this desk can't be handed over by this person. */
export const isKeptBack = ({ incidents, mayHandOver }: JoinPreview): boolean => incidents > 0 && !mayHandOver;

export const canJoin = (preview: JoinPreview, choices: Choices): boolean =>
  !isKeptBack(preview) && undecided(preview, choices) === 0;

export const mappingOf = ({ rows, mayAddRecords }: JoinPreview, choices: Choices) =>
  rows.map((row) => ({
    kind: row.kind,
    localId: row.localId,
    serverId: fateOf(row, choices, mayAddRecords) ?? null,
  }));
