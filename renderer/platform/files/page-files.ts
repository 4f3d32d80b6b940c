import { HEAD_BYTES, isPicture } from '#contracts/files/content-type.ts';
import { safeName } from '#contracts/files/names.ts';
import {
  type DeskFiles,
  type EngineFiles,
  FILE_LIMITS,
  type FileFault,
  type FileResult,
  type FileState,
} from '#contracts/host/files-host.ts';
import type { Instant } from '#domain/activity/activity.ts';
import { sha256Hex } from '../sha256-hex.ts';
import { contentType } from './content-type.ts';
import type { FileStore } from './file-store.ts';

export interface PageFilesPorts {
  readonly store: FileStore;
  readonly now: () => Instant;
  /** Hands a file to the person the browser's way. */
  readonly save: (name: string, bytes: Uint8Array) => void;
}

const fault = (code: FileFault['code']): { readonly ok: false; readonly error: FileFault } => ({
  ok: false,
  error: { code },
});

/** A browser that has no room says so in one of these words. */
const isFull = (error: unknown): boolean =>
  error instanceof Error && /Quota/.test(`${error.name} ${String((error as { inner?: unknown }).inner ?? '')}`);

const onStore = async <T>(work: () => FileResult<T>): FileResult<T> => {
  try {
    return await work();
  } catch (error) {
    return fault(isFull(error) ? 'diskFull' : 'ioError');
  }
};

/**
 * Attachments where a page itself keeps them: a plain browser, and tests. There is no way to a server, so nothing is
 * sent or fetched.
 */
export function pageFiles({ store, now, save }: PageFilesPorts): {
  readonly desk: DeskFiles;
  readonly engine: EngineFiles;
} {
  const listeners = new Set<(state: FileState) => void>();
  const stateOf = async (sha256: string): Promise<FileState> => ({
    sha256,
    here: await store.has(sha256),
    sent: [],
    transfer: null,
    trouble: null,
  });
  const tell = async (sha256: string): Promise<void> => {
    const state = await stateOf(sha256);
    for (const listener of listeners) listener(state);
  };
  const state: DeskFiles['state'] = ({ sha256s }) => Promise.all(sha256s.map(stateOf));
  const onChange: DeskFiles['onChange'] = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const desk: DeskFiles = {
    state,
    onChange,
    add: ({ incidentId, name, content, onProgress }) =>
      onStore(async () => {
        if (content.size > FILE_LIMITS.file) return fault('tooLarge');
        const bytes = new Uint8Array(await content.slice(0, content.size).arrayBuffer());
        if (bytes.byteLength !== content.size) return fault('contentWrong');
        const sha256 = await sha256Hex(bytes);
        const before = await store.get(sha256);
        const mediaType = await contentType(bytes.subarray(0, HEAD_BYTES));
        if (before === undefined || before.loose !== null) {
          const incidentIds = [...new Set([...(before?.loose?.incidentIds ?? []), incidentId])];
          await store.put({ sha256, mediaType, bytes, loose: { at: now(), incidentIds } });
        }
        onProgress?.(bytes.byteLength);
        await tell(sha256);
        return { ok: true, value: { sha256, name: safeName(name), bytes: bytes.byteLength, mediaType } };
      }),
    picture: async ({ sha256 }) => {
      const file = await store.get(sha256);
      if (!file || !isPicture(file.mediaType) || file.bytes.byteLength > FILE_LIMITS.picture) return null;
      return { mediaType: file.mediaType, bytes: file.bytes };
    },
    saveAs: ({ sha256, name }) =>
      onStore(async () => {
        const file = await store.get(sha256);
        if (!file) return fault('notHere');
        save(safeName(name), file.bytes);
        return { ok: true, value: true };
      }),
    fetch: async () => fault('notSupported'),
  };
  const engine: EngineFiles = {
    state,
    onChange,
    upload: async () => fault('notSupported'),
    download: async () => fault('notSupported'),
    loose: async ({ before }) =>
      (await store.loose()).flatMap(({ sha256, loose }) =>
        loose !== null && loose.at < before ? [{ sha256, incidentIds: loose.incidentIds }] : [],
      ),
    settle: ({ sha256, attached }) =>
      onStore(async () => {
        const file = await store.get(sha256);
        if (file?.loose && attached) await store.put({ ...file, loose: null });
        if (file?.loose && !attached) await store.remove(sha256);
        if (file?.loose) await tell(sha256);
        return { ok: true, value: null };
      }),
  };
  return { desk, engine };
}
