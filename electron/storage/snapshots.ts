import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { EngineHost, JournalError, SnapshotManifest } from '#contracts/host/engine-host.ts';
import { HOST_LIMITS } from '#contracts/host/host-limits.ts';
import { type Id, isPageHash, manifestFault, ok, type Result, refuse } from '#contracts/host/host-rules.ts';
import { readChecked, replaceFile, withChecksum } from './checked-file.ts';
import { coded, errnoOf, isMissing } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import { createSerial } from './serial.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);
const KEPT = 2;

export interface Snapshots {
  readonly parts: EngineHost['snapshots'];
  journalId(): Promise<Id | null>;
}

const manifestOrder = (name: string): number | null => {
  const digits = /^(\d{10})\.manifest$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
};
const manifestName = (order: number) => `${order.toString().padStart(10, '0')}.manifest`;
const hashOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** The text of a page, or why it can't be believed. */
type PageFound = { readonly text: string } | 'missing' | 'damaged';

/** @param fence the fence of the engine that may write */
export function createSnapshots(fs: FileSystem, folder: string, fence: () => number): Snapshots {
  const serial = createSerial();
  const pages = join(folder, 'pages');
  const pathOf = (hash: string) => join(pages, `${hash}.gz`);
  /** Pages read back and found whole by this process. */
  const verified = new Set<string>();

  const readPage = async (hash: string): Promise<PageFound> => {
    try {
      const packed = await fs.readFile(pathOf(hash));
      const text = (await unzip(packed, { maxOutputLength: 4 * HOST_LIMITS.page })).toString('utf8');
      return hashOf(text) === hash ? { text } : 'damaged';
    } catch (error) {
      if (isMissing(error)) return 'missing';
      if (errnoOf(error)?.startsWith('Z_')) return 'damaged';
      if (error instanceof RangeError) return 'damaged';
      throw error;
    }
  };

  const isWhole = async (hash: string): Promise<boolean> => {
    const whole = typeof (await readPage(hash)) === 'object';
    if (whole) verified.add(hash);
    else verified.delete(hash);
    return whole;
  };

  const allWhole = async (manifest: SnapshotManifest, again: boolean): Promise<boolean> => {
    for (const { hash } of manifest.pages) {
      if ((again || !verified.has(hash)) && !(await isWhole(hash))) return false;
    }
    return true;
  };

  /** Readable manifests, newest first. */
  const manifests = async () => {
    const orders = (await fs.list(folder)).map(manifestOrder).filter((order) => order !== null);
    const found: { order: number; manifest: SnapshotManifest }[] = [];
    for (const order of orders.toSorted((a, b) => b - a)) {
      const read = await readChecked(fs, join(folder, manifestName(order)));
      if (read.is === 'value') found.push({ order, manifest: JSON.parse(read.text) });
    }
    return found;
  };

  const removeUnused = async (kept: readonly { order: number; manifest: SnapshotManifest }[]) => {
    const orders = new Set(kept.map(({ order }) => manifestName(order)));
    const names = new Set(kept.flatMap(({ manifest }) => manifest.pages.map(({ hash }) => `${hash}.gz`)));
    for (const name of await fs.list(folder)) {
      if (/\.manifest(\.tmp)?$/.test(name) && !orders.has(name)) await fs.remove(join(folder, name));
    }
    for (const name of await fs.list(pages)) {
      if (names.has(name)) continue;
      await fs.remove(join(pages, name));
      verified.delete(name.slice(0, 64));
    }
  };

  const publish = async (manifest: SnapshotManifest) => {
    const before = await manifests();
    const taken = (await fs.list(folder)).map(manifestOrder).filter((order) => order !== null);
    const order = Math.max(0, ...taken) + 1;
    await fs.syncFolder(pages);
    await replaceFile(fs, join(folder, manifestName(order)), withChecksum(JSON.stringify(manifest)));
    const kept = [{ order, manifest }];
    for (const older of before) {
      // An older one with a missing page is no way back; a whole one further down is.
      if (kept.length < KEPT && (await allWhole(older.manifest, false))) kept.push(older);
    }
    await removeUnused(kept);
  };

  const guarded = <T>(given: number, work: () => Promise<Result<T, JournalError>>) =>
    serial(() => coded<T>(async () => (given === fence() && given > 0 ? work() : refuse('staleFence'))));

  return {
    parts: {
      latest: () =>
        serial(() =>
          coded(async () => {
            for (const { manifest } of await manifests()) if (await allWhole(manifest, true)) return ok(manifest);
            return ok(null);
          }),
        ),
      writePage: ({ fence: given, text }) =>
        guarded(given, async () => {
          if (text.length > HOST_LIMITS.page) return refuse('tooLarge', 'page');
          const hash = hashOf(text);
          if (verified.has(hash) || (await isWhole(hash))) return ok({ hash });
          await fs.makeFolder(pages);
          await replaceFile(fs, pathOf(hash), await zip(Buffer.from(text, 'utf8'), { level: 1 }));
          return (await isWhole(hash)) ? ok({ hash }) : refuse('ioError', 'a page was not read back as written');
        }),
      readPage: async ({ hash }) => {
        if (!isPageHash(hash)) return refuse('badArguments', 'page hash');
        return coded(async () => {
          const found = await readPage(hash);
          if (typeof found === 'object') return ok(found);
          verified.delete(hash);
          return found === 'missing' ? refuse('notFound') : refuse('ioError', 'the page is damaged');
        });
      },
      commit: ({ fence: given, manifest }) =>
        guarded(given, async () => {
          const fault = manifestFault(manifest);
          if (fault) return fault;
          await fs.makeFolder(pages);
          if (!(await allWhole(manifest, false))) return refuse('notFound', 'a page of the snapshot is missing');
          await publish(manifest);
          return ok(null);
        }),
    },
    journalId: async () => (await manifests())[0]?.manifest.journalId ?? null,
  };
}
