/** What every EngineHost must do, run against each implementation of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Id } from '#domain/activity/activity.ts';
import type { Result } from '#domain/result.ts';
import {
  type EngineHost,
  FRAME_FORMAT_VERSION,
  type Frame,
  type JournalError,
  type JournalOpening,
  type SnapshotManifest,
} from './engine-host.ts';
import { HOST_LIMITS } from './host-limits.ts';
import { frames, must, PERSON, readAll, recordingFrame, testDraft, testFrame, testId } from './host-samples.suite.ts';

export interface HostFixture {
  readonly host: EngineHost;
  /** Ends the host as a kill would and begins another on what it left behind. */
  restart(): Promise<EngineHost>;
  dispose(): Promise<void>;
}

const codeOf = (result: Result<unknown, JournalError>) => (result.ok ? 'ok' : result.error.code);

interface Context {
  fixture: HostFixture;
  host: EngineHost;
  opening: JournalOpening;
}

export function describeEngineHost(name: string, factory: () => Promise<HostFixture>): void {
  describe(`the engine host "${name}"`, () => {
    const context = {} as Context;
    const start = async (host: EngineHost) => {
      context.host = host;
      context.opening = must(await host.journal.open());
    };
    const restart = async () => start(await context.fixture.restart());
    const append = (first: number, batch: readonly Frame[]) =>
      context.host.journal.append({ fence: context.opening.fence, expectedLsn: first, frames: batch });

    beforeEach(async () => {
      context.fixture = await factory();
      await start(context.fixture.host);
    });
    afterEach(() => context.fixture.dispose());

    describeJournal({ context, restart, append });
    describeStages({ context, restart, append });
    describeSnapshots({ context, restart, append });
    describeSmallThings({ context, restart, append });
  });
}

interface Tools {
  readonly context: Context;
  readonly restart: () => Promise<void>;
  readonly append: (first: number, batch: readonly Frame[]) => ReturnType<EngineHost['journal']['append']>;
}

function describeJournal({ context, restart, append }: Tools): void {
  test('a new journal is empty, has an identity and begins at lsn 1', async () => {
    expect(context.opening).toMatchObject({ lastLsn: 0, firstLsn: 1, counters: {}, quarantined: [], tornTail: false });
    expect(context.opening.openStages).toEqual([]);
    expect(context.opening.journalId).toMatch(/^[0-9a-f-]{36}$/);
    expect(context.opening.device).toMatch(/^[0-9a-f-]{36}$/);
    expect(await readAll(context.host, 1)).toEqual([]);
  });

  test('what was appended is read back unchanged, also after a restart', async () => {
    expect(must(await append(1, frames(1, 3)))).toEqual({ lastLsn: 3 });
    expect(must(await append(4, frames(4, 4)))).toEqual({ lastLsn: 4 });
    expect(await readAll(context.host, 1)).toEqual(frames(1, 4));
    await restart();
    expect(context.opening).toMatchObject({ lastLsn: 4, firstLsn: 1, counters: { [PERSON]: 4 } });
    expect(await readAll(context.host, 1)).toEqual(frames(1, 4));
    expect(await readAll(context.host, 3)).toEqual(frames(3, 4));
    expect(must(await append(5, frames(5, 5)))).toEqual({ lastLsn: 5 });
  });

  test('the journal and the device keep their identity over a restart', async () => {
    const before = context.opening;
    await restart();
    expect(context.opening).toMatchObject({ journalId: before.journalId, device: before.device, deviceIsNew: false });
  });

  test('every opening raises the fence, and an engine with an older one writes nothing', async () => {
    const old = context.opening.fence;
    context.opening = must(await context.host.journal.open());
    expect(context.opening.fence).toBeGreaterThan(old);
    const stale = await context.host.journal.append({ fence: old, expectedLsn: 1, frames: frames(1, 1) });
    expect(codeOf(stale)).toBe('staleFence');
    expect(codeOf(await context.host.journal.compact({ fence: old, throughLsn: 1 }))).toBe('staleFence');
    expect(codeOf(await context.host.journal.restartAt({ fence: old, lsn: 9 }))).toBe('staleFence');
    expect(codeOf(await context.host.stages.append({ fence: old, stageId: testId(5), lines: [] }))).toBe('staleFence');
    expect(codeOf(await context.host.snapshots.writePage({ fence: old, text: 'x' }))).toBe('staleFence');
    expect(await readAll(context.host, 1)).toEqual([]);
    await restart();
    expect(context.opening.fence).toBeGreaterThan(old + 1);
  });

  test('an unexpected lsn is refused and leaves the log as it was', async () => {
    must(await append(1, frames(1, 2)));
    expect(codeOf(await append(2, frames(2, 2)))).toBe('unexpectedLsn');
    expect(codeOf(await append(4, frames(4, 4)))).toBe('unexpectedLsn');
    expect(codeOf(await append(3, [testFrame(3), testFrame(5)]))).toBe('badArguments');
    expect(await readAll(context.host, 1)).toEqual(frames(1, 2));
  });

  test('an empty batch changes nothing', async () => {
    expect(must(await append(1, []))).toEqual({ lastLsn: 0 });
  });

  test('a frame of a newer format, or one too large, is refused whole', async () => {
    expect(codeOf(await append(1, [testFrame(1), testFrame(2, { formatVersion: FRAME_FORMAT_VERSION + 1 })]))).toBe(
      'newerFormat',
    );
    const huge = testFrame(1, { body: 'x'.repeat(HOST_LIMITS.frame) });
    expect(codeOf(await append(1, [huge]))).toBe('tooLarge');
    expect(await readAll(context.host, 1)).toEqual([]);
  });

  test('appends asked for at once are done one after the other', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map((lsn) => append(lsn, frames(lsn, lsn))));
    expect(outcomes.map(codeOf)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(await readAll(context.host, 1)).toEqual(frames(1, 5));
  });

  test('reading goes in parts of about the size asked for, never with an empty part before the end', async () => {
    must(await append(1, frames(1, 20)));
    const part = must(await context.host.journal.read({ fromLsn: 1, maxBytes: 1 }));
    expect(part.frames).toEqual(frames(1, 1));
    expect(part.nextLsn).toBe(2);
    expect(await readAll(context.host, 1, 700)).toEqual(frames(1, 20));
    expect(must(await context.host.journal.read({ fromLsn: 21, maxBytes: 1 }))).toEqual({ frames: [], nextLsn: null });
  });

  test('compaction drops nothing after its lsn, and reading before the rest is refused', async () => {
    must(await append(1, frames(1, 10)));
    must(await context.host.journal.compact({ fence: context.opening.fence, throughLsn: 10 }));
    must(await append(11, frames(11, 12)));
    await restart();
    expect(context.opening).toMatchObject({ lastLsn: 12, counters: { [PERSON]: 12 } });
    expect(context.opening.firstLsn).toBeLessThanOrEqual(11);
    expect(await readAll(context.host, 11)).toEqual(frames(11, 12));
    if (context.opening.firstLsn > 1) {
      expect(codeOf(await context.host.journal.read({ fromLsn: 1, maxBytes: 1000 }))).toBe('notFound');
    }
  });

  test('counters outlive the frames that raised them', async () => {
    must(await append(1, [testFrame(1, { person: testId(77), seq: 41 })]));
    must(await context.host.journal.compact({ fence: context.opening.fence, throughLsn: 1 }));
    await restart();
    expect(context.opening.counters[testId(77)]).toBe(41);
    expect(context.opening.lastLsn).toBe(1);
  });

  test('a fresh log begins after the lsn the database has, and frames are never forgotten by it', async () => {
    must(await append(1, frames(1, 3)));
    const { fence } = context.opening;
    expect(codeOf(await context.host.journal.restartAt({ fence, lsn: 2 }))).toBe('unexpectedLsn');
    must(await context.host.journal.restartAt({ fence, lsn: 50 }));
    must(await append(51, frames(51, 52)));
    await restart();
    expect(context.opening).toMatchObject({ lastLsn: 52, firstLsn: 51, quarantined: [] });
    expect(await readAll(context.host, 51)).toEqual(frames(51, 52));
  });

  test('a fresh log is still fresh when nothing was appended before the restart', async () => {
    must(await context.host.journal.restartAt({ fence: context.opening.fence, lsn: 50 }));
    await restart();
    expect(context.opening).toMatchObject({ lastLsn: 50, firstLsn: 51 });
    expect(must(await append(51, frames(51, 51)))).toEqual({ lastLsn: 51 });
  });
}

function describeStages({ context, restart, append }: Tools): void {
  const stageId = testId(500);
  const lines = Array.from({ length: 50 }, (_, index) => JSON.stringify({ index, text: 'ä\\n' }));
  const stage = (more: { stageId?: Id; lines?: readonly string[] } = {}) =>
    context.host.stages.append({ fence: context.opening.fence, stageId, lines, ...more });
  const seal = () => context.host.stages.seal({ fence: context.opening.fence, stageId });
  const commitFrame = (lsn: number) => testFrame(lsn, { kind: 'adoptCommit', body: { stageId } });
  const readStage = async (fromLine = 0, maxBytes = 300) => {
    const all: string[] = [];
    for (let next: number | null = fromLine; next !== null; ) {
      const part: { lines: readonly string[]; nextLine: number | null } = must(
        await context.host.stages.read({ stageId, fromLine: next, maxBytes }),
      );
      all.push(...part.lines);
      next = part.nextLine;
    }
    return all;
  };

  test('a stage gives back its lines in order, from any line, in parts', async () => {
    must(await stage());
    must(await stage({ lines: ['"last"'] }));
    expect(must(await seal())).toMatchObject({ lines: 51 });
    expect(await readStage()).toEqual([...lines, '"last"']);
    expect(await readStage(49, 1)).toEqual([lines[49], '"last"']);
    expect(await readStage(51)).toEqual([]);
  });

  test('a stage without commit frame is named at the next opening and can be discarded', async () => {
    must(await stage());
    must(await seal());
    await restart();
    expect(context.opening.openStages).toEqual([stageId]);
    must(await context.host.stages.discard({ fence: context.opening.fence, stageId }));
    must(await context.host.stages.discard({ fence: context.opening.fence, stageId }));
    expect(codeOf(await context.host.stages.read({ stageId, fromLine: 0, maxBytes: 100 }))).toBe('notFound');
    await restart();
    expect(context.opening.openStages).toEqual([]);
  });

  test('a committed stage is part of the log: kept over restarts, closed to change, dropped by compaction', async () => {
    must(await stage());
    must(await seal());
    must(await append(1, [commitFrame(1)]));
    expect(codeOf(await stage())).toBe('badArguments');
    await restart();
    expect(context.opening.openStages).toEqual([]);
    expect(await readStage()).toEqual(lines);
    expect(codeOf(await context.host.stages.discard({ fence: context.opening.fence, stageId }))).toBe('badArguments');
    must(await append(2, frames(2, 2)));
    must(await context.host.journal.compact({ fence: context.opening.fence, throughLsn: 1 }));
    expect(codeOf(await context.host.stages.read({ stageId, fromLine: 0, maxBytes: 100 }))).toBe('notFound');
    await restart();
    expect(context.opening.openStages).toEqual([]);
  });

  test('a commit frame is refused while its stage is missing or not sealed', async () => {
    expect(codeOf(await append(1, [commitFrame(1)]))).toBe('notFound');
    must(await stage());
    expect(codeOf(await append(1, [commitFrame(1)]))).toBe('notFound');
    must(await seal());
    must(await stage());
    expect(codeOf(await append(1, [commitFrame(1)]))).toBe('notFound');
    must(await seal());
    must(await append(1, [commitFrame(1)]));
  });

  test('stage names and lines from outside are checked', async () => {
    expect(codeOf(await stage({ stageId: '../../etc/passwd' }))).toBe('badArguments');
    expect(codeOf(await stage({ lines: ['a\nb'] }))).toBe('badArguments');
    expect(codeOf(await stage({ lines: ['x'.repeat(HOST_LIMITS.stageLine + 1)] }))).toBe('tooLarge');
  });
}

function describeSnapshots({ context, restart }: Tools): void {
  const page = async (text: string) =>
    must(await context.host.snapshots.writePage({ fence: context.opening.fence, text })).hash;
  const manifest = (n: number, hashes: readonly string[]): SnapshotManifest => ({
    formatVersion: 1,
    snapshotId: testId(600 + n),
    journalId: context.opening.journalId,
    startLsn: n,
    takenAt: 1000 + n,
    pages: hashes.map((hash, index) => ({ name: `p${index}`, hash, throughLsn: n })),
  });
  const commit = (m: SnapshotManifest) => context.host.snapshots.commit({ fence: context.opening.fence, manifest: m });

  test('there is no snapshot at first', async () => {
    expect(must(await context.host.snapshots.latest())).toBeNull();
  });

  test('a committed snapshot and its pages come back, also after a restart', async () => {
    const text = `${JSON.stringify({ a: 'ö🙂' })}\n`.repeat(1000);
    const made = manifest(1, [await page(text), await page('')]);
    must(await commit(made));
    await restart();
    expect(must(await context.host.snapshots.latest())).toEqual(made);
    expect(must(await context.host.snapshots.readPage({ hash: made.pages[0]?.hash ?? '' }))).toEqual({ text });
  });

  test('pages have the SHA-256 of their text as name', async () => {
    expect(await page('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('a manifest that names a page nobody wrote is refused', async () => {
    expect(codeOf(await commit(manifest(1, ['0'.repeat(64)])))).toBe('notFound');
    expect(codeOf(await commit(manifest(1, ['../x'])))).toBe('badArguments');
    expect(must(await context.host.snapshots.latest())).toBeNull();
  });

  test('two snapshots are kept; pages only an older one had are removed, shared ones stay', async () => {
    const shared = await page('shared');
    const [first, second, third] = [await page('first'), await page('second'), await page('third')];
    must(await commit(manifest(1, [shared, first])));
    must(await commit(manifest(2, [shared, await page('second'), second])));
    must(await commit(manifest(3, [shared, await page('third'), third])));
    await restart();
    expect(must(await context.host.snapshots.latest())).toMatchObject({ startLsn: 3 });
    expect(codeOf(await context.host.snapshots.readPage({ hash: first }))).toBe('notFound');
    expect(must(await context.host.snapshots.readPage({ hash: second }))).toEqual({ text: 'second' });
    expect(must(await context.host.snapshots.readPage({ hash: shared }))).toEqual({ text: 'shared' });
  });
}

function describeSmallThings({ context, restart, append }: Tools): void {
  const drafts = async () => must(await context.host.drafts.list()).toSorted((a, b) => (a.id < b.id ? -1 : 1));

  test('a draft is there after a restart with its last text, until removed', async () => {
    must(await context.host.drafts.put(testDraft(1)));
    must(await context.host.drafts.put(testDraft(2)));
    must(await context.host.drafts.put(testDraft(1, { content: { body: 'half a sentence' }, updatedAt: 2000 })));
    await restart();
    expect(await drafts()).toEqual([
      testDraft(1, { content: { body: 'half a sentence' }, updatedAt: 2000 }),
      testDraft(2),
    ]);
    must(await context.host.drafts.remove(testId(1)));
    must(await context.host.drafts.remove(testId(1)));
    await restart();
    expect(await drafts()).toEqual([testDraft(2)]);
  });

  test('many puts of one draft at once end with the last', async () => {
    const puts = Array.from({ length: 20 }, (_, n) =>
      context.host.drafts.put(testDraft(1, { content: n, updatedAt: 1000 + n })),
    );
    expect((await Promise.all(puts)).map(codeOf)).toEqual(Array.from({ length: 20 }, () => 'ok'));
    expect(await drafts()).toEqual([testDraft(1, { content: 19, updatedAt: 1019 })]);
  });

  test('a frame takes the draft it consumed with it, and a late echo of it stays away', async () => {
    must(await context.host.drafts.put(testDraft(1)));
    must(await append(1, [recordingFrame(1, 1500, { draftId: testId(1) })]));
    expect(await drafts()).toEqual([]);
    must(await context.host.drafts.put(testDraft(1, { updatedAt: 1400 })));
    expect(await drafts()).toEqual([]);
    await restart();
    expect(await drafts()).toEqual([]);
  });

  test('a new text under an old draft id is kept', async () => {
    must(await append(1, [recordingFrame(1, 1500, { draftId: testId(1) })]));
    must(await context.host.drafts.put(testDraft(1, { updatedAt: 1600 })));
    await restart();
    expect(await drafts()).toEqual([testDraft(1, { updatedAt: 1600 })]);
  });

  test('draft ids and sizes from outside are checked', async () => {
    expect(codeOf(await context.host.drafts.put(testDraft(1, { id: '../x' })))).toBe('badArguments');
    expect(codeOf(await context.host.drafts.remove('..'))).toBe('badArguments');
    const content = 'x'.repeat(HOST_LIMITS.draft);
    expect(codeOf(await context.host.drafts.put(testDraft(1, { content })))).toBe('tooLarge');
    expect(await drafts()).toEqual([]);
  });

  test('settings keep every key that is not written anew', async () => {
    expect(must(await context.host.settings.read())).toEqual({});
    must(await context.host.settings.write({ a: 1, fromNewerBuild: { x: [1] } }));
    must(await context.host.settings.write({ a: null, b: 'two' }));
    await restart();
    expect(must(await context.host.settings.read())).toEqual({ a: null, b: 'two', fromNewerBuild: { x: [1] } });
  });

  test('settings beyond their size are refused and the old ones stay', async () => {
    must(await context.host.settings.write({ a: 1 }));
    const huge = 'x'.repeat(HOST_LIMITS.settings);
    expect(codeOf(await context.host.settings.write({ huge }))).toBe('tooLarge');
    expect(must(await context.host.settings.read())).toEqual({ a: 1 });
  });
}
