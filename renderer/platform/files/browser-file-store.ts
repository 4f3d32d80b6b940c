import { Dexie, type Table } from 'dexie';
import type { FileStore, KeptFile } from './file-store.ts';

export const FILES_DATABASE = 'deskbell-files';

class FilesDatabase extends Dexie {
  declare readonly files: Table<KeptFile & { readonly isLoose: 0 | 1 }, string>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ files: 'sha256, isLoose' });
  }
}

/** A database of its own: the projection can be thrown away and rebuilt, these bytes can't. */
export function browserFileStore(name: string = FILES_DATABASE): FileStore {
  const db = new FilesDatabase(name);
  return {
    get: (sha256) => db.files.get(sha256),
    has: async (sha256) => (await db.files.where('sha256').equals(sha256).count()) > 0,
    put: async (file) => void (await db.files.put({ ...file, isLoose: file.loose === null ? 0 : 1 })),
    remove: (sha256) => db.files.delete(sha256),
    loose: () => db.files.where('isLoose').equals(1).toArray(),
  };
}
