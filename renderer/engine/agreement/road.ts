import type { Amount, Readiness } from '#contracts/engine/agreement.ts';
import type { Activity, Id, Instant } from '#domain/activity/activity.ts';
import type { LiveDesk } from '../live-desk.ts';
import type { SharedDesk } from './shared-desk.ts';

interface RoadPorts {
  readonly desk: LiveDesk;
  /** The share of the moment; null while this desk has none. */
  shared(): SharedDesk | null;
  syncedAt(): Instant | null;
  /** Bytes free on the device; null when nobody can tell. */
  room(): Promise<number | null>;
  /** Begins to bring here the files that this timeline names. */
  fetchFiles(timeline: readonly Activity[], personId: Id): Promise<void>;
  changed(): void;
}

/** So many of what is missing are named. */
const NAMED = 200;
/** After so many that could not be had in a row, the way is blocked: the rest waits for another try. */
const MOST_FAILURES = 3;
/** Below this a day's work may not fit. Bytes. */
const LEAST_ROOM = 200 * 1024 * 1024;

/** What a person needs on the device for a day without a network: everything they, or their teams, have to do. */
export class RoadBook {
  private readonly ports: RoadPorts;
  private fetching: Amount | null = null;

  constructor(ports: RoadPorts) {
    this.ports = ports;
  }

  async readiness(personId: Id): Promise<Readiness> {
    const { desk, shared, syncedAt, room } = this.ports;
    const wanted = this.wantedBy(personId);
    const missing = await this.missing(wanted);
    const named = await desk.incidents(missing.slice(0, NAMED));
    const states = (await shared()?.states()) ?? [];
    const loading = states.find((state) => state.kind === 'loading') ?? null;
    const bytesFree = await room();
    const held = wanted.length - missing.length;
    return {
      incidents: desk.index.size,
      wanted: wanted.length,
      held,
      missing: named.map(({ id, number, shortDescription }) => ({ id, number, shortDescription })),
      fetching: this.fetching,
      syncedAt: syncedAt(),
      loading: loading && { done: loading.done, total: loading.total },
      bytesFree,
      score: wanted.length === 0 ? 100 : Math.floor((held / wanted.length) * 100),
      ready: missing.length === 0 && loading === null && (bytesFree === null || bytesFree >= LEAST_ROOM),
    };
  }

  /** Fetches what is missing, one after the other; ends when all is here, or when nothing can be had now. */
  async fetch(personId: Id): Promise<void> {
    const { desk } = this.ports;
    const shared = this.ports.shared();
    if (this.fetching || !shared) return;
    const missing = await this.missing(this.wantedBy(personId));
    this.say({ done: 0, total: missing.length });
    let failures = 0;
    for (const [at, id] of missing.entries()) {
      if (this.ports.shared() !== shared || failures >= MOST_FAILURES) break;
      failures = (await shared.client.open(id)) ? 0 : failures + 1;
      this.say({ done: at + 1, total: missing.length });
    }
    for (const id of this.wantedBy(personId)) await this.ports.fetchFiles(await desk.timeline(id), personId);
    this.say(null);
  }

  private say(fetching: Amount | null): void {
    this.fetching = fetching;
    this.ports.changed();
  }

  /** The person's own work first, then their teams'. */
  private wantedBy(personId: Id): readonly Id[] {
    const { desk } = this.ports;
    const viewer = desk.directory.viewer(personId);
    const lists = (['myWork', 'myTeam'] as const).map((queue) => {
      const spec = { queue, order: { key: 'queue', descending: false }, filters: [], text: '' } as const;
      return desk.index.list(spec, viewer, 0, Number.POSITIVE_INFINITY).ids;
    });
    return [...new Set(lists.flat())];
  }

  private async missing(ids: readonly Id[]): Promise<readonly Id[]> {
    const shared = this.ports.shared();
    if (!shared) return [];
    const whole = await shared.withWholeTimeline(ids);
    return ids.filter((id) => !whole.has(id) && !shared.client.pendingOn(id)?.whole);
  }
}
