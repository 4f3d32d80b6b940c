import type { Connection } from '#contracts/engine/agreement.ts';
import type { Id } from '#domain/activity/activity.ts';
import type { Result } from '#domain/result.ts';
import { everything, type HarnessOptions, type TestDesk, type TestWindow, testDesk } from '../engine-harness.suite.ts';
import { ADDRESS, type TestServer } from './memory-server.suite.ts';

/** A desk on a network with a server. */
export interface SharedTestDesk {
  readonly desk: TestDesk;
  readonly window: TestWindow;
  /** The connection once `accept` is content with it. */
  connection(accept?: (value: Connection) => boolean): Promise<Connection>;
  /** Everything here is what the server has, and nothing waits. */
  level(): Promise<void>;
  numbers(count: number): Promise<readonly string[]>;
  restart(): SharedTestDesk;
}

/** What must have gone well. */
export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export function around(desk: TestDesk, server: TestServer | null): SharedTestDesk {
  desk.host.network.server = server;
  const window = desk.window();
  const connection: SharedTestDesk['connection'] = (accept) => window.watch('connection', {}, accept);
  return {
    desk,
    window,
    connection,
    level: async () => {
      await connection(({ states, waiting }) => waiting === 0 && states.some(({ kind }) => kind === 'upToDate'));
    },
    numbers: async (count) => {
      const list = { personId: 'anybody', spec: everything, from: 0, to: 1_000 };
      const { rows } = await window.watch('list', list, ({ total }) => total === count);
      return rows.map(({ number }) => number);
    },
    restart: () => around(desk.restart(), server),
  };
}

/** A fresh desk at which `name` signed in and joined. */
export async function joinedDesk(
  server: TestServer,
  name: keyof TestServer['people'],
  options: HarnessOptions = {},
): Promise<SharedTestDesk & { readonly person: Id }> {
  const made = around(testDesk(options), server);
  const person = await join(made, server, name);
  return { ...made, person };
}

/** Signs in and joins, as the dialog does. */
export async function join({ window }: SharedTestDesk, _: TestServer, name: keyof TestServer['people']): Promise<Id> {
  must(await window.call('findServer', { address: ADDRESS }));
  const { personId } = must(await window.call('signIn', { email: `${name}@desk.test`, password: name }));
  must(await window.call('join', { personId, mapping: [] }));
  return personId;
}
