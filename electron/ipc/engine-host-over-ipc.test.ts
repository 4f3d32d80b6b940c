import type { EngineHost } from '#contracts/host/engine-host.ts';
import { describeEngineHost, type HostFixture } from '#contracts/host/engine-host-contract.suite.ts';
import { engineHostOver } from '#electron/ipc/engine-over-ipc.suite.ts';
import { fileFixture } from '#electron/storage/test-host.suite.ts';

const overIpc = (host: EngineHost): EngineHost =>
  engineHostOver({ rooms: host, database: host.database, network: host.network });

const fixture = async (): Promise<HostFixture> => {
  const files = await fileFixture();
  return { host: overIpc(files.host), restart: async () => overIpc(await files.restart()), dispose: files.dispose };
};

describeEngineHost('files, through the IPC table', fixture);
