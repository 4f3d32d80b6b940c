import type { PullAnswer } from '#contracts/sync/wire.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import { inLogOrder } from '#domain/incident/fold.ts';
import type { Incident } from '#domain/incident/incident.ts';
import type { Cursor } from './cursor.ts';
import { rowFor, timelineFor } from './reveal.ts';
import type { LogReader } from './shared-log.ts';
import type { View } from './view.ts';

/** What a page is made from. */
export interface Pulling {
  readonly reader: LogReader;
  readonly view: View;
  /** Incidents that the device wants to keep beside its scope from now on; empty when it has none. */
  readonly beside: readonly Id[];
  /** About how many rows and entries a page holds. */
  readonly limit: number;
  readonly now: Instant;
  /** How many last commands count as recent in a first load. */
  readonly recent: number;
}

type Contents = Omit<PullAnswer, 'cursor' | 'epoch' | 'expected' | 'throughSeq' | 'more'>;

/** A page: where it ends, and of its contents what isn't empty. */
export type Page = Partial<Contents> & { readonly cursor: Cursor; readonly more: boolean };

export const nothingYet: Contents = {
  begins: false,
  ends: false,
  loading: null,
  matrix: null,
  records: [],
  incidents: [],
  activities: [],
  whole: [],
  removed: [],
};

/** Collects the rows and entries of a page. What goes in is readable by the person; what comes out is what they get. */
export class PageDraft {
  private readonly pulling: Pick<Pulling, 'view' | 'now'>;
  private readonly rows = new Map<Id, Incident>();
  private readonly entries: Activity[] = [];
  private readonly whole = new Set<Id>();
  private readonly waiting = new Set<Id>();

  constructor(pulling: Pick<Pulling, 'view' | 'now'>) {
    this.pulling = pulling;
  }

  row(incident: Incident): void {
    this.rows.set(incident.id, rowFor(this.pulling.view, incident));
  }

  /** Entries of an incident whose others are held already; only for those who see all entries. */
  some(entries: readonly Activity[]): void {
    this.entries.push(...entries);
  }

  all(incident: Incident, timeline: readonly Activity[]): void {
    const { activities, waits } = timelineFor(this.pulling.view, timeline, this.pulling.now);
    this.row(incident);
    this.entries.push(...activities);
    this.whole.add(incident.id);
    if (waits) this.waiting.add(incident.id);
  }

  /** Incidents of which an entry waits for its release. */
  get held(): readonly Id[] {
    return [...this.waiting];
  }

  contents(): Pick<PullAnswer, 'incidents' | 'activities' | 'whole'> {
    return { incidents: [...this.rows.values()], activities: inLogOrder(this.entries), whole: [...this.whole] };
  }
}
