import { connect, createServer, type Socket } from 'node:net';

/** Stands between a node and its database, and can lose an answer. */
export interface FlakyProxy {
  readonly url: string;
  /** From now on what is asked reaches the database, and instead of its answer the connection breaks. */
  loseAnswers(): void;
  work(): void;
  close(): Promise<void>;
}

export async function startProxy(url: string): Promise<FlakyProxy> {
  const target = new URL(url);
  const socketPath = `${target.searchParams.get('host')}/.s.PGSQL.5432`;
  const open = new Set<Socket>();
  let losing = false;
  const server = createServer((near) => {
    const far = connect(socketPath);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => (losing ? near.destroy() : near.write(data)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `postgres://postgres@127.0.0.1:${port}${target.pathname}`,
    loseAnswers: () => {
      losing = true;
    },
    work: () => {
      losing = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
