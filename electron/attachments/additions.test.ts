import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FILE_LIMITS, MOST_ADDITIONS } from '#contracts/host/files-host.ts';
import { TestDisk } from '#electron/storage/test-disk.suite.ts';
import { add, ledgerFile, madeUp, openedIn, sha256, temporaryRoot } from './attachments-under-test.suite.ts';

const codeOf = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code);
const incident = { incidentId: 'incident 1', name: 'file' };
const kept = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe('files on their way in', () => {
  test('of no byte, of one, of as many as they may have and of one more', async () => {
    const root = temporaryRoot();
    const { attachments } = await openedIn(root, { limits: { file: 1_000, device: 1_500 } });
    for (const length of [0, 1, 1_000]) expect(codeOf(await add(attachments, madeUp(length)))).toBe('ok');
    expect(codeOf(await add(attachments, madeUp(1_001)))).toBe('tooLarge');
    expect(codeOf(await add(attachments, madeUp(500, 2)))).toBe('deviceFull');
    expect(codeOf(await add(attachments, madeUp(499, 2)))).toBe('ok');
    expect(kept(root)).toHaveLength(4);
  });

  test('bring each byte once and in its place, whatever a window sends', async () => {
    const { attachments } = await openedIn(temporaryRoot());
    const bytes = madeUp(10);
    const begin = async () => {
      const begun = await attachments.begin('w1', { ...incident, bytes: 10 });
      return begun.ok ? begun.value.addition : '';
    };
    const first = await begin();
    expect(codeOf(await attachments.append('w2', { addition: first, at: 0, bytes }))).toBe('gone');
    expect(codeOf(await attachments.append('w1', { addition: first, at: 5, bytes: bytes.subarray(5) }))).toBe('gone');
    expect(codeOf(await attachments.append('w1', { addition: first, at: 0, bytes }))).toBe('gone');
    const second = await begin();
    expect(codeOf(await attachments.append('w1', { addition: second, at: 0, bytes: madeUp(11) }))).toBe('tooLarge');
    const third = await begin();
    expect(codeOf(await attachments.append('w1', { addition: third, at: 0, bytes: bytes.subarray(0, 9) }))).toBe('ok');
    expect(codeOf(await attachments.finish('w1', { addition: third }))).toBe('contentWrong');
    expect(codeOf(await attachments.finish('w1', { addition: third }))).toBe('gone');
    expect(await attachments.state({ sha256s: [sha256(bytes)] })).toMatchObject([{ here: false }]);
  });

  test('are so many at a time, and those that nobody goes on with are given up', async () => {
    let now = 0;
    const root = temporaryRoot();
    const { attachments } = await openedIn(root, { now: () => now });
    const begin = (window: string) => attachments.begin(window, { ...incident, bytes: 7 });
    const begun = await Promise.all(Array.from({ length: MOST_ADDITIONS + 1 }, () => begin('w1')));
    expect(begun.map(codeOf)).toEqual([...Array<string>(MOST_ADDITIONS).fill('ok'), 'tooMany']);
    expect(codeOf(await begin('w1'))).toBe('tooMany');
    expect(codeOf(await begin('w2'))).toBe('ok');
    now += 6 * 60_000;
    expect(codeOf(await begin('w1'))).toBe('ok');
    expect(kept(root)).toHaveLength(1);
    await attachments.close();
    expect(kept(root)).toHaveLength(0);
  });

  test('have names and hashes that lead nowhere else', async () => {
    const root = temporaryRoot();
    const { attachments } = await openedIn(join(root, 'attachments'));
    for (const name of ['../../../escape', 'a\0b', 'CON', '..\\..\\x', '.', 'x'.repeat(1_000)]) {
      const added = await add(attachments, Buffer.from(name), { name });
      expect(added.ok && /^[^/\\\0]+$/.test(added.value.name) && !added.value.name.startsWith('.')).toBe(true);
    }
    expect(readdirSync(root)).toEqual(['attachments']);
    const outside = { sha256: '../../../../etc/passwd' };
    await expect(attachments.picture(outside)).rejects.toThrow('no hash');
    await expect(attachments.state({ sha256s: [outside.sha256] })).rejects.toThrow('no hash');
  });

  test('that a kill cut off leave nothing with the next start, and those that were finished are there', async () => {
    const root = temporaryRoot();
    const first = await openedIn(root);
    const whole = madeUp(5_000);
    expect(codeOf(await add(first.attachments, whole))).toBe('ok');
    const begun = await first.attachments.begin('w1', { ...incident, bytes: 5_000 });
    const addition = begun.ok ? begun.value.addition : '';
    await first.attachments.append('w1', { addition, at: 0, bytes: madeUp(2_000, 2) });
    expect(kept(root)).toHaveLength(2);
    const next = await openedIn(root);
    expect(kept(root)).toEqual([sha256(whole)]);
    expect(await next.attachments.state({ sha256s: [sha256(whole)] })).toMatchObject([{ here: true }]);
  });

  test('lie under their hash whole or not at all, at whatever moment the power goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        async (operations, dice) => {
          const disk = new TestDisk();
          const bytes = madeUp(3_000);
          let left = operations;
          disk.fault = () => {
            left -= 1;
            return left < 0 ? 'EIO' : null;
          };
          const ledger = ledgerFile();
          const { attachments } = await openedIn('/a', { fs: disk, ledger }).catch(() => ({ attachments: null }));
          const added = attachments && (await add(attachments, bytes, { piece: 1_000 }));
          const after = disk.afterPowerCut(() => dice.next().value ?? 0);
          const next = await openedIn('/a', { fs: after, ledger: ledgerFile(ledger.text) });
          const place = `/a/${sha256(bytes).slice(0, 2)}/${sha256(bytes)}`;
          const found = after.paths().includes(place);
          if (added?.ok) expect(found).toBe(true);
          if (found) expect(sha256(after.bytes(place))).toBe(sha256(bytes));
          // What lies there and was never told of is known to be nobody's yet.
          const loose = await next.attachments.loose({ before: Number.MAX_SAFE_INTEGER });
          if (found) expect(loose).toMatchObject([{ sha256: sha256(bytes) }]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('leave the journal its room, and what the disk does not take is refused and taken away', async () => {
    const disk = new TestDisk();
    const { attachments } = await openedIn('/a', { fs: disk });
    disk.capacity = FILE_LIMITS.kept + 1_000;
    expect(codeOf(await add(attachments, madeUp(1_001)))).toBe('diskFull');
    expect(codeOf(await add(attachments, madeUp(1_000)))).toBe('ok');
    const begun = await attachments.begin('w1', { ...incident, bytes: 0 });
    expect(codeOf(begun)).toBe('ok');
    disk.fault = (operation) => (operation === 'sync' ? 'EIO' : null);
    expect(codeOf(await attachments.finish('w1', { addition: begun.ok ? begun.value.addition : '' }))).toBe('ioError');
    expect(disk.paths().filter((path) => path.endsWith('.part'))).toEqual([]);
  });

  test('that are no longer what they were are not saved, but put aside', async () => {
    const disk = new TestDisk();
    const { attachments } = await openedIn('/a', { fs: disk });
    const bytes = madeUp(100);
    await add(attachments, bytes);
    disk.replace(`/a/${sha256(bytes).slice(0, 2)}/${sha256(bytes)}`, madeUp(100, 2));
    const write = () => expect.fail('written');
    expect(codeOf(await attachments.save(sha256(bytes), write))).toBe('contentWrong');
    expect(await attachments.state({ sha256s: [sha256(bytes)] })).toMatchObject([{ here: false }]);
    expect(disk.paths()).toContain(`/a/damaged/${sha256(bytes)}`);
  });
});
