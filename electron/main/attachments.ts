import { setTimeout } from 'node:timers/promises';
import type { FileState } from '#contracts/host/files-host.ts';
import type { Attachments } from '#electron/attachments/attachments.ts';
import { jsonFile } from '#electron/files/json-file.ts';
import type { Log } from '#electron/logs/log.ts';
import type { Network } from '#electron/network/network.ts';
import { nodeFileSystem } from '#electron/storage/file-system.ts';

/** The attachments of this profile, opened when a window or the engine first asks for one. */
export const attachmentsOf = (deps: {
  readonly folder: string;
  readonly log: Log;
  readonly network: () => Promise<Network>;
  readonly changed: (state: FileState) => void;
}) => {
  const { folder, log, changed } = deps;
  let opening: Promise<Attachments> | null = null;
  const open = async (): Promise<Attachments> => {
    const { Attachments, attachmentPaths } = await import('#electron/attachments/attachments.ts');
    const paths = attachmentPaths(folder);
    let heard = false;
    const network = async () => {
      const opened = await deps.network();
      if (!heard) opened.onSignIn(() => void opening?.then((attachments) => attachments.wake()));
      heard = true;
      return opened;
    };
    return Attachments.open({
      fs: nodeFileSystem,
      root: paths.root,
      ledger: jsonFile(paths.ledger),
      network,
      now: () => Date.now(),
      steady: () => performance.now(),
      random: Math.random,
      pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined),
      log: (level, event, fields) => log(level, event, fields),
      changed,
    });
  };
  return {
    opened: (): Promise<Attachments> => {
      opening ??= open().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      return opening;
    },
    close: async (): Promise<void> => {
      const attachments = await opening?.catch(() => null);
      await attachments?.close();
    },
  };
};
