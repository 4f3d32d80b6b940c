import type { EngineHost } from '#contracts/host/engine-host.ts';

type Journal = EngineHost['journal'];

/** What this run has seen of the journal, in numbers: for the diagnostics bundle. */
export interface JournalFacts {
  readonly opened: number;
  readonly firstLsn: number;
  readonly lastLsn: number;
  readonly quarantined: number;
  readonly tornTails: number;
  readonly batches: number;
  readonly frames: number;
  readonly slowestMs: number;
  readonly totalMs: number;
  /** Refused or failed appends, by code. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Counts what passes through a journal on its way to the disk, and changes nothing of it. */
export const countJournal = (now: () => number) => {
  let facts: JournalFacts = {
    opened: 0,
    firstLsn: 0,
    lastLsn: 0,
    quarantined: 0,
    tornTails: 0,
    batches: 0,
    frames: 0,
    slowestMs: 0,
    totalMs: 0,
    failures: {},
  };
  const failed = (code: string) => {
    facts = { ...facts, failures: { ...facts.failures, [code]: (facts.failures[code] ?? 0) + 1 } };
  };
  const appended = (lastLsn: number, frames: number, took: number) => {
    const slowestMs = Math.max(facts.slowestMs, Math.round(took));
    const totalMs = facts.totalMs + Math.round(took);
    facts = { ...facts, lastLsn, batches: facts.batches + 1, frames: facts.frames + frames, slowestMs, totalMs };
  };
  return {
    facts: (): JournalFacts => facts,
    open: async (journal: Journal): ReturnType<Journal['open']> => {
      const opening = await journal.open();
      if (opening.ok) {
        const { firstLsn, lastLsn, quarantined, tornTail } = opening.value;
        const tornTails = facts.tornTails + (tornTail ? 1 : 0);
        facts = { ...facts, opened: facts.opened + 1, firstLsn, lastLsn, quarantined: quarantined.length, tornTails };
      } else failed(opening.error.code);
      return opening;
    },
    append: async (journal: Journal, args: Parameters<Journal['append']>[0]): ReturnType<Journal['append']> => {
      const begun = now();
      const done = await journal.append(args);
      if (done.ok) appended(done.value.lastLsn, args.frames.length, now() - begun);
      else failed(done.error.code);
      return done;
    },
  };
};
export type JournalCount = ReturnType<typeof countJournal>;
