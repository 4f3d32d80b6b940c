import type { BasePage } from '#renderer/data/base-pages.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { nameBasedId } from '#domain/activity/ids.ts';
import { applyActivity } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import { adoptNumber, numberKey, parseNumber } from '#domain/incident/numbering.ts';
import type { AdoptionBundle, AdoptionCounts, DirectoryEntry } from './import/adoption.ts';
import type { LiveDesk } from './live-desk.ts';
import type { Grown } from './replay-stage.ts';

/** Incidents of one page: few enough that reading one of them is cheap, many enough that 100,000 are few rows. */
const PAGE_INCIDENTS = 64;

export const NO_COUNTS: AdoptionCounts = {
  added: 0,
  grown: 0,
  unchanged: 0,
  activitiesAdded: 0,
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
  /** Activities taken for incidents that are here, so that a file that tells them twice adds them once. */
  readonly taken = new Map<Id, Set<Id>>();
  private readonly numbers: string[] = [];
  private lastIssued = 0;
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

  /** Pages of incidents that are new to the desk, and how many of them could not keep their number. */
  pagesOf(bundles: readonly AdoptionBundle[]): { readonly pages: readonly BasePage[]; readonly numbersTaken: number } {
    const pages: BasePage[] = [];
    let numbersTaken = 0;
    for (let at = 0; at < bundles.length; at += PAGE_INCIDENTS) {
      const numbered = bundles.slice(at, at + PAGE_INCIDENTS).map((bundle) => this.withNumber(bundle));
      numbersTaken += numbered.filter((one) => one.taken).length;
      pages.push(this.page(numbered));
    }
    return { pages, numbersTaken };
  }

  /** Numbers that were set aside are free again, or borne by visible incidents. */
  release(): void {
    for (const number of this.numbers) this.desk.setAside.delete(number);
  }

  private page(rows: readonly Numbered[]): BasePage {
    const key = `${this.stageId}/${this.pageKeys.length}`;
    this.pageKeys.push(key);
    for (const { row } of rows) this.staged.add(row.id);
    return {
      page: {
        page: key,
        stageId: this.stageId,
        lsn: this.beginLsn,
        ids: rows.map(({ row }) => row.id),
        rows: rows.map(({ row }) => JSON.stringify(row)),
      },
      history: { page: key, lines: rows.map(({ line }) => line) },
    };
  }

  /** A source's number is kept if it is free; else the incident gets one of ours, and its own becomes an alias. */
  private withNumber(bundle: AdoptionBundle): Numbered {
    const { desk } = this;
    const highest = Math.max(desk.index.highestNumber(), this.lastIssued);
    const { number, alias } = adoptNumber(bundle.externalNumber, highest, (one) => desk.isNumberTaken(one));
    const key = numberKey(number);
    // Numbers given out one after the other: the search for a free one goes on where the last ended.
    if (bundle.externalNumber === null || alias !== null) this.lastIssued = parseNumber(number) ?? this.lastIssued;
    desk.setAside.add(key);
    this.numbers.push(key);
    const through = { throughSeq: this.beginLsn, throughIndex: -1 };
    if (number === bundle.folded.number) return { row: { ...bundle.folded, ...through }, line: bundle.line, taken: false };
    const renumbered = numberedActivity(bundle, number);
    const row = { ...applyActivity(bundle.folded, renumbered, { matrix: desk.matrix }), ...through };
    const separator = bundle.activities.length > 0 ? ',' : '';
    return { row, line: `${bundle.line.slice(0, -1)}${separator}${JSON.stringify(renumbered)}]`, taken: alias !== null };
  }
}

interface Numbered {
  readonly row: Incident;
  readonly line: string;
  readonly taken: boolean;
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

