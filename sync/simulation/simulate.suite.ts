import type { Id } from '#domain/activity/activity.ts';
import { HOUR, MONDAY_9 } from '#domain/command/memory-desk.suite.ts';
import { Deeds } from './deeds.suite.ts';
import { SimulatedDevice, type Surroundings, type Weather } from './device.suite.ts';
import { problemsOf, problemsSeen, problemsUnheard } from './invariants.suite.ts';
import { Dice, Scheduler } from './scheduler.suite.ts';
import { SimulatedServer } from './server.suite.ts';

export interface Run {
  readonly seed: number;
  /** Sentences about what is not as it must be; none when all is well. */
  readonly problems: readonly string[];
  readonly accepted: number;
  readonly rejected: number;
  readonly restores: number;
}

const TEN_YEARS = 10 * 365 * 24 * HOUR;
const DESKS: readonly (readonly Id[])[] = [['ann', 'sue'], ['ben'], ['tom', 'cal'], ['ann'], ['vic', 'adm', 'sue']];
const CALM: Weather = { drop: 0, repeat: 0, portal: 0, busy: 0, diskFull: 0 };
/** How often everybody talks to the server before it must have come to rest. */
const PASSES = 8;

/**
 * One run: people work, everything breaks, everything heals; then all must agree. The seed says all of it. At
 * `keepParts` devices keep parts of what their people may see, and others from time to time.
 */
export async function simulate(seed: number, deeds = 40, keepParts = seed % 4 === 0): Promise<Run> {
  const world = new World(seed, keepParts);
  await world.server.furnish();
  await world.live(deeds);
  const restless = await world.heal();
  const problems = [...world.seen, ...restless];
  world.scheduler.begin(async () => problems.push(...(await problemsOf(world.devices, world.server))));
  await world.scheduler.run();
  const decided = world.server.log.backup().decided.filter(({ device }) => device !== 'furnisher');
  const count = (outcome: string) => decided.filter((one) => one.outcome === outcome).length;
  const { restores } = world.server;
  return { seed, problems, accepted: count('accepted'), rejected: count('rejected'), restores };
}

export class World implements Surroundings {
  readonly dice: Dice;
  readonly scheduler: Scheduler;
  readonly server: SimulatedServer;
  readonly weather: Weather;
  readonly devices: SimulatedDevice[];
  private readonly deeds: Deeds;
  /** What somebody saw on the way that nobody must see. */
  readonly seen: string[] = [];
  private ids = 0;
  /** A copied folder finds out by a fork; a restored server then knows nothing of the copy. One of them at a time. */
  private readonly copies: boolean;
  /** What devices keep is drawn apart: whether they do must not change what else a seed says. */
  private readonly keeping: Dice;
  private readonly keepParts: boolean;

  constructor(seed: number, keepParts: boolean) {
    this.dice = new Dice(seed);
    this.keeping = new Dice(seed + 1);
    this.keepParts = keepParts;
    const { dice } = this;
    this.scheduler = new Scheduler(dice);
    this.server = new SimulatedServer(MONDAY_9, () => this.scheduler.pause());
    this.deeds = new Deeds(dice);
    this.copies = dice.chance(0.3);
    const bad = dice.pick([0, 0.02, 0.15]);
    this.weather = { drop: bad, repeat: bad, portal: bad / 4, busy: bad / 4, diskFull: bad / 10 };
    const many = 3 + dice.below(3);
    this.devices = DESKS.slice(0, many).map(
      (people, at) => new SimulatedDevice(`device ${at}`, people, this, this.clock()),
    );
    for (const device of this.devices) {
      device.signIn(dice.pick(device.people));
      this.choosePart(device);
    }
  }

  private choosePart(device: SimulatedDevice): void {
    const { keeping } = this;
    if (!this.keepParts || keeping.chance(0.4)) return;
    const closedFor = keeping.pick([null, 1, 30]);
    const part = { teamIds: keeping.pick([[], ['net'], ['mail'], ['none']]), siteIds: [], closedFor };
    device.scope = keeping.chance(0.2) ? null : part;
  }

  newId = (): Id => {
    this.ids += 1;
    return `id ${this.ids}`;
  };

  private clock(): number {
    const { dice } = this;
    if (dice.chance(0.3)) return Math.floor((dice.random() - 0.5) * 2 * TEN_YEARS);
    return dice.below(120_000) - 60_000;
  }

  async live(deeds: number): Promise<void> {
    // Mostly everybody has come in before it begins.
    for (const device of this.devices) if (this.dice.chance(0.8)) this.scheduler.begin(() => device.round());
    await this.scheduler.run();
    for (let done = 0; done < deeds; done++) {
      this.scheduler.begin(() => this.somethingHappens());
      if (this.dice.chance(0.4)) await this.scheduler.run();
    }
    await this.scheduler.run();
  }

  /** Everything works again and everybody comes back, one after the other. */
  async heal(): Promise<readonly string[]> {
    Object.assign(this.weather, CALM);
    for (const device of this.devices) device.apart = false;
    this.server.now += 48 * HOUR;
    await this.everybodyHears();
    for (let pass = 0; pass < PASSES; pass++) {
      const before = this.server.log.backup();
      for (const device of this.devices) {
        for (const person of device.people) {
          device.signIn(person);
          this.scheduler.begin(() => device.round());
          await this.scheduler.run();
        }
      }
      if (pass > 1 && this.server.log.backup() === before) return [];
    }
    return [`nothing comes to rest in ${PASSES} passes`];
  }

  /** One round each, with nobody coming or going: a desk hears then what a restored server forgot of all its people. */
  private async everybodyHears(): Promise<void> {
    for (const device of this.devices) {
      this.scheduler.begin(() => device.round());
      await this.scheduler.run();
      this.seen.push(...problemsUnheard(device, this.server.log.backup()));
    }
  }

  private async somethingHappens(): Promise<void> {
    const { dice, server } = this;
    const device = dice.pick(this.devices);
    server.now += dice.below(20_000);
    if (this.keepParts && this.keeping.chance(0.05)) this.choosePart(device);
    if (this.keepParts && this.keeping.chance(0.05)) await device.keepBeside(this.deeds.anIncident());
    const lot = dice.below(1_000);
    if (lot < 80) await this.look(device);
    else if (lot < 480) await this.deed(device);
    else if (lot < 750) await device.round();
    else if (lot < 790) device.crash();
    else if (lot < 815) server.crash();
    else if (lot < 865) server.keepBackup();
    else if (lot < 885) this.disaster(device);
    else if (lot < 915) device.signOut(dice.pick(device.people));
    else if (lot < 945) device.signIn(dice.pick(device.people));
    else if (lot < 955) device.clockAhead = this.clock();
    else if (lot < 970) device.apart = !device.apart;
    else if (lot < 985) await device.open(this.deeds.anIncident());
    else server.now += dice.below(3 * HOUR);
  }

  private look(device: SimulatedDevice): Promise<void> {
    const id = this.deeds.anIncident();
    return device.look(async (client) => {
      this.seen.push(...(await problemsSeen(device, client, id)));
    });
  }

  private disaster(device: SimulatedDevice): void {
    if (!this.copies) this.server.restore(this.dice.below(100));
    else if (this.devices.length < 6) this.devices.push(device.copy(`${device.name} copied`, this.clock()));
  }

  private deed(device: SimulatedDevice): Promise<void> {
    const { dice } = this;
    const person = dice.chance(0.8) ? (device.viewer ?? dice.pick(device.people)) : dice.pick(device.people);
    return device.record((client) => this.deeds.next(client, device, person));
  }
}
