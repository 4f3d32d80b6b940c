import type { FirstPage } from '#contracts/host/desk-host.ts';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { Id, Instant } from '#domain/activity/activity.ts';
import type { Person } from '#domain/directory/directory.ts';

/** When each person who shares this desk was last known to come or leave. */
export type Seats = Readonly<Record<Id, Instant>>;

interface EngineSettings {
  readonly person: Person | null;
  readonly seats: Seats;
  readonly firstPage: FirstPage | null;
  /** When everything was sent and taken last, for a desk that shares its log. */
  readonly syncedAt: Instant | null;
}

const SYNCED_EVERY = 60_000;

/** The small values the engine keeps for the next start: who is at the desk, who shares it, what was on the screen. */
export class DeskSettings {
  private values: Readonly<Record<string, unknown>> = {};
  private readonly host: EngineHost;
  private writing: Promise<void> = Promise.resolve();
  private syncedWrittenAt: Instant = 0;

  constructor(host: EngineHost) {
    this.host = host;
  }

  /** Who was at the desk last, null on a first start, or when the file can't be read; and who shares it. */
  async read(): Promise<{ readonly personId: Id | null; readonly seats: Seats }> {
    const read = await this.host.settings.read();
    if (read.ok) this.values = read.value;
    else this.host.log('warn', 'settings.unreadable', { code: read.error.code });
    const { person, seats } = this.values;
    const id = person instanceof Object && 'id' in person ? person.id : null;
    return { personId: typeof id === 'string' ? id : null, seats: seatsOf(seats) };
  }

  /** Writes the same values again: true when the disk took them. */
  async rewrite(): Promise<boolean> {
    await this.writing;
    return (await this.host.settings.write(this.values)).ok;
  }

  /** Whether the disk takes nothing more: a small file was refused for want of space. */
  async isDiskFull(): Promise<boolean> {
    await this.writing;
    const written = await this.host.settings.write(this.values);
    return !written.ok && written.error.code === 'diskFull';
  }

  get syncedAt(): Instant | null {
    const { syncedAt } = this.values;
    return typeof syncedAt === 'number' ? syncedAt : null;
  }

  /** Written down at most once a minute: only a start shows it from there. */
  noteSynced(at: Instant): void {
    const due = at - this.syncedWrittenAt >= SYNCED_EVERY || at < this.syncedWrittenAt;
    this.values = { ...this.values, syncedAt: at };
    if (!due) return;
    this.syncedWrittenAt = at;
    void this.write({ syncedAt: at });
  }

  /** Writes one after the other; unknown keys stay. */
  write(change: Partial<EngineSettings>): Promise<void> {
    this.values = { ...this.values, ...change };
    this.writing = this.writing.then(async () => {
      const written = await this.host.settings.write(this.values);
      if (!written.ok) this.host.log('warn', 'settings.unwritten', { code: written.error.code });
    });
    return this.writing;
  }
}

/** A file from elsewhere may hold anything. */
function seatsOf(value: unknown): Seats {
  const entries = value instanceof Object ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [Id, Instant] => typeof entry[1] === 'number'));
}
