import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { replaceFile } from '#electron/storage/checked-file.ts';
import { nodeFileSystem } from '#electron/storage/file-system.ts';
import { createSerial } from '#electron/storage/serial.ts';

/** The JSON in a small file, or undefined when it is missing or damaged. Read at once: the first paint waits for it. */
const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** A small JSON file, read once; its writes replace it whole and follow one another, the last one winning. */
export const jsonFile = (path: string) => {
  const inTurn = createSerial();
  let value = readJson(path);
  return {
    read: (): unknown => value,
    /** Resolves once the value is on disk; rejects with the file system's error. */
    write: (next: unknown): Promise<void> => {
      value = next;
      const data = Buffer.from(`${JSON.stringify(next, null, 2)}\n`);
      return inTurn(() => {
        mkdirSync(dirname(path), { recursive: true });
        return replaceFile(nodeFileSystem, path, data);
      });
    },
    settled: (): Promise<void> => inTurn(async () => undefined),
  };
};
export type JsonFile = ReturnType<typeof jsonFile>;
