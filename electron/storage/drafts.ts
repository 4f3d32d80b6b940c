import { join } from 'node:path';
import type { Draft, EngineHost } from '#contracts/host/engine-host.ts';
import { HOST_LIMITS } from '#contracts/host/host-limits.ts';
import { encodeDraft, type Id, type Instant, isId, ok, refuse } from '#contracts/host/host-rules.ts';
import { readChecked, replaceFile, setAside, withChecksum } from './checked-file.ts';
import { coded, isDiskFull } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import type { Reserve } from './reserve.ts';
import { createSerial } from './serial.ts';

/** How many consumed drafts are remembered, so that a late echo of one does not come back. */
const REMEMBERED = 10_000;

export interface Drafts {
  readonly parts: EngineHost['drafts'];
  /** Removes drafts durable frames took in, unless one was touched after its moment: then it is a new text. */
  consume(drafts: ReadonlyMap<Id, Instant>): Promise<void>;
}

const fileId = (name: string): Id | null => {
  const id = name.endsWith('.draft') ? name.slice(0, -6) : '';
  return isId(id) ? id : null;
};

/** One small file per draft, replaced whole and synced before the answer. */
export function createDrafts(fs: FileSystem, folder: string, quarantine: string, reserve: Reserve): Drafts {
  const serial = createSerial();
  const consumed = new Map<Id, Instant>();
  /** Texts waiting to be written: of several for one draft only the latest is. */
  const waiting = new Map<Id, { draft: Draft; text: string; done: ReturnType<EngineHost['drafts']['put']> }>();
  const pathOf = (id: Id) => join(folder, `${id}.draft`);

  const readDraft = async (id: Id): Promise<Draft | null> => {
    // One that can't be read, or be put aside (no room, no such folder), must not keep the others from being listed.
    const found = await readChecked(fs, pathOf(id)).catch(() => null);
    if (found?.is === 'damaged') await setAside(fs, pathOf(id), quarantine).catch(() => undefined);
    return found?.is === 'value' ? JSON.parse(found.text) : null;
  };

  const write = async (id: Id, text: string) => {
    await fs.makeFolder(folder);
    if ((await fs.size(pathOf(id))) === null && (await fs.list(folder)).length >= HOST_LIMITS.drafts) {
      return refuse('tooLarge', 'too many drafts');
    }
    const replace = () => replaceFile(fs, pathOf(id), withChecksum(text));
    try {
      await replace();
    } catch (error) {
      // Half of the reserve may serve what is being typed; the other half is for what is being saved.
      if (!isDiskFull(error) || !(await reserve.release(text.length, reserve.state().full / 2))) throw error;
      await replace();
    }
    return ok(null);
  };

  const isEcho = (draft: Draft) => draft.updatedAt <= (consumed.get(draft.id) ?? Number.NEGATIVE_INFINITY);

  const writeWaiting = (id: Id) =>
    serial(() =>
      coded(async () => {
        const entry = waiting.get(id);
        waiting.delete(id);
        return entry === undefined || isEcho(entry.draft) ? ok(null) : write(id, entry.text);
      }),
    );

  const remember = (id: Id, at: Instant) => {
    consumed.set(id, Math.max(at, consumed.get(id) ?? at));
    for (const oldest of consumed.keys()) {
      if (consumed.size <= REMEMBERED) break;
      consumed.delete(oldest);
    }
  };

  return {
    parts: {
      list: () =>
        serial(() =>
          coded(async () => {
            const names = await fs.list(folder);
            // A kill in the middle of a put leaves its temporary file; nobody was told that it was kept.
            for (const name of names) if (name.endsWith('.draft.tmp')) await fs.remove(join(folder, name));
            const ids = names.map(fileId).filter((id) => id !== null);
            const drafts: Draft[] = [];
            for (const id of ids) {
              const draft = await readDraft(id);
              if (draft !== null) drafts.push(draft);
            }
            return ok(drafts);
          }),
        ),
      put: async (draft) => {
        const encoded = encodeDraft(draft);
        if (!encoded.ok) return encoded;
        const entry = waiting.get(draft.id);
        if (entry) {
          entry.draft = draft;
          entry.text = encoded.value;
          return entry.done;
        }
        const made = {
          draft,
          text: encoded.value,
          done: Promise.resolve(ok(null)) as ReturnType<EngineHost['drafts']['put']>,
        };
        waiting.set(draft.id, made);
        made.done = writeWaiting(draft.id);
        return made.done;
      },
      remove: async (draftId) => {
        if (!isId(draftId)) return refuse('badArguments', 'draft id is no UUID');
        return serial(() =>
          coded(async () => {
            await fs.remove(pathOf(draftId));
            return ok(null);
          }),
        );
      },
    },
    consume: (taken) => {
      for (const [id, at] of taken) remember(id, at);
      return serial(async () => {
        const kept = taken.size === 1 ? [...taken.keys()] : (await fs.list(folder)).map(fileId);
        for (const id of kept) {
          const at = id === null ? undefined : taken.get(id);
          if (id === null || at === undefined) continue;
          const draft = await readDraft(id);
          if (draft !== null && draft.updatedAt <= at) await fs.remove(pathOf(id));
        }
      });
    },
  };
}
