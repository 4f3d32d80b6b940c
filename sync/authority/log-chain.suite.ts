import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsInTime } from '#domain/property.suite.ts';
import { pureHash, redacted, sealOf, verifyChain } from './chain.ts';
import { chainName } from './chaining.ts';
import { eventArb, happen, openSome } from './log-events.suite.ts';
import { World } from './log-world.suite.ts';
import type { LogUnderTest, MakeLog } from './shared-log.suite.ts';
import type { SharedLog } from './shared-log.ts';
import { verifyLog } from './verify-log.ts';

const verified = (log: SharedLog) => log.read((reader) => verifyLog(reader, [], pureHash));

/** The chains that a log keeps of what it confirms (SPEC 15). */
export function chainSuite(name: string, make: MakeLog, makeAny: () => Promise<LogUnderTest>, runs: number): void {
  describe(`the chains of ${name}`, () => {
    it('are empty at first, and whole', async () => {
      expect(await verified(await make())).toEqual({ activities: 0, chains: 0, seals: 0, flaws: [], flawed: 0 });
    });

    it('SPEC 15.5: grow with every push, each subject its own, whatever its id is', async () => {
      const world = await World.staffed(await make());
      const odd = ['i\u0000', '\ud800', '\udc00', 'x'.repeat(128), 'per son', '#'];
      for (const id of odd) await world.opened(id);
      await world.push('ann', [
        world.command('ann', 'incident.note', { incidentId: '\ud800', entryId: 'n1', body: 'half \ud83d' }),
        world.command('ann', 'incident.note', { incidentId: '\udc00', entryId: 'n2', body: 'nul \u0000' }),
        world.command('ann', 'incident.start', { incidentId: '\ud800' }),
      ]);
      const found = await verified(world.log);
      expect(found).toMatchObject({ flaws: [], flawed: 0 });
      expect(found.chains).toBeGreaterThan(odd.length);
      const { entries, heads } = await world.log.read(async (reader) => ({
        entries: (await reader.chained(0, 1_000)).flatMap(({ chained }) => chained ?? []),
        heads: await reader.chainHeads(),
      }));
      expect(heads.size).toBe(found.chains);
      for (const id of odd) {
        const chain = entries.filter(({ activity }) => activity.subject.id === id);
        const head = heads.get(chainName({ kind: 'incident', id }, pureHash));
        expect(head).toMatchObject({ length: chain.length });
        expect(verifyChain(chain)).toEqual({ ok: true, value: head?.hash });
        expect(verifyChain(chain.map(redacted))).toEqual({ ok: true, value: head?.hash });
      }
      expect(new Set(entries.map(({ salt }) => salt)).size).toBe(entries.length);
    });

    it('SPEC 15.6: a seal of then is found again among what came later, and another is not', async () => {
      const world = await World.staffed(await make());
      await world.opened('one');
      const { seq, seal } = await world.log.read(async (reader) => {
        const heads = [...(await reader.chainHeads())].map(([chain, { hash }]) => [chain, hash] as const);
        return { seq: reader.head.seq, seal: sealOf(new Map(heads)) };
      });
      await world.note('ann', 'one', 'later');
      await world.opened('two');
      const look = (seals: readonly { seq: number; seal: string }[]) =>
        world.log.read((reader) => verifyLog(reader, seals, pureHash));
      expect((await look([{ seq, seal }])).flaws).toEqual([]);
      expect((await look([{ seq: seq + 1, seal }])).flaws).toMatchObject([{ flaw: 'seal', seq: seq + 1 }]);
      expect((await look([{ seq: seq + 99, seal }])).flaws).toMatchObject([{ flaw: 'seal', seq: seq + 99 }]);
    });

    it('SPEC 15.5: are whole after any pushes', async () => {
      await holdsInTime(
        `chains on ${name}`,
        fc.asyncProperty(fc.array(eventArb, { minLength: 3, maxLength: 10 }), async (events) => {
          const { log, close } = await makeAny();
          try {
            const world = await World.staffed(log);
            await openSome(world);
            for (const event of events) await happen(world, event);
            const found = await verified(log);
            expect(found.flaws).toEqual([]);
            expect(found.activities).toBeGreaterThan(0);
          } finally {
            await close?.();
          }
        }),
        runs,
      );
    });
  });
}
