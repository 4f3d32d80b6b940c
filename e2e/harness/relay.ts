import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The network between one desk and the server, which a test can cut. */
export interface Relay {
  /** Where the desk finds the server. */
  readonly address: string;
  /** Ends every connection and refuses new ones, as a cable that was pulled. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** @param to the server's address */
export const startRelay = async (to: string): Promise<Relay> => {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  const join = (socket: Socket): void => {
    const onward = connect(Number(port), hostname);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.once('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  const listen = async (at: number): Promise<Server> => {
    const server = createServer(join).listen(at, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server: Server | null = await listen(0);
  const own = (server.address() as AddressInfo).port;
  return {
    address: `http://127.0.0.1:${own}`,
    cut: async () => {
      const closed = server && once(server, 'close');
      server?.close();
      server = null;
      for (const socket of open) socket.destroy();
      await closed;
    },
    mend: async () => {
      server ??= await listen(own);
    },
  };
};
