import type { EngineHost, SnapshotManifest } from '#contracts/host/engine-host.ts';
import { HOST_LIMITS } from '#contracts/host/host-limits.ts';
import { isPageHash, manifestFault, refuse } from '#contracts/host/host-rules.ts';
import { ok } from '#domain/result.ts';
import { sha256Hex } from '../sha256-hex.ts';
import type { JournalDatabase } from './journal-database.ts';
import { coded, guarded } from './web-faults.ts';

const KEPT = 2;

export function webSnapshots(db: JournalDatabase): EngineHost['snapshots'] {
  const hasPages = async (manifest: SnapshotManifest): Promise<boolean> => {
    const hashes = [...new Set(manifest.pages.map((page) => page.hash))];
    return (await db.pages.where('hash').anyOf(hashes).count()) === hashes.length;
  };

  /** Reads every page and checks it against its name; outside a transaction, as hashing would end one. */
  const verifies = async (manifest: SnapshotManifest): Promise<boolean> => {
    for (const { hash } of manifest.pages) {
      const page = await db.pages.get(hash);
      if (!page || (await sha256Hex(page.text)) !== hash) return false;
    }
    return true;
  };

  const removeUnused = async () => {
    const rows = await db.manifests.reverse().toArray();
    await db.manifests.bulkDelete(rows.slice(KEPT).flatMap(({ order }) => (order === undefined ? [] : [order])));
    const used = new Set(rows.slice(0, KEPT).flatMap(({ manifest }) => manifest.pages.map((page) => page.hash)));
    const all = await db.pages.toCollection().primaryKeys();
    await db.pages.bulkDelete(all.filter((hash) => !used.has(hash)));
  };

  return {
    latest: () =>
      coded(db, async () => {
        for (const { manifest } of await db.manifests.reverse().toArray()) {
          if (await verifies(manifest)) return ok(manifest);
        }
        return ok(null);
      }),

    writePage: async ({ fence, text }) => {
      if (text.length > HOST_LIMITS.page) return refuse('tooLarge', 'page');
      const hash = await sha256Hex(text);
      return guarded(db, fence, async () => {
        await db.pages.put({ hash, text });
        return ok({ hash });
      });
    },

    readPage: async ({ hash }) => {
      if (!isPageHash(hash)) return refuse('badArguments', 'page hash');
      return coded(db, async () => {
        const page = await db.pages.get(hash);
        return page ? ok({ text: page.text }) : refuse('notFound');
      });
    },

    commit: ({ fence, manifest }) =>
      guarded(db, fence, async () => {
        const fault = manifestFault(manifest);
        if (fault) return fault;
        if (!(await hasPages(manifest))) return refuse('notFound', 'a page of the snapshot is missing');
        await db.manifests.add({ manifest });
        await removeUnused();
        return ok(null);
      }),
  };
}
