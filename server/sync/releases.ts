import type { Id, Instant } from '#domain/activity/activity.ts';
import { asIncidentActivity } from '#domain/incident/activities/registry.schema.ts';
import type { SharedLog } from '#sync/authority/shared-log.ts';

export interface ReleasePorts {
  readonly log: SharedLog;
  readonly now: () => Instant;
  /** These people may read something from now on that they may not have read before. */
  readonly onReleased: (people: ReadonlySet<Id>) => void;
  readonly onTrouble: (error: unknown) => void;
}

interface Due {
  readonly incidentId: Id;
  readonly at: Instant;
}

const REPLY = 'incident.reply';
/** Activities read at once; seqs before the end in which a start looks for replies that wait. */
const PAGE = 2_000;
/** Replies that may wait here. Those beyond are read with the next pull. */
const ROOM = 10_000;
/** Milliseconds in which growth is gathered: a reply waits longer than that. */
const GATHER = 1_000;
/** Of one timer: a machine that slept, or a clock that was set, is noticed. */
const LONGEST = 60_000;

/** Watches the log for replies that wait for their release, and tells when they are released (SPEC 7.12). */
export class Releases {
  private readonly ports: ReleasePorts;
  private due: readonly Due[] = [];
  private read = 0;
  private gathering: NodeJS.Timeout | null = null;
  private alarm: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(ports: ReleasePorts, end: number) {
    this.ports = ports;
    this.read = Math.max(0, end - PAGE);
    this.look();
  }

  /** The log ends here now; after a restore that is earlier. */
  grew(end: number): void {
    if (end < this.read) this.read = end;
    if (this.closed) return;
    this.gathering ??= setTimeout(() => this.look(), GATHER);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.gathering !== null) clearTimeout(this.gathering);
    if (this.alarm !== null) clearTimeout(this.alarm);
    await this.running;
  }

  private look(): void {
    this.gathering = null;
    this.run(() => this.readOn());
  }

  private run(work: () => Promise<void>): void {
    this.running = this.running
      .then(work)
      .catch(this.ports.onTrouble)
      .then(() => this.arm());
  }

  private async readOn(): Promise<void> {
    for (let more = true; more && !this.closed; ) {
      const from = this.read;
      const { found, end } = await this.ports.log.read(async (reader) => ({
        found: await reader.activitiesAfter(from, reader.head.seq, PAGE),
        end: reader.head.seq,
      }));
      const now = this.ports.now();
      const waiting = found.flatMap((activity): Due[] => {
        const entry = activity.type === REPLY ? asIncidentActivity(activity) : null;
        if (entry?.type !== REPLY || entry.payload.releaseAt <= now) return [];
        return [{ incidentId: entry.subject.id, at: entry.payload.releaseAt }];
      });
      if (waiting.length > 0) {
        this.due = [...this.due, ...waiting].toSorted((one, other) => one.at - other.at).slice(0, ROOM);
      }
      // A restore meanwhile has set it back.
      if (this.read === from) this.read = found.at(-1)?.seq ?? end;
      more = found.length >= PAGE;
    }
  }

  private arm(): void {
    if (this.alarm !== null) clearTimeout(this.alarm);
    this.alarm = null;
    const [next] = this.due;
    if (next === undefined || this.closed) return;
    const wait = Math.min(Math.max(next.at - this.ports.now(), 1), LONGEST);
    this.alarm = setTimeout(() => this.run(() => this.release()), wait);
  }

  private async release(): Promise<void> {
    const { log, now, onReleased } = this.ports;
    const at = now();
    const released = this.due.filter((one) => one.at <= at);
    if (released.length === 0) return;
    const rows = await log.read((reader) =>
      reader.incidents([...new Set(released.map(({ incidentId }) => incidentId))]),
    );
    this.due = this.due.filter((one) => one.at > at);
    const people = [...rows.values()].flatMap(({ callerId, affectedId }) => [callerId, affectedId]);
    onReleased(new Set(people.filter((person) => person !== null)));
  }
}
