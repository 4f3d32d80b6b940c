import { expect, test } from 'vitest';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import { countJournal } from '#electron/logs/journal-facts.ts';

const opening = { fence: 1, journalId: 'j', device: 'd', deviceIsNew: false, lastLsn: 7, firstLsn: 3, counters: {} };
const journalThat = (append: EngineHost['journal']['append']) =>
  ({
    open: async () => ({ ok: true, value: { ...opening, quarantined: [], tornTail: true, openStages: [] } }),
    append,
  }) as unknown as EngineHost['journal'];

test('openings, batches, frames, times and failures are counted, and answers pass unchanged', async () => {
  let time = 0;
  const count = countJournal(() => time);
  const good = journalThat(async () => {
    time += 12;
    return { ok: true, value: { lastLsn: 9 } };
  });
  const full = journalThat(async () => ({ ok: false, error: { code: 'diskFull' } }));
  const args = { fence: 1, expectedLsn: 8, frames: [{}, {}] as never };
  await count.open(good);
  expect(await count.append(good, args)).toEqual({ ok: true, value: { lastLsn: 9 } });
  expect(await count.append(full, args)).toEqual({ ok: false, error: { code: 'diskFull' } });
  expect(count.facts()).toEqual({
    opened: 1,
    firstLsn: 3,
    lastLsn: 9,
    quarantined: 0,
    tornTails: 1,
    batches: 1,
    frames: 2,
    slowestMs: 12,
    totalMs: 12,
    failures: { diskFull: 1 },
  });
});
