import type { Page } from '@playwright/test';
import { type Account, PASSWORD } from '../harness/administration.ts';
import { type ElectronDesk, launchDesk } from '../harness/desk.ts';
import { processesOf } from '../harness/processes.ts';
import type { Way } from '../harness/way.ts';
import { joinFromFirstRun } from '../steps/joining.ts';
import { call, read, tapPort } from './port.ts';

/** One desk of the run: its profile and its people stay, its processes come and go. */
export class Seat {
  readonly name: string;
  readonly people: readonly Account[];
  readonly way: Way;
  readonly profile: string;
  /** Null: down, or not up yet. */
  page: Page | null = null;
  private desk: ElectronDesk | null = null;
  private current: string;
  /** Times that somebody had to sign in, the first ones included. */
  signedIn = 1;

  constructor(parts: Pick<Seat, 'name' | 'people' | 'way' | 'profile'>) {
    this.name = parts.name;
    this.people = parts.people;
    this.way = parts.way;
    this.profile = parts.profile;
    this.current = this.first.personId;
  }

  private get first(): Account {
    const [member] = this.people;
    if (!member) throw new Error(`nobody works at ${this.name}`);
    return member;
  }

  /** Who is at the desk. */
  get person(): string {
    return this.current;
  }

  get pid(): number | undefined {
    return this.desk?.pid;
  }

  /** For the first time, through the screens. */
  async join(): Promise<void> {
    const page = await this.launch();
    await joinFromFirstRun(page, this.way.address, this.first.email);
    await this.take(page);
    await this.signIn();
    await this.sit(this.first.personId);
  }

  /** Again, on the same profile. */
  async start(): Promise<void> {
    const page = await this.launch();
    await page.getByRole('navigation', { name: 'Queues' }).waitFor({ timeout: 60_000 });
    await this.take(page);
    this.current = (await read(page, 'session', {})).personId ?? this.current;
  }

  /** `kill -9` for every process of it. */
  async kill(): Promise<void> {
    const { desk } = this;
    this.page = null;
    this.desk = null;
    await desk?.kill();
  }

  /** Somebody else sits down. */
  async sit(personId: string): Promise<void> {
    if (!this.page || personId === this.current) return;
    const sat = await call(this.page, 'switchPerson', { personId });
    if (sat.ok) this.current = personId;
  }

  /**
   * Whoever has no session signs in again, as they must where a machine has no place to keep secrets. Answers whether
   * everybody has one.
   */
  async signIn(): Promise<boolean> {
    const { page } = this;
    if (!page) return false;
    const { people } = await read(page, 'connection', {});
    const open = new Set(people.filter((one) => one.open).map(({ personId }) => personId));
    let all = true;
    for (const { email, personId } of this.people) {
      if (open.has(personId)) continue;
      const signed = await call(page, 'signIn', { email, password: PASSWORD });
      if (!signed.ok) all = false;
      else {
        this.current = personId;
        this.signedIn += 1;
      }
    }
    return all;
  }

  /** Every process that it has. */
  processes(): readonly number[] {
    return this.desk ? processesOf(this.desk.pid, this.profile) : [];
  }

  private async launch(): Promise<Page> {
    const desk = await launchDesk({ profile: this.profile, timeout: 60_000 });
    this.desk = desk;
    return desk.page();
  }

  private async take(page: Page): Promise<void> {
    await tapPort(page);
    this.page = page;
  }
}
