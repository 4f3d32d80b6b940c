import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import { applyActivity } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { nextNumber, numberKey, parseNumber } from '#domain/incident/numbering.ts';
import { ok, type Result } from '#domain/result.ts';
import { type BasePage, packRows } from '#renderer/data/base-pages.ts';
import { packLines } from '#renderer/data/packed-lines.ts';
import type { AdoptionBundle, AdoptionCounts, DirectoryEntry } from './import/adoption.ts';
import type { LiveDesk } from './live-desk.ts';
import type { Grown } from './replay-stage.ts';
import { inRuns } from './runs.ts';
import type { Pause } from './slices.ts';

/** Incidents of one page: few enough that reading one of them is cheap, many enough that 100,000 are few rows. */
const PAGE_INCIDENTS = 64;
/** Histories of one page in characters: packed as badly as can be, a page still is one line of a stage. */
const PAGE_CHARACTERS = 1024 * 1024;

export const NO_COUNTS: AdoptionCounts = {
  added: 0,
  grown: 0,
  unchanged: 0,
  activitiesAdded: 0,
  rowsAdded: 0,
  numbersTaken: 0,
  peopleAdded: 0,
  teamsAdded: 0,
  categoriesAdded: 0,
};

/** One import on its way: what it has staged, and what it has set aside for its commit. */
export class AdoptionStage {
  readonly stageId: Id;
  readonly beginLsn: number;
  readonly directory = new Map<string, DirectoryEntry>();
  readonly grown: Grown[] = [];
  readonly pageKeys: string[] = [];
  readonly staged = new Set<Id>();
  /** The batch that is being written while the next one is read. */
  writing: Promise<Result<null, EngineError>> = Promise.resolve(ok(null));
  /** Activities taken for incidents that are here, so that a file that tells them twice adds them once. */
  readonly taken = new Map<Id, Set<Id>>();
  private readonly numbers: string[] = [];
  /** The highest number of our own form that this import bears or was given. */
  private highest = 0;
  private readonly desk: LiveDesk;

  constructor(stageId: Id, beginLsn: number, desk: LiveDesk) {
    this.stageId = stageId;
    this.beginLsn = beginLsn;
    this.desk = desk;
  }

  /** True for an incident this import has to add to rather than to make. */
  holds(id: Id): boolean {
    return this.staged.has(id) || this.desk.index.has(id);
  }

  /** Entries that are new to the desk and to this import. */
  newEntries(entries: readonly DirectoryEntry[]): readonly DirectoryEntry[] {
    const fresh = entries.filter(({ kind, record }) => {
      const key = `${kind} ${record.id}`;
      return !this.directory.has(key) && !this.desk.directory.has(kind, record.id);
    });
    for (const entry of fresh) this.directory.set(`${entry.kind} ${entry.record.id}`, entry);
    return fresh;
  }

  /** Gives each incident that is new to the desk its number; how many could not keep their own is answered at once. */
  number(bundles: readonly AdoptionBundle[]): { readonly rows: readonly Numbered[]; readonly numbersTaken: number } {
    // Those whose number is free first: one that is given out anew must not take the next one's.
    const kept = new Set(bundles.filter((bundle) => this.keepsNumber(bundle)));
    const rows = bundles.map((bundle) => (kept.has(bundle) ? this.asItIs(bundle) : this.renumbered(bundle)));
    for (const { row } of rows) this.staged.add(row.id);
    const named = bundles.filter((bundle) => bundle.externalNumber !== null);
    return { rows, numbersTaken: named.filter((bundle) => !kept.has(bundle)).length };
  }

  /** Pages of numbered incidents, packed piece by piece. */
  async pagesOf(rows: readonly Numbered[], pause: Pause): Promise<readonly BasePage[]> {
    const pages: BasePage[] = [];
    const weightOf = ({ line }: Numbered) => line.length;
    for (const some of inRuns(rows, { items: PAGE_INCIDENTS, weight: PAGE_CHARACTERS, weightOf })) {
      pages.push(await this.page(some));
      await pause();
    }
    return pages;
  }

  /** Numbers that were set aside are free again, or borne by visible incidents. */
  release(): void {
    for (const number of this.numbers) this.desk.setAside.delete(number);
  }

  private async page(rows: readonly Numbered[]): Promise<BasePage> {
    const key = `${this.stageId}/${this.pageKeys.length}`;
    this.pageKeys.push(key);
    const [packed, lines] = await Promise.all([
      packRows(rows.map(({ row }) => JSON.stringify(row))),
      packLines(rows.map(({ line }) => line)),
    ]);
    const ids = rows.map(({ row }) => row.id);
    return {
      page: { page: key, stageId: this.stageId, lsn: this.beginLsn, ids, rows: packed },
      history: { page: key, lines },
    };
  }

  /** Sets the source's number aside if it is free. */
  private keepsNumber({ externalNumber, folded }: AdoptionBundle): boolean {
    if (externalNumber === null || folded.number === '' || this.desk.isNumberTaken(folded.number)) return false;
    this.setAside(folded.number);
    return true;
  }

  private setAside(number: string): void {
    const key = numberKey(number);
    this.desk.setAside.add(key);
    this.numbers.push(key);
    this.highest = Math.max(this.highest, parseNumber(number) ?? 0);
  }

  private asItIs({ folded, line }: AdoptionBundle): Numbered {
    return { row: { ...folded, ...this.through }, line };
  }

  /** One of our numbers; the source's own, if it has one, becomes an alias. */
  private renumbered(bundle: AdoptionBundle): Numbered {
    const { desk } = this;
    const highest = Math.max(desk.index.highestNumber(), this.highest);
    const number = nextNumber(highest, (one) => desk.isNumberTaken(one));
    this.setAside(number);
    const activity = numberedActivity(bundle, number);
    const row = { ...applyActivity(bundle.folded, activity, { matrix: desk.matrix }), ...this.through };
    const separator = bundle.activityIds.length > 0 ? ',' : '';
    return { row, line: `${bundle.line.slice(0, -1)}${separator}${JSON.stringify(activity)}]` };
  }

  private get through() {
    return { throughSeq: this.beginLsn, throughIndex: -1 };
  }
}

/** An incident with the number it will bear, and its history as a line. */
export interface Numbered {
  readonly row: Incident;
  readonly line: string;
}

function numberedActivity({ incidentId, folded, source, activities }: AdoptionBundle, number: string): Activity {
  const last = activities.at(-1);
  return {
    id: nameBasedId('numbered', incidentId, number),
    subject: { kind: 'incident', id: incidentId },
    type: 'incident.numbered',
    payload: { number, formerSource: source },
    actor: last?.actor ?? '',
    device: last?.device ?? '',
    seq: null,
    occurredAt: folded.updatedAt,
    recordedAt: folded.updatedAt,
    syncedAt: null,
    visibility: 'internal',
    origin: 'observed',
    cause: null,
  };
}
