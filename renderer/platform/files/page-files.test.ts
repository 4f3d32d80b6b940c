import 'fake-indexeddb/auto';
import { describeFilesHost, type FilesFixture } from '#contracts/host/files-host.suite.ts';
import { browserFileStore } from './browser-file-store.ts';
import { type FileStore, memoryFileStore } from './file-store.ts';
import { pageFiles } from './page-files.ts';

const fixture = async (store: FileStore): Promise<FilesFixture> => {
  let saved: { name: string; bytes: Uint8Array } | null = null;
  const save = (name: string, bytes: Uint8Array) => {
    saved = { name, bytes };
  };
  const files = pageFiles({ store, now: () => 1, save });
  return { ...files, saved: () => saved, dispose: async () => undefined };
};

let databases = 0;

describeFilesHost('a page in memory', () => fixture(memoryFileStore()));
describeFilesHost('a browser', () => {
  databases += 1;
  return fixture(browserFileStore(`files ${databases}`));
});
