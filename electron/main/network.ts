import type { Poke, Present } from '#contracts/host/network.ts';
import { jsonFile } from '#electron/files/json-file.ts';
import type { Log } from '#electron/logs/log.ts';
import type { Network } from '#electron/network/network.ts';

/** The way to the server, loaded when the engine first asks for it: a desk that works alone needs none of it. */
export const networkIn = (
  path: string,
  log: Log,
  tell: { readonly poke: (poke: Poke) => void; readonly presence: (present: Present) => void },
  bringForward: () => void,
) => {
  let opening: Promise<Network> | null = null;
  const open = async (): Promise<Network> => {
    const { openNetwork } = await import('#electron/network/open-network.ts');
    const network = openNetwork(jsonFile(path), log, bringForward);
    network.onPoke(tell.poke);
    network.onPresence(tell.presence);
    return network;
  };
  return {
    opened: (): Promise<Network> => {
      opening ??= open().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      return opening;
    },
    close: async (): Promise<void> => {
      const network = await opening?.catch(() => null);
      await network?.close();
    },
  };
};
