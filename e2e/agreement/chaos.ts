import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../durability/random.ts';
import { MOODS, type Mood } from '../harness/way.ts';
import { type Counts, nextMood, noMoods } from './moods.ts';
import type { Seat } from './seat.ts';
import type { Servers } from './servers.ts';

/** What is done to desks, nodes and the ways between them while people work. */

export interface Harm {
  desksKilled: number;
  nodesKilled: number;
  databaseKilled: number;
  /** How often each mood began. */
  readonly moods: Counts<Mood>;
  /** What should not happen whatever is done: a desk that does not come up again. */
  readonly complaints: string[];
}

export const noHarm = (): Harm => ({
  desksKilled: 0,
  nodesKilled: 0,
  databaseKilled: 0,
  moods: noMoods(),
  complaints: [],
});

interface ChaosPorts {
  readonly seats: readonly Seat[];
  readonly servers: Servers;
  readonly harm: Harm;
  readonly random: Random;
  readonly say: (line: string) => void;
}

export class Chaos {
  private readonly ports: ChaosPorts;
  /** What is down, and the promise of its coming back. */
  private readonly comingBack = new Map<string, Promise<void>>();

  constructor(ports: ChaosPorts) {
    this.ports = ports;
  }

  /** Does harm until then. */
  async until(end: number): Promise<void> {
    const { random } = this.ports;
    while (Date.now() < end) {
      await pause(Math.min(random.between(300, 2_500), Math.max(0, end - Date.now())));
      const deed = random.pick([
        [70, 'mood'],
        [12, 'desk'],
        [14, 'node'],
        [4, 'database'],
      ] as const);
      if (deed === 'mood') this.changeMood();
      else if (deed === 'desk') this.killDesk();
      else if (deed === 'node') this.killNode();
      else this.killDatabase();
    }
  }

  /** Every way open, everything up; resolves when it is. */
  async calm(): Promise<void> {
    for (const { way } of this.ports.seats) way.mood = 'pass';
    await Promise.all(this.comingBack.values());
  }

  private changeMood(): void {
    const { seats, random, harm } = this.ports;
    const { way } = random.pick(seats.map((seat) => [1, seat] as const));
    way.mood = nextMood(random);
    harm.moods[way.mood] += 1;
    if (MOODS.indexOf(way.mood) > 0 && random.next() < 0.6) way.cut();
  }

  private killDesk(): void {
    const { seats, random, harm, say } = this.ports;
    const seat = random.pick(seats.map((one) => [1, one] as const));
    this.bringBack(seat.name, async () => {
      harm.desksKilled += 1;
      say(`kill -9 ${seat.name}`);
      await seat.kill();
      await seat.start();
    });
  }

  private killNode(): void {
    const { servers, random, harm, say } = this.ports;
    const at = Math.floor(random.between(0, servers.count));
    const away = random.between(0, 4_000);
    this.bringBack(`node ${at + 1}`, async () => {
      harm.nodesKilled += 1;
      say(`kill -9 node ${at + 1}, back in ${Math.round(away)} ms`);
      await servers.kill(at);
      await pause(away);
      await servers.again(at);
    });
  }

  private killDatabase(): void {
    const { servers, random, harm, say } = this.ports;
    const away = random.between(0, 3_000);
    this.bringBack('the database', async () => {
      harm.databaseKilled += 1;
      say(`kill -9 the database, back in ${Math.round(away)} ms`);
      await servers.killDatabase();
      await pause(away);
      await servers.startDatabase();
    });
  }

  /** One that is down already is not killed once more. */
  private bringBack(name: string, work: () => Promise<void>): void {
    if (this.comingBack.has(name)) return;
    const { complaints } = this.ports.harm;
    const done = work()
      .catch((cause: unknown) => void complaints.push(`${name} did not come back: ${firstLine(cause)}`))
      .finally(() => this.comingBack.delete(name));
    this.comingBack.set(name, done);
  }
}

export const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
