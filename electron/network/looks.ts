import type { NetworkHost } from '#contracts/host/network.ts';

export type Look = Parameters<NetworkHost['look']>[0];

/** Says the newest word of each person, one at a time, so that no word overtakes a later one. */
export class Looks {
  private readonly say: (look: Look) => Promise<unknown>;
  private readonly waiting = new Map<string, Look>();
  private saying = false;

  constructor(say: (look: Look) => Promise<unknown>) {
    this.say = say;
  }

  put(look: Look): void {
    this.waiting.set(look.person, look);
    if (!this.saying) void this.run();
  }

  private async run(): Promise<void> {
    this.saying = true;
    for (let [next] = this.waiting.values(); next !== undefined; [next] = this.waiting.values()) {
      this.waiting.delete(next.person);
      await this.say(next);
    }
    this.saying = false;
  }
}
