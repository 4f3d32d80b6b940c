import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Attachment } from '#domain/incident/attachments.ts';

interface EntryBase {
  readonly id: Id;
  /** Order of confirmation; null while proposed. */
  readonly seq: number | null;
  /** A person's id, or the desk itself; named through `Names`. */
  readonly actor: Id;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** What an import says happened: never called late, whenever it was read in. */
  readonly observed: boolean;
  readonly lateReason: string | null;
  readonly commandId: Id | null;
}

/** Who took a reply back before it went out, and when. */
export interface Withdrawal {
  readonly by: Id;
  readonly at: Instant;
}

/** A text somebody wrote or received. */
export interface TextEntry extends EntryBase {
  readonly kind: 'note' | 'reply' | 'message' | 'call';
  readonly body: string;
  /** A reply leaves the desk no earlier; null for everything else. */
  readonly releaseAt: Instant | null;
  /** Taken back before it went out; null for what stands. */
  readonly withdrawn: Withdrawal | null;
}

/** A change of fields, state, owner or group, one sentence for each thing that changed. */
export interface ChangeEntry extends EntryBase {
  readonly kind: 'change';
  readonly lines: readonly string[];
  /** True when only fields changed, by a person's edit or a source's row: a run of such entries folds to one line. */
  readonly fieldsOnly: boolean;
}
/** A file that somebody attached. */
export interface AttachmentEntry extends EntryBase {
  readonly kind: 'attachment';
  readonly attachment: Attachment;
}
export type Entry = TextEntry | ChangeEntry | AttachmentEntry;

/** A run of field changes, shown as one line until opened: all of them a person's, or all of them a source's. */
export interface Fold {
  readonly kind: 'fold';
  readonly id: Id;
  readonly entries: readonly ChangeEntry[];
}
export type TimelineItem = Entry | Fold;

export const FILTERS = ['all', 'conversation', 'notes', 'changes'] as const;
export type Filter = (typeof FILTERS)[number];

const KINDS: Readonly<Record<Exclude<Filter, 'all'>, readonly Entry['kind'][]>> = {
  conversation: ['reply', 'message', 'call'],
  notes: ['note', 'attachment'],
  changes: ['change'],
};

export const matching = (entries: readonly Entry[], filter: Filter): readonly Entry[] =>
  filter === 'all' ? entries : entries.filter((entry) => KINDS[filter].includes(entry.kind));

/** An entry written down more than this long after it happened shows both times. */
export const LATE_MS = 60_000;

export const isLate = (entry: Pick<EntryBase, 'occurredAt' | 'recordedAt' | 'observed'>): boolean =>
  !entry.observed && entry.recordedAt - entry.occurredAt > LATE_MS;

const foldable = (entry: Entry | undefined): entry is ChangeEntry => entry?.kind === 'change' && entry.fieldsOnly;

/**
 * Folds runs of two and more field changes to one item each. A run never crosses `boundaryId` (the first unseen
 * entry), so that what is new is never hidden among what is known.
 */
export function foldRuns(entries: readonly Entry[], boundaryId: Id | null): readonly TimelineItem[] {
  const items: TimelineItem[] = [];
  let run: ChangeEntry[] = [];
  const endRun = () => {
    const [first] = run;
    if (first && run.length > 1) items.push({ kind: 'fold', id: first.id, entries: run });
    else items.push(...run);
    run = [];
  };
  for (const entry of entries) {
    if (entry.id === boundaryId || run[0]?.observed !== entry.observed) endRun();
    if (foldable(entry)) run.push(entry);
    else {
      endRun();
      items.push(entry);
    }
  }
  endRun();
  return items;
}
