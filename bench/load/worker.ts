import { v7 as newId } from 'uuid';
import { simulatedDevice, type Told } from '../server/device.ts';
import type { BenchDevice } from '../server/furnish.ts';
import { createForgetfulStore } from './forgetful-store.ts';

/** Some of the devices of a load run, in a process of its own. */

export interface LoadOrder {
  readonly url: string;
  readonly devices: readonly BenchDevice[];
  readonly first: number;
  /** Milliseconds: of the run, between two commands of a device, and that a device waits at most before it pulls. */
  readonly length: number;
  readonly every: number;
  readonly linger: number;
}
export interface LoadReport {
  readonly pushes: readonly number[];
  readonly pulls: readonly number[];
  /** End of the log that a push was decided at, and when it was sent. */
  readonly decided: readonly (readonly [number, number])[];
  /** Of some devices: end of the log that a poke told, and when it was read. */
  readonly poked: readonly (readonly [number, number])[];
  readonly pokes: number;
  readonly commands: number;
  readonly reconnects: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Seconds of processor time that these devices used themselves. */
  readonly processor: number;
}
export type LoadWord = 'ready' | LoadReport;

const SAMPLED = 50;
const now = () => performance.timeOrigin + performance.now();

process.once('message', async ({ url, devices, first, length, every, linger }: LoadOrder) => {
  const report = {
    pushes: [] as number[],
    pulls: [] as number[],
    decided: [] as [number, number][],
    poked: [] as [number, number][],
    pokes: 0,
    commands: 0,
    reconnects: 0,
    errors: {} as Record<string, number>,
  };
  let running = false;
  const wrong = (what: string) => {
    if (running) report.errors[what] = (report.errors[what] ?? 0) + 1;
  };
  const starters: (() => void)[] = [];
  for (const [at, device] of devices.entries()) {
    const told: Told = (what, took, status, body) => {
      if (status !== 200) wrong(`${what} ${status}`);
      else if (running) report[what === 'push' ? 'pushes' : 'pulls'].push(took);
      if (what !== 'push' || status !== 200) return;
      for (const { decidedAt } of (body as { results: readonly { decidedAt: number }[] }).results) {
        report.commands += running ? 1 : 0;
        report.decided.push([decidedAt, now() - took]);
      }
    };
    const { client, line } = await simulatedDevice(url, device, first + at, told, createForgetfulStore());
    await client.round();
    let waits = false;
    const later = (wait: number) => {
      if (waits) return;
      waits = true;
      setTimeout(round, wait);
    };
    const round = () => {
      waits = false;
      client.round().then(
        (wait) => {
          if (wait !== null && running) later(wait);
        },
        (error: unknown) => wrong(`round: ${error instanceof Error ? error.message : error}`),
      );
    };
    const heard = (throughSeq: number) => {
      report.pokes += running ? 1 : 0;
      if (at < SAMPLED && running) report.poked.push([throughSeq, now()]);
      later(Math.random() * linger);
    };
    let cut = await line.listen(heard, () => undefined);
    const record = async () => {
      const recordedAt = Date.now();
      const told = { incidentId: newId(), shortDescription: 'Printer is on fire', channel: 'phone' };
      const args = { ...told, impact: 3, urgency: 2 };
      const command = { id: newId(), person: device.person, name: 'incident.record', args };
      await client.record({ ...command, occurredAt: recordedAt, recordedAt });
      round();
      if (running) setTimeout(() => void record(), every);
    };
    const reconnect = async () => {
      cut();
      cut = await line.listen(heard, () => undefined);
      report.reconnects += 1;
    };
    const again = () => {
      const next = () => running && setTimeout(again, 60_000 + Math.random() * 60_000);
      void reconnect()
        .catch((error: unknown) => wrong(`stream: ${error instanceof Error ? error.message : error}`))
        .finally(next);
    };
    starters.push(() => {
      setTimeout(() => void record(), Math.random() * every);
      setTimeout(again, Math.random() * 120_000);
    });
  }
  process.send?.('ready' satisfies LoadWord);
  process.once('message', () => {
    running = true;
    const before = process.cpuUsage();
    for (const start of starters) start();
    setTimeout(() => {
      running = false;
      const { user, system } = process.cpuUsage(before);
      const told = { ...report, processor: (user + system) / 1_000_000 };
      process.send?.(told satisfies LoadWord, () => process.exit(0));
    }, length);
  });
});
