import type { Queries } from '#contracts/engine/protocol.ts';
import type { FirstPage } from '#contracts/host/desk-host.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { LiveDesk } from './live-desk.ts';
import { queueRow } from './queue-row.ts';

/** As many rows as a large screen shows at once. */
const ROWS = 60;

type Looked = Queries['list']['args'];

/** Remembers which list is looked at, and makes of it what the next start paints before the engine answers. */
export class FirstPageMaker {
  private looked: Looked | null = null;
  private readonly desk: LiveDesk;

  constructor(desk: LiveDesk) {
    this.desk = desk;
  }

  /** The top of an unfiltered list is what a start shows. */
  look(args: Looked): void {
    if (args.from === 0 && args.spec.text === '' && args.spec.filters.length === 0) this.looked = args;
  }

  async make(personId: Id | null): Promise<FirstPage | null> {
    if (personId === null || this.looked?.personId !== personId) return null;
    const { spec } = this.looked;
    const { desk } = this;
    const viewer = desk.directory.viewer(personId);
    const lsn = desk.lsn;
    const { total, ids } = desk.index.list(spec, viewer, 0, ROWS);
    const rows = (await desk.incidents(ids)).map((incident) => queueRow(incident, desk, viewer));
    return { queue: spec.queue, personId, total, counts: desk.index.counts(viewer), rows, lsn };
  }
}
