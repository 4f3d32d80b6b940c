import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

export interface RowServer {
  urlOf(name: string): string;
  stop(): void;
}

/** Hands a peer's page the files of one folder. Over HTTP, because Electron's own protocol handlers copy slowly. */
export const serveRows = async (folder: string): Promise<RowServer> => {
  const server = createServer(async (request, response) => {
    const file = join(folder, basename(request.url ?? ''));
    response.writeHead(200, {
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    response.end(await readFile(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (name) => `http://127.0.0.1:${port}/${name}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
