import { join } from 'node:path';
import type { EngineHost } from '#contracts/host/engine-host.ts';
import { encodeSettings, ok } from '#contracts/host/host-rules.ts';
import { readWithSpare, replaceFile, setAside, withChecksum } from './checked-file.ts';
import { coded } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import { createSerial } from './serial.ts';

type Values = Readonly<Record<string, unknown>>;

/** One file of small values, replaced whole, with its predecessor kept as a spare. Unknown keys are kept. */
export function createSettings(fs: FileSystem, folder: string, quarantine: string): EngineHost['settings'] {
  const serial = createSerial();
  const path = join(folder, 'settings');
  const spare = join(folder, 'settings.previous');
  let known: Values | null = null;

  const load = async (): Promise<Values> => {
    const found = await readWithSpare(fs, path, spare);
    if (found.is === 'damaged') await setAside(fs, path, quarantine).catch(() => undefined);
    return found.is === 'value' ? JSON.parse(found.text) : {};
  };

  return {
    read: () =>
      serial(() =>
        coded(async () => {
          known ??= await load();
          return ok(structuredClone(known));
        }),
      ),
    write: (values) =>
      serial(() =>
        coded(async () => {
          known ??= await load();
          const encoded = encodeSettings({ ...known, ...values });
          if (!encoded.ok) return encoded;
          await replaceFile(fs, path, withChecksum(encoded.value), spare);
          known = JSON.parse(encoded.value);
          return ok(null);
        }),
      ),
  };
}
