import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EngineHost, Frame } from '#contracts/host/engine-host.ts';
import { must, readAll, testFrame } from '#contracts/host/host-samples.suite.ts';
import { TestDisk } from './test-disk.suite.ts';
import { asHost, openQuietly } from './test-host.suite.ts';

/**
 * The journal beside a plain array, on a disk that fills up, fails, and loses power. Whatever happens: a confirmed
 * frame is there and unchanged; a frame nobody confirmed is there only if it was once handed over at that lsn.
 */

type Step =
  | { readonly do: 'append'; readonly count: number; readonly size: number }
  | { readonly do: 'kill' }
  | { readonly do: 'powerCut'; readonly seed: number }
  | { readonly do: 'compact'; readonly share: number }
  | { readonly do: 'full'; readonly room: number }
  | { readonly do: 'room' }
  | { readonly do: 'killWhile'; readonly after: number; readonly count: number; readonly share: number | null }
  | { readonly do: 'fail'; readonly after: number; readonly times: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 5 }),
      size: fc.nat(400),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'kill' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('powerCut' as const), seed: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('compact' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('full' as const), room: fc.nat(600) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'room' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('killWhile' as const),
      after: fc.nat(12),
      count: fc.integer({ min: 1, max: 3 }),
      share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('fail' as const), after: fc.nat(6), times: fc.integer({ min: 1, max: 4 }) }),
  },
);

/** A small repeatable generator, so that a power cut replays from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return ((state >>> 8) & 0xffffff) / 0x1000000;
  };
}

class Desk {
  disk = new TestDisk();
  host!: EngineHost;
  fence = 0;
  lastLsn = 0;
  private readonly confirmed = new Map<number, Frame>();
  private readonly attempted = new Map<number, Frame[]>();
  private compactedTo = 0;
  private made = 0;

  async start(disk: TestDisk): Promise<void> {
    this.disk = disk;
    this.host = asHost(await openQuietly('/data', { fs: disk, segmentBytes: 1500, reserveBytes: 600, spareBytes: 0 }));
    const opening = must(await this.host.journal.open());
    this.fence = opening.fence;
    this.lastLsn = opening.lastLsn;
    expect(opening.quarantined).toEqual([]);
    expect(this.lastLsn).toBeGreaterThanOrEqual(Math.max(0, ...this.confirmed.keys()));
    expect(opening.firstLsn).toBeLessThanOrEqual(this.compactedTo + 1);
    // What a start reports is from then on part of the log: it was synced before it was reported.
    for (const frame of await this.check(opening.firstLsn)) this.confirmed.set(frame.lsn, frame);
  }

  async check(firstLsn: number): Promise<Frame[]> {
    const found = await readAll(this.host, firstLsn, 700);
    expect(found.map((frame) => frame.lsn)).toEqual(found.map((_, index) => firstLsn + index));
    expect(firstLsn + found.length - 1).toBe(this.lastLsn);
    for (const frame of found) {
      const confirmed = this.confirmed.get(frame.lsn);
      if (confirmed) expect(frame).toEqual(confirmed);
      else expect(this.attempted.get(frame.lsn)).toContainEqual(frame);
    }
    return found;
  }

  async append(count: number, size: number): Promise<void> {
    const batch = Array.from({ length: count }, (_, index) => {
      this.made += 1;
      return testFrame(this.lastLsn + 1 + index, { body: { made: this.made, text: 'ä'.repeat(size) } });
    });
    for (const frame of batch) this.attempted.set(frame.lsn, [...(this.attempted.get(frame.lsn) ?? []), frame]);
    const done = await this.host.journal.append({ fence: this.fence, expectedLsn: this.lastLsn + 1, frames: batch });
    if (!done.ok) {
      expect(['diskFull', 'ioError']).toContain(done.error.code);
      return;
    }
    this.lastLsn += count;
    for (const frame of batch) this.confirmed.set(frame.lsn, frame);
  }

  async compact(share: number): Promise<void> {
    const throughLsn = Math.floor(this.lastLsn * share);
    this.compactedTo = Math.max(this.compactedTo, throughLsn);
    await this.host.journal.compact({ fence: this.fence, throughLsn });
  }

  /** A process killed after so many operations of an append or a compaction, which writes a little at a time. */
  async killWhile(after: number, work: () => Promise<void>): Promise<void> {
    let left = after;
    this.disk.longestWrite = 90;
    this.disk.fault = () => (left-- > 0 ? null : 'EIO');
    await work();
    await this.start(this.disk.afterKill());
  }

  async take(next: Step): Promise<void> {
    switch (next.do) {
      case 'append':
        return this.append(next.count, next.size);
      case 'kill':
        return this.start(this.disk.afterKill());
      case 'powerCut':
        return this.start(this.disk.afterPowerCut(randomFrom(next.seed)));
      case 'compact':
        return this.compact(next.share);
      case 'killWhile':
        return this.killWhile(next.after, () =>
          next.share === null ? this.append(next.count, 200) : this.compact(next.share),
        );
      case 'full':
        this.disk.capacity = this.disk.used() + next.room;
        return;
      case 'room':
        this.disk.capacity = Number.MAX_SAFE_INTEGER;
        return;
      case 'fail': {
        let calls = 0;
        const isHit = () => {
          calls += 1;
          return calls > next.after && calls <= next.after + next.times;
        };
        this.disk.fault = (operation) =>
          ['write', 'sync', 'truncate', 'syncFolder'].includes(operation) && isHit() ? 'EIO' : null;
        return;
      }
    }
  }
}

/** Set PROPERTY_SEED to replay a run, PROPERTY_TIMES for a longer one. */
const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

test('no order of appends, kills, power cuts, full disks and failures loses or changes a confirmed frame', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const desk = new Desk();
      await desk.start(new TestDisk());
      for (const next of steps) await desk.take(next);
      await desk.start(desk.disk.afterPowerCut(randomFrom(steps.length)));
    }),
    { seed, numRuns: 80 * Number(process.env.PROPERTY_TIMES ?? 1) },
  );
}, 60_000);
