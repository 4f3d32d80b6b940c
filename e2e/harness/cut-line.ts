import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut. */
export interface CutLine {
  readonly address: string;
  /** Breaks every connection of the moment, in the middle of whatever is said. */
  cut(): void;
  close(): Promise<void>;
}

export async function startLine(server: string): Promise<CutLine> {
  const { hostname, port } = new URL(server);
  const open = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const place = line.address();
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    address: `http://127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        line.close(() => resolve());
        cut();
      }),
  };
}
