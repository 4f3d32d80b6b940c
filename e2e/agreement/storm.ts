import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomFrom } from '../durability/random.ts';
import { type Account, startAdministration } from '../harness/administration.ts';
import { newProfile, removeProfile } from '../harness/profile.ts';
import { MOODS, startWay } from '../harness/way.ts';
import { Chaos, firstLine, type Harm, noHarm } from './chaos.ts';
import { behind, compareDesk, inboxes, settle } from './check.ts';
import { Deeds } from './deeds.ts';
import { doSomething } from './hand.ts';
import { megabytesOf } from './memory.ts';
import { noMoods } from './moods.ts';
import { countsOf, type Report } from './report.ts';
import { Seat } from './seat.ts';
import { Servers } from './servers.ts';
import { Database, toldBy } from './truth.ts';

/**
 * Three desks and two nodes on one database. People work while everything between and under them breaks; after each
 * storm everything is mended, and has to agree by itself.
 */

export interface StormOptions {
  readonly seed: number;
  /** Milliseconds of work; the last storm ends then. */
  readonly lasting: number;
  /** Milliseconds of one storm, at least and at most. */
  readonly storm: readonly [number, number];
  readonly say: (line: string) => void;
}

/** How long after a storm everything may take to agree. */
const PATIENCE = 300_000;
/** Desks by the names of those who work there; the last one is shared. */
const DESKS: readonly (readonly string[])[] = [['Anna Berg'], ['Ben Ode'], ['Cara Lind', 'Dan Moss']];

/** Null: there is no PostgreSQL on this machine. */
export async function runStorms(options: StormOptions): Promise<{ report: Report; harm: Harm } | null> {
  const servers = await Servers.start(2);
  if (servers === null) return null;
  const seats: Seat[] = [];
  try {
    await furnish(servers, seats, randomFrom(options.seed));
    return await new Storms(options, servers, seats).run();
  } finally {
    for (const seat of seats) {
      await seat.kill();
      await seat.way.close();
      await removeProfile(seat.profile);
    }
    await servers.remove();
  }
}

/** Accounts, ways and desks, all joined. */
async function furnish(servers: Servers, seats: Seat[], random: Random): Promise<void> {
  const admin = await startAdministration(servers.address(0));
  for (const [at, names] of DESKS.entries()) {
    const people: Account[] = [];
    for (const name of names) people.push(await admin.account(name, 'agent'));
    const behindIt = () => servers.address(Math.floor(random.between(0, servers.count)));
    const way = await startWay(behindIt, { chance: () => random.next() });
    const seat = new Seat({ name: `desk ${at + 1}`, people, way, profile: await newProfile() });
    seats.push(seat);
    await seat.join();
  }
}

class Storms {
  private readonly options: StormOptions;
  private readonly servers: Servers;
  private readonly seats: readonly Seat[];
  private readonly deeds = new Deeds();
  private readonly harm = noHarm();
  private readonly agreement: number[] = [];
  private readonly memory: Record<string, number> = {};
  private readonly wrong: string[] = [];
  private readonly database: Database;

  constructor(options: StormOptions, servers: Servers, seats: readonly Seat[]) {
    this.options = options;
    this.servers = servers;
    this.seats = seats;
    this.database = new Database(servers.url);
  }

  async run(): Promise<{ report: Report; harm: Harm }> {
    const { seed, lasting, storm, say } = this.options;
    const { seats, servers, harm } = this;
    const began = Date.now();
    let storms = 0;
    while (Date.now() - began < lasting && this.wrong.length === 0) {
      storms += 1;
      const random = randomFrom(seed * 1_000 + storms);
      const end = Math.min(Date.now() + random.between(...storm), began + lasting);
      const chaos = new Chaos({ seats, servers, harm, random, say });
      await Promise.all([
        chaos.until(end),
        ...seats.map((seat, at) => this.work(seat, randomFrom(seed * 1_000 + storms * 10 + at + 500), end)),
      ]);
      await chaos.calm();
      await this.agree(storms);
    }
    await this.compare();
    return { report: await this.reportOf(seed, (Date.now() - began) / 60_000, storms), harm };
  }

  /** Somebody works at a desk until then, whenever it is up. */
  private async work(seat: Seat, random: Random, end: number): Promise<void> {
    const everybody = this.seats.flatMap(({ people }) => people.map(({ personId }) => personId));
    let looked = 0;
    while (Date.now() < end) {
      await pause(random.between(20, 400));
      const { page } = seat;
      if (!page) continue;
      try {
        if (Date.now() - looked > 3_000) {
          await seat.signIn();
          looked = Date.now();
        }
        const other = seat.people.find(({ personId }) => personId !== seat.person);
        if (other && random.next() < 0.1) await seat.sit(other.personId);
        await doSomething({ seat, page, deeds: this.deeds, random, everybody });
      } catch (cause) {
        // Killed in the middle of it: what was asked for stays open.
        if (seat.page !== page || page.isClosed()) continue;
        await pause(500);
        if (seat.page === page) this.harm.complaints.push(`${seat.name}: ${firstLine(cause)}`);
        await page.keyboard.press('Escape').catch(() => undefined);
      }
    }
  }

  /** Waits until all are level, and holds everybody's deeds against the log. */
  private async agree(storm: number): Promise<void> {
    const { seats, deeds, database } = this;
    const since = Date.now();
    let lagged = '';
    for (;;) {
      for (const seat of seats) await seat.signIn();
      const book = await database.book();
      const lags = await Promise.all(seats.map((seat) => behind(seat, book)));
      const took = Date.now() - since;
      const lag = seats.flatMap(({ name }, at) => (lags[at] === null ? [] : [`${name} ${lags[at]}`])).join('; ');
      if (lag !== lagged) this.options.say(`  ${(took / 1_000).toFixed(1)} s after it: ${lag || 'all level'}`);
      lagged = lag;
      if (lag === '') {
        this.agreement.push(took);
        const { wrong } = settle(deeds, book, await inboxes(seats));
        this.wrong.push(...wrong);
        this.options.say(
          `storm ${storm}: level after ${(took / 1_000).toFixed(1)} s; ${deeds.saved.length} deeds saved, ` +
            `${book.rows.size} incidents, seq ${book.seq}, ${wrong.length} wrong`,
        );
        break;
      }
      if (took > PATIENCE) {
        this.wrong.push(`after storm ${storm} no agreement in ${PATIENCE / 1_000} s: ${lag}`);
        return;
      }
      await pause(500);
    }
    this.weigh();
  }

  /** Row for row and line for line, over HTTP, and what the screens say. */
  private async compare(): Promise<void> {
    const { seats, servers, wrong } = this;
    const address = servers.address(0);
    const told = await toldBy(address, (await startAdministration(address)).token);
    for (const seat of seats) wrong.push(...(await compareDesk(seat, told)));
    for (const { page, name } of seats) {
      const phrase = (await page?.getByRole('status', { name: 'Sync' }).textContent()) ?? '';
      if (!/Synchronised|need/.test(phrase)) wrong.push(`${name} says "${phrase}"`);
    }
  }

  private weigh(): void {
    const { seats, servers, memory } = this;
    const note = (name: string, pids: readonly number[]) => {
      memory[name] = Math.max(memory[name] ?? 0, megabytesOf(pids));
    };
    for (const seat of seats) note(seat.name, seat.processes());
    for (let at = 0; at < servers.count; at += 1) note(`node ${at + 1}`, [servers.pid(at) ?? 0]);
  }

  private async reportOf(seed: number, minutes: number, storms: number): Promise<Report> {
    const { seats, servers, deeds, harm, agreement, memory, database } = this;
    const book = await database.book();
    const { counts } = settle(deeds, book, await inboxes(seats));
    const { whole, said } = await servers.verify();
    const gaps = book.gaps.map((seq) => `seq ${seq} holds nothing`);
    const requests = noMoods();
    for (const mood of MOODS) for (const { way } of seats) requests[mood] += way.met[mood];
    const { saved } = deeds;
    return {
      seed,
      minutes,
      storms,
      desksKilled: harm.desksKilled,
      nodesKilled: harm.nodesKilled,
      databaseKilled: harm.databaseKilled,
      signedIn: seats.reduce((sum, seat) => sum + seat.signedIn, 0),
      moods: harm.moods,
      requests,
      deeds: deeds.all.length,
      saved: saved.length,
      savedByScreen: saved.filter(({ commandId }) => commandId === null).length,
      savedByKind: countsOf(saved.map(({ kind }) => kind)),
      ...counts,
      incidents: book.rows.size,
      seq: book.seq,
      agreement,
      memory,
      verified: said.split('\n').at(-1) ?? '',
      wrong: [...this.wrong, ...harm.complaints, ...gaps, ...(whole ? [] : [said])],
    };
  }
}
