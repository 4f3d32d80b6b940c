import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, figureOf, rounded } from '../report/figure.ts';
import { percentile } from '../report/percentile.ts';
import { DeviceLine } from '../server/ask.ts';
import { type BenchDevice, commandsOf, furnish } from '../server/furnish.ts';
import type { ListenerOrder, ListenerWord } from '../server/listeners.ts';
import { inEachPlace, type Place } from '../server/place.ts';
import { startServer } from '../server/start-server.ts';
import { type Case, check } from './case.ts';

const CHANGES = 15;
const PROCESSES = 2;
/**
 * Milliseconds between two changes, and for the last pokes to arrive. A change that follows another sooner than 2 ms for
 * each who listens waits, and is told with the next: P14 is about one change.
 */
const quiet = (n: number) => 300 + 2 * n;
/** Milliseconds that P14 allows at the 95th percentile. */
const LIMIT = 50;

const answerOf = (child: ChildProcess) =>
  new Promise<ListenerWord>((resolve, reject) => {
    child.once('message', (word) => resolve(word as ListenerWord));
    child.once('exit', () => reject(new Error('a listener ended')));
  });

async function listening(url: string, devices: readonly BenchDevice[]): Promise<readonly ChildProcess[]> {
  const each = Math.ceil(devices.length / PROCESSES);
  const children: ChildProcess[] = [];
  for (let first = 0; first < devices.length; first += each) {
    const child = fork(join(import.meta.dirname, '../server/listeners.ts'));
    children.push(child);
    const ready = answerOf(child);
    child.send({ url, devices: devices.slice(first, first + each), first } satisfies ListenerOrder);
    await ready;
  }
  return children;
}

async function measured(place: Place, n: number): Promise<Figure> {
  const store = await place.open();
  const [sender, ...devices] = await furnish(store, n + 1, 10);
  await store.close();
  if (sender === undefined) throw new Error('no device');
  const server = await startServer(place.env);
  let children: readonly ChildProcess[] = [];
  try {
    children = await listening(server.url, devices);
    const line = new DeviceLine(server.url, sender, n + 1);
    const sentAt = new Map<number, number>();
    for (let place = 1; place <= CHANGES; place += 1) {
      await pause(quiet(n));
      const sent = { protocol: 1, device: sender.device, sentAt: Date.now(), commands: commandsOf(1, place) };
      const began = performance.timeOrigin + performance.now();
      const { body } = await line.ask('POST', '/api/v1/sync/push', sent);
      const [result] = (body as { results: readonly { decidedAt: number }[] }).results;
      sentAt.set(result?.decidedAt ?? 0, began);
    }
    await pause(quiet(n));
    line.close();
    const words = await Promise.all(
      children.map((child) => {
        const word = answerOf(child);
        child.send('tell');
        return word;
      }),
    );
    const heard = words.flatMap((word) => ('heard' in word ? word.heard : []));
    const lags = heard.flatMap(([seq, at]) => {
      const sent = sentAt.get(seq);
      return sent === undefined ? [] : [at - sent];
    });
    const ends = new Map([...sentAt.keys()].map((seq) => [seq, 0]));
    for (const [seq] of heard) if (ends.has(seq)) ends.set(seq, (ends.get(seq) ?? 0) + 1);
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => rounded(percentile(lags, part)));
    return figureOf({
      id: place.name === 'PGlite' ? 'P14' : 'P14-PostgreSQL',
      n,
      unit: 'ms (p95)',
      lowerIsBetter: true,
      checked: check({ 'everybody heard every change': [...ends.values()].every((count) => count === n) }),
      runs: { ours: [p95 ?? 0], peers: { 'the limit': [LIMIT] } },
      note: `${n} listeners in ${PROCESSES} processes, ${CHANGES} changes; from the push being sent (so with its commit) to the poke read; p50 ${p50}, p99 ${p99}`,
    });
  } finally {
    for (const child of children) child.kill();
    await server.stop();
  }
}

export const p14: Case = {
  id: 'P14',
  sizes: [1_000],
  measure: async (n, ground) => {
    const figures: Figure[] = [];
    await inEachPlace(async (place) => {
      ground.say(`${n} listeners on a server on ${place.name}`);
      figures.push(await measured(place, n));
    });
    return figures;
  },
};
