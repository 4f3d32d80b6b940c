import type { FirstPage } from '#contracts/host/desk-host.ts';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import type { Person } from '#domain/directory/directory.ts';

interface EngineSettings {
  readonly person: Person | null;
  readonly firstPage: FirstPage | null;
}

/** The two small values the engine keeps for the next start: who is at the desk, and what was on the screen. */
export class DeskSettings {
  private values: Readonly<Record<string, unknown>> = {};
  private readonly host: EngineHost;
  private writing: Promise<void> = Promise.resolve();

  constructor(host: EngineHost) {
    this.host = host;
  }

  /** The person who was at the desk last; null on a first start, or when the file can't be read. */
  async read(): Promise<Person | null> {
    const read = await this.host.settings.read();
    if (read.ok) this.values = read.value;
    else this.host.log('warn', 'settings.unreadable', { code: read.error.code });
    const { person } = this.values;
    return person instanceof Object && 'id' in person && 'name' in person ? (person as Person) : null;
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
