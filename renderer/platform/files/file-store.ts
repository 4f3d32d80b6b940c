import type { Id, Instant } from '#domain/activity/activity.ts';

/** A file as a page keeps it. */
export interface KeptFile {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Until somebody says whether a log names it; null when one does. */
  readonly loose: { readonly at: Instant; readonly incidentIds: readonly Id[] } | null;
}

/** Where a page keeps files. Rejects with the browser's error when there is no room. */
export interface FileStore {
  get(sha256: string): Promise<KeptFile | undefined>;
  has(sha256: string): Promise<boolean>;
  put(file: KeptFile): Promise<void>;
  remove(sha256: string): Promise<void>;
  loose(): Promise<readonly KeptFile[]>;
}

export function memoryFileStore(): FileStore {
  const files = new Map<string, KeptFile>();
  return {
    get: async (sha256) => files.get(sha256),
    has: async (sha256) => files.has(sha256),
    put: async (file) => void files.set(file.sha256, file),
    remove: async (sha256) => void files.delete(sha256),
    loose: async () => [...files.values()].filter(({ loose }) => loose !== null),
  };
}
